// The keys and the ended passes in memory, kept fresh by the bus: a request is let through without asking the database.
import { randomBytes } from 'node:crypto'
import type { FeedRecord, FeedSource } from '#door/formats/feed'
import {
  devicePassSeconds,
  isRevoked,
  type KeyRing,
  keyRing,
  openPass,
  type Pass,
  sealPass,
  sessionPassSeconds,
} from '#door/formats/pass'
import { announce } from '#platform/bus'
import type { Ctx, Db } from '#platform/ctx'
import { isId, type PersonId } from '#platform/ids'
import * as store from './pass-store.ts'

/** On the bus: ids of accounts and of passes that were ended; none: keys changed, read everything anew. */
const topic = 'passes'
/** A new key signs only when every door has heard of it. */
const keyRestSeconds = 10
const keyLifeSeconds = 30 * 86_400
const mostOpened = 8192

export type Gate = {
  /** The pass in a cookie's text, if it is ours, in time and not ended. No look-up outside memory. */
  open(text: string): Pass | null
  seal(pass: Pass): string
  /** Hears at once what this process has just committed; others hear it on the bus. */
  hear(ids: readonly string[]): Promise<void>
  feed: FeedSource
}

/** Ends passes: single ones by id, all of an account by its id. To be called in the transaction that is the reason. */
export async function endPasses(
  db: Db,
  now: number,
  ended: { passes?: readonly string[]; accounts?: readonly PersonId[] },
): Promise<string[]> {
  const { passes = [], accounts = [] } = ended
  await store.insertRevokedPasses(db, passes, new Date(now))
  // Whole seconds, and the next one: whatever was issued in this second ends too.
  await store.setPassesFrom(db, accounts, new Date((Math.floor(now / 1000) + 1) * 1000))
  const ids = [...passes, ...accounts]
  if (ids.length > 0) await announce(db, topic, ids)
  return ids
}

/** Makes a new key for passes when the newest is older than `age` seconds, and forgets those that nothing needs. */
export async function rotateKeys(db: Db, now: number, age = keyLifeSeconds): Promise<boolean> {
  return db.transaction().execute(async (tx: Db) => {
    await store.lockKeys(tx)
    const newest = (await store.listKeys(tx)).at(-1)
    const due = !newest || now - newest.createdAt >= age * 1000
    const gone = await store.deleteKeys(tx, new Date(now - devicePassSeconds * 1000))
    if (due) await store.insertKey(tx, randomBytes(6).toString('base64url'), randomBytes(32), new Date(now))
    if (due || gone > 0) await announce(tx, topic)
    return due
  })
}

/** The key that signs at an instant: the newest that had its rest, or the first there is. */
function signing(keys: readonly store.KeyRow[], now: number): string {
  const rested = keys.filter((k) => k.createdAt + keyRestSeconds * 1000 <= now)
  return (rested.at(-1) ?? keys[0])?.kid ?? ''
}

/** Reads keys and endings; makes the first key when there is none. */
export async function openGate(ctx: Ctx): Promise<Gate> {
  const { db, clock } = ctx
  let keys: store.KeyRow[] = []
  let ring: KeyRing = keyRing([])
  const passes = new Set<string>()
  const accounts = new Map<string, number>()
  const opened = new Map<string, Pass>()
  const listeners = new Set<(record: FeedRecord) => void>()
  const tell = (record: FeedRecord) => {
    for (const listener of listeners) listener(record)
  }
  const since = () => new Date(clock.now() - sessionPassSeconds * 1000)

  function endPass(id: string): void {
    if (passes.has(id)) return
    passes.add(id)
    tell({ type: 'pass-revoked', pass: id })
  }

  function endAccount(account: string, from: number): void {
    if ((accounts.get(account) ?? 0) >= from) return
    accounts.set(account, from)
    tell({ type: 'account-revoked', account, from })
  }

  async function readKeys(): Promise<void> {
    const before = keys
    keys = await store.listKeys(db)
    ring = keyRing(keys.map((k) => [k.kid, k.secret] as const))
    opened.clear()
    for (const { kid, secret } of keys)
      if (!before.some((k) => k.kid === kid)) tell({ type: 'key', kid, secret: secret.toString('base64url') })
    for (const { kid } of before) if (!ring.all.has(kid)) tell({ type: 'key-retired', kid })
  }

  async function readAll(): Promise<void> {
    await readKeys()
    for (const id of await store.listRevokedPasses(db)) endPass(id)
    for (const { account, from } of await store.listPassesFrom(db, since())) endAccount(account, from)
  }

  async function hear(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return readAll()
    const people = ids.filter(isId)
    for (const id of ids) if (!isId(id)) endPass(id)
    if (people.length === 0) return
    for (const { account, from } of await store.listPassesFrom(db, since(), people)) endAccount(account, from)
  }

  function open(text: string): Pass | null {
    let pass = opened.get(text) ?? null
    if (!pass) {
      pass = openPass(text, ring, clock.now())
      if (!pass) return null
      // The oldest goes; who comes often is soon back.
      if (opened.size >= mostOpened) opened.delete(opened.keys().next().value as string)
      opened.set(text, pass)
    }
    const life = pass.kind === 'session' ? sessionPassSeconds : devicePassSeconds
    if (pass.issuedAt + life <= clock.now() / 1000) return null
    return pass.kind === 'session' && isRevoked(pass, { passes, accounts }) ? null : pass
  }

  async function retry(ids: readonly string[]): Promise<void> {
    await hear(ids).catch((error) => {
      ctx.log.error({ err: error }, 'ended passes could not be read; trying again')
      setTimeout(() => retry([]), 1000).unref()
    })
  }

  ctx.bus.on(topic, retry)
  ctx.bus.onGap(() => void retry([]))
  await readAll()
  if (keys.length === 0) {
    await rotateKeys(db, clock.now())
    await readAll()
  }

  return {
    open,
    seal: (pass) => sealPass(pass, { ...ring, current: signing(keys, clock.now()) }),
    hear,
    feed: {
      *snapshot() {
        for (const { kid, secret } of keys)
          yield { type: 'key', kid, secret: secret.toString('base64url') } as const
        for (const [account, from] of accounts) yield { type: 'account-revoked', account, from } as const
        for (const pass of passes) yield { type: 'pass-revoked', pass } as const
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
}
