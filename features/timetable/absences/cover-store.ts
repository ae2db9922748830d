// What covers a lesson, in the database. A cover that another one takes the place of is withdrawn, never deleted.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { AbsenceId, ClassId, CoverId, PersonId, SchoolId, SlotId } from '#platform/ids'
import type { CoverDraft } from './contract.ts'

export type NewCover = {
  id: CoverId
  schoolId: SchoolId
  absenceId: AbsenceId
  slotId: SlotId
  classId: ClassId
  onDate: LocalDate
  /** When and what the lesson is by the timetable. */
  startsAt: string
  title: string
  by: PersonId
}

/** Withdraws what covers a lesson now. */
export async function withdrawCover(db: Db, slotId: SlotId, onDate: LocalDate, at: Date): Promise<void> {
  await db
    .updateTable('lesson_cover')
    .set({ withdrawn_at: at })
    .where('slot_id', '=', slotId)
    .where('on_date', '=', onDate)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** Puts a cover in place of the one that is there. */
export async function putCover(db: Db, cover: NewCover, draft: CoverDraft, now: number): Promise<void> {
  await withdrawCover(db, cover.slotId, cover.onDate, new Date(now))
  const { kind, teacherId, subject, room, start, end, note } = draft
  await db
    .insertInto('lesson_cover')
    .values({
      id: cover.id,
      school_id: cover.schoolId,
      absence_id: cover.absenceId,
      slot_id: cover.slotId,
      class_id: cover.classId,
      on_date: cover.onDate,
      starts_at: cover.startsAt,
      title: cover.title,
      kind,
      teacher_id: teacherId ?? null,
      subject: subject || null,
      room: room || null,
      to_starts_at: start ?? null,
      to_ends_at: end ?? null,
      note: note || null,
      by_person_id: cover.by,
      at: new Date(now),
    })
    .execute()
}

/** The absence in force that covers a moment of a teacher's at a school. */
export async function findAbsenceAt(
  db: Db,
  schoolId: SchoolId,
  teacher: PersonId,
  at: { date: LocalDate; start: string; end: string },
): Promise<AbsenceId | undefined> {
  const found = await sql<{ id: AbsenceId }>`
    select id from teacher_absence
    where school_id = ${schoolId} and teacher_id = ${teacher} and withdrawn_at is null
      and from_date + coalesce(from_time, '00:00') < ${at.date}::date + ${at.end}::time
      and ${at.date}::date + ${at.start}::time < to_date + coalesce(to_time, '24:00')
    order by at desc limit 1`.execute(db)
  return found.rows[0]?.id
}

export type Adrift = {
  class: string
  subject: string
  start: string
  cover: 'teacher' | 'study' | 'home'
  teacher: string | null
}

/** The covers of a day whose lesson is not in the timetable any more, of absences in force. */
export async function listAdrift(db: Db, schoolId: SchoolId, day: LocalDate): Promise<Adrift[]> {
  const found = await sql<Adrift>`
    select c.title as class, coalesce(v.subject, v.title) as subject, to_char(v.starts_at, 'HH24:MI') as start, v.kind as cover,
      case when p.id is not null then coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name end as teacher
    from lesson_cover v join class c on c.id = v.class_id join teacher_absence a on a.id = v.absence_id
      left join person p on p.id = v.teacher_id left join slot s on s.id = v.slot_id
    where v.school_id = ${schoolId} and v.on_date = ${day}::date and v.withdrawn_at is null and a.withdrawn_at is null
      and (s.id is null or not s.dates @> array[v.on_date])
    order by v.starts_at, c.title`.execute(db)
  return found.rows
}

/** Remembers when and what the covered lessons are now, for {@link reattachCovers} after an import. */
export async function rememberCovered(db: Db, schoolId: SchoolId): Promise<void> {
  await sql`
    update lesson_cover v set starts_at = s.starts_at, title = s.title from slot s
    where v.school_id = ${schoolId} and v.withdrawn_at is null and s.id = v.slot_id and s.dates @> array[v.on_date]
      and (v.starts_at, v.title) is distinct from (s.starts_at, s.title)`.execute(db)
}

/**
 * Finds the lessons again whose slots an import has replaced: of the same class and teacher, on the same day, at the
 * same time, or else of the same subject among the slots that were written. What finds none stays as it is and is told
 * to those who run the school.
 */
export async function reattachCovers(
  db: Db,
  schoolId: SchoolId,
  written: { source: string; uids: readonly string[] },
): Promise<void> {
  await sql`
    with adrift as (
      select v.id, v.class_id, v.on_date, v.starts_at, v.title, a.teacher_id
      from lesson_cover v join teacher_absence a on a.id = v.absence_id left join slot s on s.id = v.slot_id
      where v.school_id = ${schoolId} and v.withdrawn_at is null and (s.id is null or not s.dates @> array[v.on_date])),
    match as (
      select distinct on (d.id) d.id, s.id as slot_id, d.on_date
      from adrift d join slot s on s.school_id = ${schoolId} and s.class_id = d.class_id and s.teacher_id = d.teacher_id
        and s.dates @> array[d.on_date] and (s.starts_at = d.starts_at
          or s.title = d.title and s.source = ${written.source} and s.uid = any(${[...written.uids]}))
      where not exists (select 1 from lesson_cover o
        where o.slot_id = s.id and o.on_date = d.on_date and o.withdrawn_at is null)
      order by d.id, s.starts_at = d.starts_at desc, s.title = d.title desc, s.starts_at),
    once as (select distinct on (slot_id, on_date) * from match order by slot_id, on_date, id)
    update lesson_cover v set slot_id = once.slot_id from once where v.id = once.id`.execute(db)
}
