// Imports made in the browser: what is running, what came of it. A session lock says whether its process still lives.
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'
import type { ImportState } from './contract.ts'

export type ImportRow = {
  id: string
  schoolId: SchoolId
  byId: PersonId | null
  by: string | null
  kind: 'directory' | 'timetable'
  name: string
  bytes: string
  upload: string | null
  state: ImportState
  confirmed: boolean
  step: string | null
  done: number
  madeAt: Date
  changedAt: Date
  report: unknown
  refusal: { code: string; facts: Record<string, string | number> } | null
}

const columns = sql`i.id, i.school_id as "schoolId", i.by_person_id as "byId", i.kind, i.name, i.bytes, i.upload, i.state,
  i.confirmed, i.step, i.done, i.made_at as "madeAt", i.changed_at as "changedAt", i.report, i.refusal,
  (select coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name from person p where p.id = i.by_person_id) as by`

/** A school's imports, newest first. */
export async function listImports(db: Db, schoolId: SchoolId, limit: number): Promise<ImportRow[]> {
  const found = await sql<ImportRow>`
    select ${columns} from school_import i where i.school_id = ${schoolId} order by i.made_at desc limit ${limit}`.execute(
    db,
  )
  return found.rows
}

export async function findImport(db: Db, schoolId: SchoolId, id: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    select ${columns} from school_import i where i.school_id = ${schoolId} and i.id = ${id}`.execute(db)
  return found.rows[0]
}

/** One import by its id alone, for the process that runs it. */
export async function findRunning(db: Db, id: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    select ${columns} from school_import i where i.id = ${id} and i.state in ('trying', 'applying')`.execute(
    db,
  )
  return found.rows[0]
}

type New = Pick<ImportRow, 'id' | 'kind' | 'name'> & { bytes: number; upload: string }

/** @throws the unique violation of school_import_running when another one runs */
export async function insertImport(
  db: Db,
  schoolId: SchoolId,
  { id, kind, name, bytes, upload }: New,
  by: PersonId,
  now: Date,
): Promise<void> {
  await sql`
    insert into school_import (id, school_id, by_person_id, kind, name, bytes, upload, state, made_at, changed_at)
    values (${id}, ${schoolId}, ${by}, ${kind}, ${name}, ${bytes}, ${upload}, 'trying', ${now}, ${now})`.execute(
    db,
  )
}

/** Begins to apply what was tried; false when it is in that state no longer. */
export async function beginApplying(
  db: Db,
  schoolId: SchoolId,
  id: string,
  by: PersonId,
  confirmed: boolean,
  now: Date,
): Promise<boolean> {
  const found = await sql`
    update school_import set state = 'applying', by_person_id = ${by}, confirmed = ${confirmed}, step = null, done = 0,
      changed_at = ${now}
    where id = ${id} and school_id = ${schoolId} and state = 'tried' and upload is not null returning id`.execute(
    db,
  )
  return found.rows.length > 0
}

export async function saveProgress(db: Db, id: string, step: string, done: number, now: Date): Promise<void> {
  await sql`
    update school_import set step = ${step}, done = ${done}, changed_at = ${now} where id = ${id}`.execute(db)
}

export type Outcome = { state: ImportState; report?: object; refusal?: object }

const outcomeText = `update school_import set state = $2, report = coalesce($3, report), refusal = $4, changed_at = $5,
  step = null, done = 0 where id = $1`
const outcomeValues = (id: string, { state, report, refusal }: Outcome, now: Date) => [
  id,
  state,
  report ? JSON.stringify(report) : null,
  refusal ? JSON.stringify(refusal) : null,
  now,
]

/** Writes what came of it; inside the import's own transaction, so that both are true or neither. */
export async function saveOutcome(
  client: pg.ClientBase | pg.Pool,
  id: string,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  await client.query(outcomeText, outcomeValues(id, outcome, now))
}

/** The file is gone. */
export async function forgetUpload(db: Db, id: string, discarded: boolean, now: Date): Promise<void> {
  await sql`
    update school_import set upload = null, changed_at = ${now},
      state = case when ${discarded} and state = 'tried' then 'discarded' else state end where id = ${id}`.execute(
    db,
  )
}

const lockKey = (id: string) => `school import ${id}`

/** Holds an import for as long as this connection lives; false when another process has it. */
export async function holdImport(client: pg.ClientBase, id: string): Promise<boolean> {
  const found = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
    [lockKey(id)],
  )
  return found.rows[0]?.held ?? false
}

export async function releaseImport(client: pg.ClientBase, id: string): Promise<void> {
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [lockKey(id)])
}

/** Ends imports whose process is gone: its connection held them, and with it went the transaction. */
export async function endCut(db: Db, before: Date, now: Date): Promise<number> {
  const found = await sql<{ id: string }>`
    select id from school_import where state in ('trying', 'applying') and changed_at < ${before}`.execute(db)
  let ended = 0
  for (const { id } of found.rows) {
    const cut = await sql`
      update school_import set state = 'cut', step = null, changed_at = ${now}
      where id = ${id} and state in ('trying', 'applying')
        and pg_try_advisory_xact_lock(hashtextextended(${lockKey(id)}, 0)) returning id`.execute(db)
    ended += cut.rows.length
  }
  return ended
}

/** The schools that a person runs, for the scope of an import. */
export async function listRunBy(
  db: Db,
  person: PersonId,
  roles: readonly string[],
  today: string,
): Promise<SchoolId[]> {
  const found = await sql<{ id: SchoolId }>`
    select distinct r.org_id as id from person_role r join person p on p.id = r.person_id join org o on o.id = r.org_id
    where r.person_id = ${person} and r.role = any(${[...roles]}) and o.type = 'school' and p.disabled_at is null and p.enabled
      and coalesce(r.begin_date <= ${today}::date, true) and coalesce(r.end_date >= ${today}::date, true)`.execute(
    db,
  )
  return found.rows.map((row) => row.id)
}
