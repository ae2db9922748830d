// Absences in the database: one row each, every change of it kept as an event.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { AbsenceId, ClassId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { Absence, AbsenceSpan, Teacher } from './contract.ts'

type Row = Omit<Absence, 'from' | 'to' | 'reason' | 'mine' | 'history'> & {
  by: PersonId | null
  reason: string | null
  span: Span
  history: (Omit<Absence['history'][number], 'from' | 'to' | 'by'> & { by: string | null; span: Span })[]
}
type Span = { fromDate: LocalDate; fromTime: string | null; toDate: LocalDate; toTime: string | null }

export type AbsenceRow = Omit<Absence, 'mine'> & { by: PersonId | null }

const spanJson = (alias: string) => sql`json_build_object(
  'fromDate', ${sql.ref(`${alias}.from_date`)}, 'fromTime', to_char(${sql.ref(`${alias}.from_time`)}, 'HH24:MI'),
  'toDate', ${sql.ref(`${alias}.to_date`)}, 'toTime', to_char(${sql.ref(`${alias}.to_time`)}, 'HH24:MI'))`

const nameOf = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.preferred_name`)}, ${sql.ref(`${alias}.given_name`)}) || ' ' || ${sql.ref(`${alias}.family_name`)}`

const columns = sql`a.id, a.school_id as "schoolId", json_build_object('id', p.id, 'name', ${nameOf('p')}) as teacher,
  ${spanJson('a')} as span, a.reason, a.withdrawn_at is not null as withdrawn, a.by_person_id as by,
  coalesce((select json_agg(json_build_object('kind', e.kind, 'by', ${nameOf('b')}, 'span', ${spanJson('e')},
      'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by e.id)
    from absence_event e left join person b on b.id = e.by_person_id where e.absence_id = a.id), '[]') as history`

const spanOf = ({ fromDate, fromTime, toDate, toTime }: Span) => ({
  from: { date: fromDate, ...(fromTime && { time: fromTime }) },
  to: { date: toDate, ...(toTime && { time: toTime }) },
})

function present({ span, reason, history, ...row }: Row): AbsenceRow {
  const told = history.map(({ span: then, by, ...event }) => ({
    ...event,
    ...(by && { by }),
    ...spanOf(then),
  }))
  return { ...row, ...spanOf(span), ...(reason && { reason }), history: told }
}

/** One absence, withdrawn or not, held until the transaction ends. */
export async function lockAbsence(db: Db, id: AbsenceId): Promise<AbsenceRow | undefined> {
  await sql`select 1 from teacher_absence where id = ${id} for no key update`.execute(db)
  return findAbsence(db, id)
}

/** One absence, withdrawn or not. */
export async function findAbsence(db: Db, id: AbsenceId): Promise<AbsenceRow | undefined> {
  const found = await sql<Row>`
    select ${columns} from teacher_absence a join person p on p.id = a.teacher_id where a.id = ${id}`.execute(
    db,
  )
  return found.rows.map(present)[0]
}

/** The absences of a school that touch a day, withdrawn ones included. */
export async function listOnDay(db: Db, schoolId: SchoolId, day: LocalDate): Promise<AbsenceRow[]> {
  const found = await sql<Row>`
    select ${columns} from teacher_absence a join person p on p.id = a.teacher_id
    where a.school_id = ${schoolId} and a.to_date >= ${day}::date and a.from_date <= ${day}::date
    order by a.withdrawn_at is not null, p.family_name collate "fr-x-icu", a.from_date, a.id`.execute(db)
  return found.rows.map(present)
}

/** A teacher's absences, the latest first. */
export async function listOfTeacher(db: Db, teacher: PersonId, most: number): Promise<AbsenceRow[]> {
  const found = await sql<Row>`
    select ${columns} from teacher_absence a join person p on p.id = a.teacher_id
    where a.teacher_id = ${teacher} order by a.to_date desc, a.id limit ${most}`.execute(db)
  return found.rows.map(present)
}

const spanValues = ({ from, to }: Pick<AbsenceSpan, 'from' | 'to'>) => ({
  from_date: from.date,
  from_time: from.time ?? null,
  to_date: to.date,
  to_time: to.time ?? null,
})

type New = { id: AbsenceId; schoolId: SchoolId; teacher: PersonId; reason: string | null; by: PersonId }

/** Adds an absence. */
export async function insertAbsence(db: Db, absence: New, span: AbsenceSpan, now: number): Promise<void> {
  const { id, schoolId, teacher, reason, by } = absence
  const values = { id, school_id: schoolId, teacher_id: teacher, reason, by_person_id: by, at: new Date(now) }
  await db
    .insertInto('teacher_absence')
    .values({ ...values, ...spanValues(span) })
    .execute()
}

/** Makes an absence last from here to there. */
export async function updateSpan(
  db: Db,
  id: AbsenceId,
  span: AbsenceSpan,
  reason: string | null,
): Promise<void> {
  await db
    .updateTable('teacher_absence')
    .set({ ...spanValues(span), reason })
    .where('id', '=', id)
    .execute()
}

