// Puts a backup's database into an empty one, in a single transaction: all of it is there in the end, or nothing.
import { type Kysely, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../db.ts'
import { OperatorError } from '../operator-error.ts'
import { number, type Progress } from '../progress.ts'
import { tableFile, type WholeBackup } from './archive.ts'
import { type Manifest, tableBytes } from './manifest.ts'
import { unpackInto } from './pack.ts'
import { plainText, quoted, readShapes, tableQuery } from './snapshot.ts'

export type Migrations = {
  /** The names that this program does not know. */
  unknown(names: readonly string[]): string[]
  /** Applies those of the names, or all, that were not applied yet; returns which. */
  apply(db: Kysely<unknown>, names?: readonly string[]): Promise<string[]>
}

export type Loaded = {
  /** Migrations that were newer than the backup, and were applied to what was loaded. */
  applied: string[]
}

type Options = {
  migrations: Migrations
  progress: Progress
  /** Looks at what was loaded, before newer migrations change it; what it throws undoes everything. */
  loaded?: (client: pg.PoolClient) => Promise<void>
}

/** Says no unless the database at `url` holds nothing. @throws OperatorError */
export async function refuseFilled(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'v', 'm', 'S', 'f', 'p')
    order by relkind = 'S', 1 limit 4`.execute(db)
  if (rows.length === 0) return
  throw new OperatorError(
    `The database is not empty (it has ${rows.map((row) => row.name).join(', ')} …) and stays as it is. ` +
      'Make a new one (createdb) and name it in DATABASE_URL.',
  )
}

/** Loads a backup's database. @throws OperatorError; then the database is as empty as before */
export async function loadDatabase(url: string, backup: WholeBackup, options: Options): Promise<Loaded> {
  const { manifest } = backup
  const unknown = options.migrations.unknown(manifest.migrations)
  if (unknown.length > 0) {
    throw new OperatorError(
      `The backup ${backup.id} belongs to a newer Préau (it has ${unknown.join(', ')}): update this one to restore it.`,
    )
  }
  const { db, pool, close } = openDatabase<unknown>(url, { connections: 1, name: 'preau restore' })
  // The one connection of the pool: COPY has to be inside the query builder's transaction.
  let client: pg.PoolClient | undefined
  pool.on('connect', (opened) => {
    client = opened
  })
  try {
    const applied = await db.transaction().execute((tx) => {
      if (!client) throw new Error('a transaction without a connection')
      return fill(tx, client, backup, options)
    })
    options.progress.step('Statistics')
    await sql`analyze`.execute(db)
    return { applied }
  } finally {
    await close()
  }
}

async function fill(
  tx: Transaction<unknown>,
  client: pg.PoolClient,
  backup: WholeBackup,
  { migrations, progress, loaded }: Options,
): Promise<string[]> {
  const { manifest } = backup
  await refuseFilled(tx)
  await sql.raw(plainText).execute(tx)
  progress.step('Tables')
  await migrations.apply(tx, manifest.migrations)
  await refuseOtherShape(client, manifest)
  const restoreChecks = await liftChecks(tx, manifest)
  await loadTables(client, backup, progress)
  progress.step('Checking what belongs together')
  await restoreChecks()
  for (const { name, value, called } of manifest.sequences) {
    await sql`select setval(${quoted(name)}::regclass, ${value}::bigint, ${called})`.execute(tx)
  }
  await loaded?.(client)
  return migrations.apply(tx)
}

async function refuseOtherShape(client: pg.PoolClient, { tables }: Manifest): Promise<void> {
  const shapes = new Map((await readShapes(client)).map((shape) => [shape.name, shape.columns]))
  for (const { name, columns } of tables) {
    const made = shapes.get(name)
    const strange = columns.filter((column) => !made?.includes(column))
    if (made && strange.length === 0) continue
    throw new OperatorError(
      `The backup has ${made ? `a column ${strange[0]} in the table` : 'a table'} ${name}, which this Préau does not make: restore it with the version that wrote it.`,
    )
  }
}

/** Empties the tables and takes away what would look at every row as it comes; answers how to put that back. */
async function liftChecks(tx: Transaction<unknown>, { tables }: Manifest): Promise<() => Promise<void>> {
  const { rows: keys } = await sql<{ of: string; name: string; definition: string }>`
    select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(tx)
  const names = sql.join(tables.map(({ name }) => sql.id(name)))
  for (const { of, name } of keys)
    await sql`alter table ${sql.raw(of)} drop constraint ${sql.id(name)}`.execute(tx)
  if (tables.length > 0) await sql`truncate ${names}`.execute(tx)
  for (const { name } of tables) await sql`alter table ${sql.id(name)} disable trigger user`.execute(tx)
  return async () => {
    for (const { name } of tables) await sql`alter table ${sql.id(name)} enable trigger user`.execute(tx)
    for (const { of, name, definition } of keys) {
      await sql`alter table ${sql.raw(of)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(tx)
    }
  }
}

async function loadTables(client: pg.PoolClient, { folder, manifest }: WholeBackup, progress: Progress) {
  progress.step('Database', 'bytes')
  const total = tableBytes(manifest)
  let bytes = 0
  for (const table of manifest.tables) {
    // Frozen: nobody has to tidy up behind it on the first morning. Allowed, since this transaction emptied the table.
    const copy = copyFrom(`copy ${tableQuery(table)} from stdin (freeze)`)
    await unpackInto(tableFile(folder, table.name), table, client.query(copy), (more) => {
      bytes += more
      progress.at(bytes, total)
    })
    if (copy.rowCount === table.rows) continue
    throw new OperatorError(`The table ${table.name} has ${copy.rowCount} rows instead of ${table.rows}.`)
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  progress.done(`${manifest.tables.length} tables, ${number.format(rows)} rows`)
}
