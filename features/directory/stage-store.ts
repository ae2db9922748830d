// Where rows wait while an import runs: temporary tables that vanish with the transaction, filled by COPY; and the
// questions that every kind of row is asked there.
import { once } from 'node:events'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { ProblemCode } from './contract.ts'
import type { Problems } from './problem-rules.ts'

/** What every step of an import is given. */
export type Merge = {
  client: pg.ClientBase
  source: string
  now: Date
  /** Today's local date. */
  today: string
  problems: Problems
}

const tables: Record<string, string> = {
  orgs: 'name text, type text, identifier text, parent text, id uuid, fresh boolean',
  academicSessions:
    'title text, type text, start_date date, end_date date, parent text, school_year text, id uuid, fresh boolean',
  courses: 'title text, code text, org text, subject text, id uuid',
  classes:
    'title text, grades text, course text, code text, type text, location text, school text, terms text, subject text, id uuid',
  users:
    'enabled boolean, username text, given_name text, family_name text, identifier text, email text, agents text, grades text, org_ids text, role text, preferred_name text',
  roles: 'person text, type text, role text, begin_date date, end_date date, org text',
  enrollments:
    'class text, school text, person text, role text, is_primary boolean, begin_date date, end_date date',
}

/** The staging columns that a file's rows fill, in the order of its specification. */
const filled: Record<string, readonly string[]> = {
  orgs: ['name', 'type', 'identifier', 'parent'],
  academicSessions: ['title', 'type', 'start_date', 'end_date', 'parent', 'school_year'],
  courses: ['title', 'code', 'org', 'subject'],
  classes: ['title', 'grades', 'course', 'code', 'type', 'location', 'school', 'terms', 'subject'],
  'users 1.1': 'enabled username given_name family_name identifier email agents grades org_ids role'.split(
    ' ',
  ),
  'users 1.2': 'enabled username given_name family_name identifier email agents grades preferred_name'.split(
    ' ',
  ),
  roles: ['person', 'type', 'role', 'begin_date', 'end_date', 'org'],
  enrollments: ['class', 'school', 'person', 'role', 'is_primary', 'begin_date', 'end_date'],
}

/** PostgreSQL's "lock not available". */
const lockNotAvailable = '55P03'

/**
 * Begins the import's transaction and makes the staging tables. One import runs at a time.
 * @returns false when another one runs
 */