/** Withdraws an absence, or brings it back with null. */
export async function setWithdrawn(db: Db, id: AbsenceId, at: Date | null): Promise<void> {
  await db.updateTable('teacher_absence').set({ withdrawn_at: at }).where('id', '=', id).execute()
}

/** Keeps what happened to an absence, with how long it was from then on. */
export async function insertEvent(
  db: Db,
  id: AbsenceId,
  kind: string,
  by: PersonId,
  now: number,
): Promise<void> {
  await sql`
    insert into absence_event (absence_id, kind, from_date, from_time, to_date, to_time, by_person_id, at)
    select id, ${kind}, from_date, from_time, to_date, to_time, ${by}, ${new Date(now)}
    from teacher_absence where id = ${id}`.execute(db)
}

/** Everybody who teaches at a school: by role, by class or by timetable. */
export async function listTeachers(db: Db, schoolId: SchoolId, today: LocalDate): Promise<Teacher[]> {
  const found = await sql<Teacher>`
    select p.id, ${nameOf('p')} as name from person p
    where p.disabled_at is null and p.id in (
      select r.person_id from person_role r where r.org_id = ${schoolId} and r.role = 'teacher' and ${within('r', today)}
      union select e.person_id from enrollment e join class c on c.id = e.class_id
        where c.school_id = ${schoolId} and e.role = 'teacher' and c.disabled_at is null and ${inForce('e', today)}
      union select s.teacher_id from slot s where s.school_id = ${schoolId})
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** The schools at which somebody teaches, and whether teachers enter their absences there. */
export async function listTeachersSchools(
  db: Db,
  teacher: PersonId,
  today: LocalDate,
): Promise<{ id: SchoolId; name: string; mayEnter: boolean }[]> {
  const found = await sql<{ id: SchoolId; name: string; mayEnter: boolean }>`
    select o.id, o.name, coalesce(t.teachers_enter_absences, false) as "mayEnter"
    from org o left join timetable_setting t on t.school_id = o.id
    where o.type = 'school' and o.disabled_at is null and o.id in (
      select r.org_id from person_role r where r.person_id = ${teacher} and r.role = 'teacher' and ${within('r', today)}
      union select c.school_id from enrollment e join class c on c.id = e.class_id
        where e.person_id = ${teacher} and e.role = 'teacher' and c.disabled_at is null and ${inForce('e', today)})
    order by o.name, o.id`.execute(db)
  return found.rows
}

/** Whether a school lets teachers enter their own absences. */
export async function teachersEnter(db: Db, schoolId: SchoolId): Promise<boolean> {
  const row = await db
    .selectFrom('timetable_setting')
    .select('teachers_enter_absences')
    .where('school_id', '=', schoolId)
    .executeTakeFirst()
  return row?.teachers_enter_absences ?? false
}

/** Lets teachers enter their own absences, or not. */
export async function setTeachersEnter(db: Db, schoolId: SchoolId, may: boolean): Promise<void> {
  await db
    .insertInto('timetable_setting')
    .values({ school_id: schoolId, teachers_enter_absences: may })
    .onConflict((conflict) => conflict.column('school_id').doUpdateSet({ teachers_enter_absences: may }))
    .execute()
}

/** The classes of a school that have a lesson of a teacher's between two days, wherever it was moved to. */
export async function listClassesTaught(
  db: Db,
  schoolId: SchoolId,
  teacher: PersonId,
  from: LocalDate,
  to: LocalDate,
): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select distinct s.class_id as id from slot s
    where s.school_id = ${schoolId} and s.teacher_id = ${teacher} and (
      exists (select 1 from unnest(s.dates) d where d between ${from}::date and ${to}::date)
      or exists (select 1 from lesson_change c where c.slot_id = s.id and c.to_date between ${from}::date and ${to}::date))`.execute(
    db,
  )
  return found.rows.map(({ id }) => id)
}

/** The classes of a school that are in use. */
export async function listClassIds(db: Db, schoolId: SchoolId): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select id from class where school_id = ${schoolId} and disabled_at is null`.execute(db)
  return found.rows.map(({ id }) => id)
}

export type Known = { teacherId: PersonId; classIds: ClassId[]; subjects: string[] }

/** What each of a school's teachers teaches, by the timetable. */
export async function listTaught(db: Db, schoolId: SchoolId): Promise<Known[]> {
  const found = await sql<Known>`
    select teacher_id as "teacherId", array_agg(distinct class_id)::text[] as "classIds", array_agg(distinct title) as subjects
    from slot where school_id = ${schoolId} and teacher_id is not null group by teacher_id`.execute(db)
  return found.rows
}

/** The rooms that a school's timetable names. */
export async function listRooms(db: Db, schoolId: SchoolId): Promise<string[]> {
  const found = await sql<{ room: string }>`
    select distinct room from slot where school_id = ${schoolId} and room is not null order by room limit 300`.execute(
    db,
  )
  return found.rows.map(({ room }) => room)
}
