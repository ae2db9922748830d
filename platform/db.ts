// The database: a Kysely over a pool of PostgreSQL connections, with plain values for dates.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

const { DATE, DATE_ARRAY } = { DATE: 1082, DATE_ARRAY: 1182 } as const

function parserFor(oid: number): ((text: string) => unknown) | undefined {
  if (oid === DATE) return (text) => text
  if (oid === DATE_ARRAY) return (text) => (text === '{}' ? [] : text.slice(1, -1).split(','))
  return undefined
}

export type OpenDatabase<T> = {
  db: Kysely<T>
  /** For what the query builder cannot do: COPY, LISTEN. */
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens a pool on a PostgreSQL address (`postgres://…` or a socket as `postgres:///name?host=/folder`).
 * `date` comes as "YYYY-MM-DD", `timestamptz` as Date, `bigint` as text. Every commit waits for its sync to disk.
 */
export function openDatabase<T>(
  url: string,
  options: { connections?: number; name?: string } = {},
): OpenDatabase<T> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    application_name: options.name ?? 'preau',
    types: {
      getTypeParser: (oid, format) => parserFor(oid as number) ?? pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  })
  // A lost idle connection is not a failure: the pool opens a new one for the next query.
  pool.on('error', () => {})
  // One that is lost while it is lent out fails its next query; without a listener it would end the whole process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    // Kysely leaves a pool that it never used; its idle connections would keep the process for ten seconds.
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}

const notReached = new Set(['57P03', '53300', 'ECONNREFUSED', 'ENOENT'])
const brokenOff = /^Connection terminated|connection error and is not queryable/

/**
 * Whether an error means that the database is away, and if so how: `unreached`, then the query was never begun, or
 * `broken-off` in the middle of it, when nobody knows what came of it. Null for every other error.
 */
export function absenceOf(error: unknown): 'unreached' | 'broken-off' | null {
  const { code = '', syscall, message = '' } = error as { code?: string; syscall?: string; message?: string }
  if (notReached.has(code) && (code !== 'ENOENT' || syscall === 'connect')) return 'unreached'
  const lost = /^(57P0[12]|08...)$/.test(code) || code === 'ECONNRESET' || code === 'EPIPE'
  return lost || brokenOff.test(message) ? 'broken-off' : null
}

/** Whether an error says that PostgreSQL's disk is full: nothing of the transaction was kept. */
export function isDiskFull(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '53100'
}

/** Whether an error is PostgreSQL's "unique violation" on the named constraint or index. */
export function violates(error: unknown, constraint: string): boolean {
  const e = error as { code?: string; constraint?: string }
  return e?.code === '23505' && e.constraint === constraint
}

/** Whether an error says that a row is still referred to (PostgreSQL's "foreign key violation"). */
export function isReferred(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '23503'
}