export async function beginImport(client: pg.ClientBase): Promise<boolean> {
  await client.query(`begin; set local lock_timeout = '3s'`)
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('preau import'))`)
  } catch (error) {
    if ((error as { code?: string }).code === lockNotAvailable) return false
    throw error
  }
  // Sorts and joins of a region's rows in memory as far as it goes; beyond, PostgreSQL spills to disk.
  await client.query(
    `set local lock_timeout = 0; set local work_mem = '192MB'; set local temp_buffers = '32MB'; set local jit = off;
     set local client_min_messages = warning`,
  )
  for (const [file, columns] of Object.entries(tables)) {
    await client.query(
      `create temp table "in_${file}" (line integer, sourced_id text, state "char", ${columns}) on commit drop`,
    )
  }
  await client.query(`
    create temp table in_scope (id uuid primary key) on commit drop;
    create temp table ended (person_id uuid) on commit drop;
    create temp table lost (class_id uuid) on commit drop`)
  await client.query(orderedId)
  return true
}

// UUID version 7 whose counter (RFC 9562 §6.2, method 1) follows the file: people and classes that stand together in
// the file then stand together in every index, which makes a region's enrollments several times faster to insert.
const orderedId = `
  create function pg_temp.ordered_id(at timestamptz, n bigint) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '7' || lpad(to_hex((n >> 14) & 4095), 3, '0') || to_hex(32768 | (n & 16383))
      || substr(replace(gen_random_uuid()::text, '-', ''), 21))::uuid $$`

export type RowSink = {
  /** Hands COPY lines to the database; resolves when it can take more. */
  write(lines: string): Promise<void>
  /** Resolves with the number of rows when the database has them all. */
  end(): Promise<number>
}

/** Opens the way into a file's staging table. */
export function stageRows(client: pg.ClientBase, file: string, version: string): RowSink {
  const columns = filled[file === 'users' ? `users ${version}` : file] ?? []
  const sink = client.query(
    copyStreams.from(`copy pg_temp."in_${file}" (line, sourced_id, state, ${columns.join(', ')}) from stdin`),
  )
  let failed: Error | undefined
  sink.on('error', (error: Error) => {
    failed = error
  })
  return {
    async write(lines) {
      if (failed) throw failed
      if (!sink.write(lines)) await once(sink, 'drain')
    },
    async end() {
      sink.end()
      await once(sink, 'finish')
      await client.query(`analyze pg_temp."in_${file}"`)
      return sink.rowCount
    },
  }
}

/** Runs a statement and returns how many rows it wrote. */
export async function written({ client }: Merge, text: string, values: unknown[] = []): Promise<number> {
  return (await client.query(text, values)).rowCount ?? 0
}

/**
 * Inserts links whose two ends were looked up in the same transaction, without PostgreSQL looking each up once more: that
 * is three quarters of the cost of a region's enrollments. Needs the right to set session_replication_role (the embedded
 * PostgreSQL gives it); elsewhere everything is checked row by row. Nothing in Préau deletes an end meanwhile, or it
 * takes the import's lock.
 */
export async function linked<T>({ client }: Merge, insert: () => Promise<T>): Promise<T> {
  await client.query('savepoint links')
  const may = await client.query(`set local session_replication_role = replica`).then(
    () => true,
    () => false,
  )
  if (!may) await client.query('rollback to links')
  const result = await insert()
  if (may) await client.query(`set local session_replication_role = origin`)
  return result
}

/**
 * Notes every row that `select` finds (columns `line` and `value`, the latter null where it could tell of a person):
 * grouped by the twenty commonest values, counted, with the first lines.
 */
export async function noteRows(
  { client, problems }: Merge,
  code: ProblemCode,
  file: string,
  column: string | null,
  select: string,
  values: unknown[] = [],
): Promise<number> {
  const found = await client.query<{ value: string | null; count: number; lines: number[] }>(
    `with x as (${select}),
       v as (select value, row_number() over (order by count(*) desc, value) as rank from x group by value)
     select case when rank <= 20 then value end as value, count(*)::int as count,
       (array_agg(line order by line))[1:5] as lines
     from x left join v using (value) group by 1 order by 2 desc`,
    values,
  )
  for (const row of found.rows) problems.add({ code, file: `${file}.csv`, column, ...row })
  return found.rows.reduce((sum, row) => sum + row.count, 0)
}

/** Whether a table holds anything of this source; if not, there is nothing to change or take away in it. */
export async function holdsAny({ client, source }: Merge, table: string): Promise<boolean> {
  return Boolean((await client.query(`select from ${table} where source = $1 limit 1`, [source])).rowCount)
}

/** Of rows with the same sourcedId the first counts; the others are noted and left out. */
export async function dropRepeated(merge: Merge, file: string): Promise<void> {
  // By hash first: eight bytes each fit in memory where a region's identifiers would not.
  const hash = 'hashtextextended(sourced_id, 0)'
  const some = await merge.client.query(
    `select ${hash}::text as h from pg_temp."in_${file}" group by ${hash} having count(*) > 1 limit 1`,
  )
  if (some.rowCount === 0) return
  const twice = `select sourced_id, min(line) as first from pg_temp."in_${file}" group by 1 having count(*) > 1`
  const later = `from pg_temp."in_${file}" i join (${twice}) t using (sourced_id) where i.line > t.first`
  const found = await noteRows(
    merge,
    'duplicate',
    file,
    'sourcedId',
    `select line, null::text as value ${later}`,
  )
  if (found === 0) return
  await merge.client.query(
    `delete from pg_temp."in_${file}" i using (${twice}) t where i.sourced_id = t.sourced_id and i.line > t.first`,
  )
}

type Finished = { finished: Date; report: object }

/** Commits with the record of the run, and tells the running workspace; without a record, rolls everything back. */
export async function endImport({ client, source, now }: Merge, record: Finished | undefined): Promise<void> {
  if (!record) {
    await client.query('rollback')
    return
  }
  await client.query(insertRun, [source, now, record.finished, true, JSON.stringify(record.report)])
  // The form that platform/bus hears, sent with the transaction.
  await client.query(`select pg_notify('preau', '{"topic":"directory","ids":[]}')`)
  await client.query(`select pg_notify('preau', '{"topic":"passes","ids":[]}')`)
  await client.query('commit')
}

const insertRun =
  'insert into import_run (source, started_at, finished_at, applied, report) values ($1, $2, $3, $4, $5)'

/** Keeps the record of a run that changed nothing: a dry run or a refusal. */
export async function recordRun(pool: pg.Pool, run: Finished & { source: string; now: Date }): Promise<void> {
  await pool.query(insertRun, [run.source, run.now, run.finished, false, JSON.stringify(run.report)])
}
