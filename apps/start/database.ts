// The database that an installation uses: the one of DATABASE_URL or the embedded one; looked at before it is touched.
import { join } from 'node:path'
import { sql } from 'kysely'
import { migrate, unknownMigrations } from '#migrations'
import type { Config } from '#platform/config'
import { openDatabase } from '#platform/db'
import { OperatorError, systemCode } from '#platform/operator-error'
import { findPostgres, type PostgresOptions, startPostgres } from '#platform/postgres'

const oldest = 15
const name = 'preau'

/** The embedded cluster's folder. */
export function clusterFolder(config: Config): string {
  return join(config.data, 'pg')
}

/** Starts the embedded PostgreSQL and makes sure that it has our database. @throws OperatorError */
export async function startEmbedded(
  config: Config,
  options: Omit<PostgresOptions, 'dataFolder'>,
): Promise<{ url: string; ended: Promise<void>; stop(): Promise<void>; pid: number }> {
  const server = await startPostgres({ dataFolder: clusterFolder(config), ...options })
  const maintenance = openDatabase<unknown>(server.url('postgres'), { connections: 1 })
  try {
    const found = await sql`select from pg_database where datname = ${name}`.execute(maintenance.db)
    if (found.rows.length === 0) await sql`create database ${sql.id(name)}`.execute(maintenance.db)
  } finally {
    await maintenance.close()
  }
  return { url: server.url(name), ended: server.ended, stop: server.stop, pid: server.pid }
}

/** Our database in the embedded PostgreSQL that already runs on the data folder, if one does. */
export async function findEmbedded(config: Config): Promise<string | undefined> {
  return (await findPostgres(clusterFolder(config)))?.url(name)
}

/** "host:port/database" of an address, without user and password. */
function placeOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  return `${searchParams.get('host') ?? host}${pathname}`
}

/** Says no to a database that this program cannot use; reads only. @throws OperatorError */
export async function refuseDatabase(url: string): Promise<void> {
  const { db, close } = openDatabase<unknown>(url, { connections: 1, name: 'preau start' })
  try {
    const { rows } = await sql<{ version: number; text: string; encoding: string }>`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
             current_setting('server_encoding') as encoding`
      .execute(db)
      .catch((cause) => {
        const reason = systemCode(cause) ?? cause.message
        throw new OperatorError(
          `The database ${placeOf(url)} does not answer (${reason}): check DATABASE_URL.`,
          {
            cause,
          },
        )
      })
    const [found] = rows
    if (found && found.version < oldest * 10_000) {
      throw new OperatorError(
        `The database ${placeOf(url)} is PostgreSQL ${found.text}, which is too old: Préau needs ${oldest} or newer.`,
      )
    }
    if (found && found.encoding !== 'UTF8') {
      throw new OperatorError(
        `The database ${placeOf(url)} is encoded in ${found.encoding}: Préau needs one created with ENCODING 'UTF8'.`,
      )
    }
    const unknown = await unknownMigrations(db)
    if (unknown.length) {
      throw new OperatorError(
        `The database ${placeOf(url)} belongs to a newer Préau (it has ${unknown.join(', ')}): update this one.`,
      )
    }
  } finally {
    await close()
  }
}

/** Brings the database up to date; returns the names of what was applied. @throws OperatorError */
export async function updateDatabase(url: string): Promise<string[]> {
  const { db, close } = openDatabase<unknown>(url, { connections: 2, name: 'preau start' })
  try {
    return await migrate(db)
  } catch (cause) {
    throw new OperatorError(
      `The database ${placeOf(url)} could not be brought up to date (${(cause as Error).message}); it is as it was.`,
      { cause },
    )
  } finally {
    await close()
  }
}
