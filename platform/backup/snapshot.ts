// One consistent view of a whole database, read over several connections: tables as the text of COPY, sequences, and
// which migrations made them. Nobody who works meanwhile is held up, and nothing that they do is seen.
import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Sequence } from './manifest.ts'

/** A table and its columns. */
export type Shape = { name: string; columns: string[]; bytes: number }

export type Snapshot = {
  postgres: string
  migrations: string[]
  /** The tables, largest first; `bytes` is what they take on the database's disk. */
  tables: Shape[]
  sequences: Sequence[]
  /** Runs `work` for each table, on as many connections as the snapshot has. */
  each(work: (table: Shape, rows: Readable) => Promise<void>): Promise<void>
  /** The result of a query as the text of COPY. */
  copy(query: string): Readable
  close(): Promise<void>
}

export const quoted = (name: string) => pg.escapeIdentifier(name)

/** What makes the text of COPY the same on every server. */
export const plainText = `
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8';
  set local lock_timeout = '60s'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`

const begin = 'begin isolation level repeatable read read only'

/** Opens a view of the database at `url`. @throws the database's error */
export async function openSnapshot(url: string, connections = 2): Promise<Snapshot> {
  const clients: pg.Client[] = []
  const close = async () => {
    await Promise.all(clients.map((client) => client.end().catch(() => {})))
  }
  try {
    const first = await connect(url, clients)
    await first.query(`${begin}; ${plainText}`)
    const { rows } = await first.query('select pg_export_snapshot() as id, current_setting($1) as version', [
      'server_version',
    ])
    for (let i = 1; i < connections; i++) {
      const other = await connect(url, clients)
      await other.query(`${begin}; set transaction snapshot '${rows[0].id}'; ${plainText}`)
    }
    const tables = await lockTables(first)
    return {
      postgres: rows[0].version,
      migrations: await appliedMigrations(first),
      tables,
      sequences: await readSequences(first),
      each: (work) => each(clients, tables, work),
      copy: (query) => copyOut(first, query),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function connect(url: string, clients: pg.Client[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'preau backup', keepAlive: true })
  // A connection that is lost fails what is asked of it; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  clients.push(client)
  return client
}

/** Finds the tables, and keeps everybody from changing their shape until the view is closed. */
async function lockTables(client: pg.Client): Promise<Shape[]> {
  const found = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`,
  )
  const names = found.rows.map((row) => quoted(row.name))
  if (names.length > 0) await client.query(`lock table ${names.join(', ')} in access share mode`)
  return readShapes(client)
}

/** The tables with their columns, generated ones left out, largest first. */
export async function readShapes(client: Pick<pg.Client, 'query'>): Promise<Shape[]> {
  const { rows } = await client.query<Shape>(`
    select c.relname as name, pg_table_size(c.oid)::float8 as bytes,
           array(select a.attname::text from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                 order by a.attnum) as columns
    from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by bytes desc, name`)
  return rows
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from kysely_migration order by name collate "C"',
  )
  return rows.map((row) => row.name)
}

/** Where each sequence stands. They do not obey the snapshot, and may only be ahead of it. */
async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = current_schema() order by 1`,
  )
  const sequences: Sequence[] = []
  for (const { name } of rows) {
    const at = await client.query(
      `select last_value::text as value, is_called as called from ${quoted(name)}`,
    )
    sequences.push({ name, ...at.rows[0] })
  }
  return sequences
}

async function each(
  clients: pg.Client[],
  tables: readonly Shape[],
  work: (table: Shape, rows: Readable) => Promise<void>,
): Promise<void> {
  const left = [...tables]
  const failed = new AbortController()
  const drain = async (client: pg.Client) => {
    for (let table = left.shift(); table && !failed.signal.aborted; table = left.shift()) {
      await work(table, copyOut(client, tableQuery(table)))
    }
  }
  await Promise.all(
    clients.map((client) =>
      drain(client).catch((error) => {
        failed.abort()
        throw error
      }),
    ),
  )
}

/** What COPY sends of a table: its rows in no order, since none is asked for. */
export function tableQuery({ name, columns }: Pick<Shape, 'name' | 'columns'>): string {
  return `${quoted(name)} (${columns.map(quoted).join(', ')})`
}

/** The text of COPY for a table with its columns, or for a query in parentheses. */
export function copyOut(client: Pick<pg.Client, 'query'>, what: string): Readable {
  return client.query(copyTo(`copy ${what} to stdout`))
}
