// Periods at a distance.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import type { Period } from './remote-rules.ts'

export type PeriodRow = Period & {
  id: string
  titles: string[] | null
  madeBy: string | null
  madeAt: Date
  endedBy: string | null
  endedAt: Date | null
}

const nameOf = (id: string) => sql`
  (select coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name from person p where p.id = ${sql.ref(id)})`

/** A school's periods, newest first. */
export async function listPeriods(db: Db, schoolId: SchoolId, limit: number): Promise<PeriodRow[]> {
  const found = await sql<PeriodRow>`
    select r.id, r.from_on as from, r.to_on as to, r.class_ids as classes, r.word, r.ended_on as "endedOn",
      case when r.class_ids is not null then array(
        select title from class where id = any(r.class_ids) order by title collate "fr-x-icu") end as titles,
      ${nameOf('r.made_by')} as "madeBy", r.made_at as "madeAt", ${nameOf('r.ended_by')} as "endedBy", r.ended_at as "endedAt"
    from remote_period r where r.school_id = ${schoolId}
    order by r.from_on desc, r.made_at desc limit ${limit}`.execute(db)
  return found.rows
}

/** The periods of some schools that count on some day of a span; of classes with the groups that share a pupil. */
export async function listCounting(
  db: Db,
  schools: readonly SchoolId[],
  from: LocalDate,
  to: LocalDate,
): Promise<(Period & { schoolId: SchoolId })[]> {
  const found = await sql<Period & { schoolId: SchoolId }>`
    select r.school_id as "schoolId", r.from_on as from, r.to_on as to, r.word, r.ended_on as "endedOn",
      case when r.class_ids is not null then r.class_ids || array(
        select distinct g.class_id from enrollment h join enrollment g on g.person_id = h.person_id and g.role = 'student'
          join class c on c.id = g.class_id and c.type <> 'homeroom'
        where h.class_id = any(r.class_ids) and h.role = 'student' and h.disabled_at is null and g.disabled_at is null)
      end as classes
    from remote_period r
    where school_id = any(${[...schools]}::uuid[]) and from_on <= ${to}::date and to_on >= ${from}::date
      and coalesce(ended_on > from_on, true)
    order by class_ids is not null, from_on`.execute(db)
  return found.rows
}

/** One period planned at a time in a school. */
export async function lockPeriods(db: Db, schoolId: SchoolId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('remote ' || ${schoolId}::text, 0))`.execute(db)
}

export async function insertPeriod(
  db: Db,
  schoolId: SchoolId,
  period: Omit<Period, 'endedOn'> & { id: string },
  by: PersonId,
  now: Date,
): Promise<void> {
  await sql`
    insert into remote_period (id, school_id, from_on, to_on, class_ids, word, made_by, made_at)
    values (${period.id}, ${schoolId}, ${period.from}, ${period.to}, ${period.classes && [...period.classes]}::uuid[],
      ${period.word}, ${by}, ${now})`.execute(db)
}

/** Ends a period that nobody ended: it no longer counts from `on`. */
export async function endPeriod(
  db: Db,
  schoolId: SchoolId,
  id: string,
  on: LocalDate,
  by: PersonId,
  now: Date,
): Promise<void> {
  await sql`
    update remote_period set ended_on = ${on}::date, ended_by = ${by}, ended_at = ${now}
    where id = ${id} and school_id = ${schoolId} and ended_at is null`.execute(db)
}

/** Of these, the homerooms of the school that are in use. */
export async function listHomerooms(db: Db, schoolId: SchoolId, ids: readonly ClassId[]): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select id from class where school_id = ${schoolId} and id = any(${[...ids]}::uuid[]) and type = 'homeroom'
      and disabled_at is null`.execute(db)
  return found.rows.map((row) => row.id)
}
