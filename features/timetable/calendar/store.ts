// What an import reads of a school and writes of its slots.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import type { KnownClass, KnownTeacher } from './matching-rules.ts'
import type { SlotRow } from './planning-rules.ts'

/** One import at a time for each school: waits for one that runs, until the end of the transaction. */
export async function lockTimetable(db: Db, schoolId: SchoolId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('timetable ' || ${schoolId}::text, 0))`.execute(db)
}

/** The school, if it is in use. */
export async function findSchool(
  db: Db,
  schoolId: SchoolId,
): Promise<{ id: SchoolId; name: string; zone: string } | undefined> {
  const found = await sql<{ id: SchoolId; name: string; zone: string }>`
    select id, name, zone from org where id = ${schoolId} and type = 'school' and disabled_at is null`.execute(
    db,
  )
  return found.rows[0]
}

/** The school year that holds a day, or begins soon after it; null when the directory tells of none. */
export async function findSchoolYear(
  db: Db,
  today: LocalDate,
): Promise<{ from: LocalDate; to: LocalDate } | null> {
  const found = await sql<{ from: LocalDate | null; to: LocalDate | null }>`
    select min(start_date) as "from", max(end_date) as "to" from academic_session
    where type = 'schoolYear' and disabled_at is null
      and end_date > ${today}::date and start_date <= ${today}::date + 120
      and start_date > ${today}::date - 400 and end_date < ${today}::date + 520`.execute(db)
  const { from, to } = found.rows[0] ?? {}
  return from && to ? { from, to } : null
}

/** The school's classes, by all the names that a calendar may call them. */
export async function listKnownClasses(db: Db, schoolId: SchoolId): Promise<KnownClass[]> {
  const found = await sql<KnownClass>`
    select c.id, c.sourced_id as "sourcedId", c.code, c.title, co.sourced_id as "courseSourcedId"
    from class c left join course co on co.id = c.course_id
    where c.school_id = ${schoolId} and c.disabled_at is null`.execute(db)
  return found.rows
}

/** Whoever teaches at the school, by role or by class. */
export async function listKnownTeachers(db: Db, schoolId: SchoolId): Promise<KnownTeacher[]> {
  const found = await sql<KnownTeacher>`
    select p.id, p.sourced_id as "sourcedId", p.username, p.email,
      p.given_name as "givenName", p.family_name as "familyName"
    from person p where p.disabled_at is null and p.id in (
      select person_id from person_role where org_id = ${schoolId} and role = 'teacher'
      union select e.person_id from enrollment e join class c on c.id = e.class_id
        where c.school_id = ${schoolId} and e.role = 'teacher' and e.disabled_at is null)`.execute(db)
  return found.rows
}

/** The slots that a calendar brought to a school. */
export async function listSlotsOf(db: Db, schoolId: SchoolId, source: string): Promise<SlotRow[]> {
  const found = await sql<SlotRow>`
    select uid, class_id as "classId", teacher_id as "teacherId", title, subject, room,
      to_char(starts_at, 'HH24:MI') as start, to_char(ends_at, 'HH24:MI') as "end",
      dates, cancelled_dates as cancelled
    from slot where school_id = ${schoolId} and source = ${source}`.execute(db)
  return found.rows
}

/** Writes slots as they are now to be, new or not. */
export async function upsertSlots(
  db: Db,
  schoolId: SchoolId,
  source: string,
  slots: readonly SlotRow[],
): Promise<void> {
  for (let i = 0; i < slots.length; i += 1000) {
    await sql`
      insert into slot (school_id, source, uid, class_id, teacher_id, title, subject, room, starts_at, ends_at, dates, cancelled_dates)
      select ${schoolId}, ${source}, r.uid, r."classId", r."teacherId", r.title, r.subject, r.room, r.start, r."end", r.dates, r.cancelled
      from jsonb_to_recordset(${JSON.stringify(slots.slice(i, i + 1000))}::jsonb) as r(
        uid text, "classId" uuid, "teacherId" uuid, title text, subject text, room text,
        start time, "end" time, dates date[], cancelled date[])
      on conflict (school_id, source, uid) do update set
        class_id = excluded.class_id, teacher_id = excluded.teacher_id, title = excluded.title,
        subject = excluded.subject, room = excluded.room, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, dates = excluded.dates, cancelled_dates = excluded.cancelled_dates`.execute(
      db,
    )
  }
}

/** Removes slots. What was written in their lessons stays with the class, on its day. */
export async function deleteSlots(
  db: Db,
  schoolId: SchoolId,
  source: string,
  uids: readonly string[],
): Promise<void> {
  await sql`delete from slot where school_id = ${schoolId} and source = ${source} and uid = any(${[...uids]})`.execute(
    db,
  )
}

/** Keeps the report of an import that was applied. */
export async function insertImportRun(db: Db, source: string, now: number, report: unknown): Promise<void> {
  const at = new Date(now)
  await db
    .insertInto('import_run')
    .values({ source, started_at: at, finished_at: at, applied: true, report: JSON.stringify(report) })
    .execute()
}
