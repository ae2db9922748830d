// News between processes: short announcements over PostgreSQL's LISTEN/NOTIFY, sent with the transaction that caused
// them, so that nobody hears of a change that was rolled back.
import { type QueryExecutorProvider, sql } from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'

const channel = 'preau'
// NOTIFY carries less than 8,000 bytes; 180 UUIDs with their quotes stay below.
const idsPerNotice = 180

export type Listener = (ids: readonly string[]) => void

export type Bus = {
  /** Calls `listener` for each announcement on `topic`, its own process's included, after commit. */
  on(topic: string, listener: Listener): void
  /** Calls this process's listeners at once; the database's notice follows. For `change`, after its commit. */
  hear(topic: string, ids: readonly string[]): void
  /** Calls `listener` after the connection was lost and made anew: announcements may have been missed. */
  onGap(listener: () => void): void
  close(): Promise<void>
}

/** Announces that the things named by `ids` changed; heard when `db`'s transaction commits. No ids: all of them. */
export async function announce(
  db: QueryExecutorProvider,
  topic: string,
  ids: readonly string[] = [],
): Promise<void> {
  for (let i = 0; i === 0 || i < ids.length; i += idsPerNotice) {
    const notice = JSON.stringify({ topic, ids: ids.slice(i, i + idsPerNotice) })
    await sql`select pg_notify(${channel}, ${notice})`.execute(db)
  }
}

/** Listens on a connection of its own and makes it anew when it is lost (after 0.2 s, then up to 5 s). */
export async function openBus(url: string, log: Log): Promise<Bus> {
  const listeners = new Map<string, Listener[]>()
  const gapListeners: (() => void)[] = []
  let client: pg.Client | null = null
  let closed = false

  function hear(topic: string, ids: readonly string[]): void {
    for (const listener of listeners.get(topic) ?? []) listener(ids)
  }
  function read(notice = '{}'): void {
    const { topic = '', ids = [] } = JSON.parse(notice) as { topic?: string; ids?: string[] }
    hear(topic, ids)
  }

  async function again(delay: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delay))
    if (closed) return
    try {
      client = await listen(url, read, () => void (closed || again(200)))
      for (const listener of gapListeners) listener()
    } catch (error) {
      log.warn({ err: error }, 'the database cannot be listened to; trying again')
      await again(Math.min(delay * 2, 5000))
    }
  }

  client = await listen(url, read, () => void (closed || again(200)))
  return {
    on: (topic, listener) => void listeners.set(topic, [...(listeners.get(topic) ?? []), listener]),
    hear,
    onGap: (listener) => void gapListeners.push(listener),
    close: async () => {
      closed = true
      await client?.end()
    },
  }
}

async function listen(url: string, read: (notice?: string) => void, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'preau bus', keepAlive: true })
  client.on('notification', (notice) => read(notice.payload))
  // 'end' follows, and that is where we act.
  client.on('error', () => {})
  await client.connect()
  await client.query(`listen ${channel}`)
  client.on('end', lost)
  return client
}
