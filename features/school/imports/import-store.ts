// Imports made in the browser: what is running, what came of it. A session lock says whether its process still lives.
import { CompiledQuery, sql } from 'kysely'
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

/** Where a statement is written: our own connection, or whatever holds the import's transaction. */
export type Writer = Db | pg.ClientBase | pg.Pool

async function ask<Row>(on: Writer, text: string, values: unknown[]): Promise<Row[]> {
  const answer =
    'executeQuery' in on
      ? await on.executeQuery<Row>(CompiledQuery.raw(text, values))
      : await on.query<Row & pg.QueryResultRow>(text, values)
  return answer.rows
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

/** Tries once more what was cut, whose file is still there; false when it is in that state no longer. */
export async function beginAgain(
  db: Db,
  schoolId: SchoolId,
  id: string,
  by: PersonId,
  now: Date,
): Promise<boolean> {
  const found = await sql`
    update school_import set state = 'trying', by_person_id = ${by}, confirmed = false, step = null, done = 0,
      report = null, refusal = null, changed_at = ${now}
    where id = ${id} and school_id = ${schoolId} and state = 'cut' and upload is not null returning id`.execute(
    db,
  )
  return found.rows.length > 0
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

/** How far it is, while it runs; what has ended stays as it ended. */
export async function saveProgress(db: Db, id: string, step: string, done: number, now: Date): Promise<void> {
  await sql`
    update school_import set step = ${step}, done = ${done}, changed_at = ${now}
    where id = ${id} and state in ('trying', 'applying')`.execute(db)
}

export type Outcome = { state: ImportState; report?: object; refusal?: object }

const outcomeText = `update school_import set state = $2, report = coalesce($3, report), refusal = $4, changed_at = $5,
  step = null, done = 0 where id = $1 and state in ('trying', 'applying') returning id`

/**
 * Writes what came of a running import; inside its own transaction, so that both are true or neither. False when it has
 * ended already: that stays.
 */
export async function saveOutcome(
  on: Writer,
  id: string,
  { state, report, refusal }: Outcome,
  now: Date,
): Promise<boolean> {
  const [told, why] = [report, refusal].map((what) => (what ? JSON.stringify(what) : null))
  return (await ask(on, outcomeText, [id, state, told, why, now])).length > 0
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

const runByText = `
  select distinct r.org_id as id from person_role r join person p on p.id = r.person_id join org o on o.id = r.org_id
  where r.person_id = $1 and r.role = any($2) and o.type = 'school' and p.disabled_at is null and p.enabled
    and coalesce(r.begin_date <= $3::date, true) and coalesce(r.end_date >= $3::date, true)`

/** The schools that a person runs, for the scope of an import. */
export async function listRunBy(
  on: Writer,
  person: PersonId,
  roles: readonly string[],
  today: string,
): Promise<SchoolId[]> {
  return (await ask<{ id: SchoolId }>(on, runByText, [person, [...roles], today])).map(({ id }) => id)
}

/** Which schools an import by the command was about: all of a directory's source, or one of a timetable. */
export type Concerned = { source: string } | { school: SchoolId }

export type AppliedFile = { kind: ImportRow['kind']; name: string; bytes: number }

/** Notes an import that the operator applied; its report only where one school alone is concerned. */
export async function insertApplied(
  on: Writer,
  concerned: Concerned,
  { kind, name, bytes }: AppliedFile,
  report: object,
  now: Date,
): Promise<void> {
  const [which, of] =
    'school' in concerned
      ? ['o.id = $1', concerned.school]
      : ["o.source = $1 and o.type = 'school' and o.disabled_at is null", concerned.source]
  await ask(
    on,
    `insert into school_import (id, school_id, kind, name, bytes, state, made_at, changed_at, report)
    select gen_random_uuid(), o.id, $2, $3, $4, 'applied', $5, $5, case when count(*) over () = 1 then $6::jsonb end
    from org o where ${which}`,
    [of, kind, name, bytes, now, JSON.stringify(report)],
  )
}
