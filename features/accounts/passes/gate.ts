// The keys and the ended passes in memory, kept fresh by the bus: a request is let through without asking the database.
import { LRUCache } from 'lru-cache'
import type { FeedRecord, FeedSource } from '#door/formats/feed'
import { devicePassSeconds, isRevoked, openPass, type Pass, sessionPassSeconds } from '#door/formats/pass'
import type { Ctx } from '#platform/ctx'
import { openEnded } from './ended.ts'
import { openKeys, topic } from './keys.ts'

/** Opened passes that are kept: the checks of their signatures are saved. */
const mostOpened = 8192

export type Gate = {
  /** The pass in a cookie's text, if it is ours, in time and not ended. No look-up outside memory. */
  open(text: string): Pass | null
  seal(pass: Pass): string
  /** Hears at once what this process has just committed; others hear it on the bus. */
  hear(ids: readonly string[]): Promise<void>
  feed: FeedSource
}

const livesFor = (pass: Pass) => (pass.kind === 'session' ? sessionPassSeconds : devicePassSeconds)

/** Reads keys and ended passes; makes the first key when there is none. */
export async function openGate(ctx: Ctx): Promise<Gate> {
  const { clock } = ctx
  const listeners = new Set<(record: FeedRecord) => void>()
  const tell = (record: FeedRecord) => {
    for (const listener of listeners) listener(record)
  }
  const opened = new LRUCache<string, Pass>({ max: mostOpened })
  const keys = await openKeys(ctx.db, clock.now(), tell)
  const ended = openEnded(ctx, tell)

  async function hear(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) return ended.read(ids)
    await keys.read()
    opened.clear()
    await ended.read()
  }

  async function hearSurely(ids: readonly string[]): Promise<void> {
    await hear(ids).catch((error) => {
      ctx.log.error({ err: error }, 'ended passes could not be read; trying again')
      setTimeout(() => hearSurely([]), 1000).unref()
    })
  }

  ctx.bus.on(topic, hearSurely)
  ctx.bus.onGap(() => void hearSurely([]))
  await ended.read()

  return {
    open(text) {
      let pass = opened.get(text) ?? null
      if (!pass) {
        pass = openPass(text, keys.ring(), clock.now())
        if (pass) opened.set(text, pass)
      }
      if (!pass || pass.issuedAt + livesFor(pass) <= clock.now() / 1000) return null
      return pass.kind === 'session' && isRevoked(pass, ended.now) ? null : pass
    },
    seal: (pass) => keys.seal(pass, clock.now()),
    hear,
    feed: {
      snapshot: () => [...keys.snapshot(), ...ended.snapshot()],
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
}
