// Serves the feed to the doors: a snapshot, then changes, as lines of JSON for as long as a door listens.
import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FeedRecord, FeedSource } from '#door/formats/feed'
import type { App } from '#platform/http'
import type { Log } from '#platform/log'
import { absent } from '#platform/refusal'

const aliveEvery = 10_000
// A door that does not read is cut, and starts anew with a snapshot.
const mostUnsent = 64 * 1024 * 1024

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether the header carries the secret; in constant time. */
export function isFeedSecret(header: string | undefined, secret: string): boolean {
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`))
}

async function write(out: ServerResponse, record: FeedRecord): Promise<void> {
  if (out.write(`${JSON.stringify(record)}\n`) || out.destroyed) return
  // Whichever comes first; the other one is listened for no longer.
  const waiting = new AbortController()
  const { signal } = waiting
  await Promise.race([once(out, 'drain', { signal }), once(out, 'close', { signal })])
  waiting.abort()
}

/** Sends everything that the sources hold, then what changes. Changes made meanwhile follow the snapshot. */
export async function streamFeed(out: ServerResponse, sources: readonly FeedSource[]): Promise<void> {
  let early: FeedRecord[] | null = []
  const tell = (record: FeedRecord) => {
    if (early) early.push(record)
    else if (out.writableLength > mostUnsent) out.destroy()
    else out.write(`${JSON.stringify(record)}\n`)
  }
  const ends = sources.map((source) => source.subscribe(tell))
  const alive = setInterval(() => tell({ type: 'alive' }), aliveEvery)
  out.on('close', () => {
    clearInterval(alive)
    for (const end of ends) end()
  })
  await write(out, { type: 'begin' })
  for (const source of sources) {
    for await (const record of source.snapshot()) {
      if (out.destroyed) return
      await write(out, record)
    }
  }
  await write(out, { type: 'ready' })
  const missed = early
  early = null
  for (const record of missed) tell(record)
}

/** Adds `GET /internal/feed`, for doors that know the secret. */
export function feedRoute(app: App, sources: readonly FeedSource[], secret: string, log: Log): void {
  app.get('/internal/feed', (request, reply) => {
    if (!isFeedSecret(request.headers.authorization, secret)) throw absent()
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' })
    streamFeed(reply.raw, sources).catch((error) => {
      log.error({ err: error }, 'the feed broke off')
      reply.raw.destroy()
    })
  })
}
