// Who is away, and what covers their lessons, as the reading of the timetable asks for it.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { PersonId, SlotId } from '#platform/ids'
import type { Away, Cover } from '../rules.ts'

/** The first and the last moment of an absence `a`, as "YYYY-MM-DDTHH:MM" of the school's wall clock. */
export const spanColumns = sql`
  a.from_date || 'T' || coalesce(to_char(a.from_time, 'HH24:MI'), '00:00') as "from",
  a.to_date || 'T' || coalesce(to_char(a.to_time, 'HH24:MI'), '24:00') as "to"`

/** When the teachers of some slots are away, within a span of days. */
export async function listAway(
  db: Db,
  slots: readonly SlotId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Away[]> {
  if (slots.length === 0) return []
  const found = await sql<Away>`
    with a as materialized (
      select * from teacher_absence
      where withdrawn_at is null and to_date >= ${from}::date and from_date <= ${to}::date
        and (school_id, teacher_id) in (select s.school_id, s.teacher_id from slot s where s.id = any(${[...slots]}::uuid[])))
    select s.id as "slotId", ${spanColumns}
    from a join slot s on s.teacher_id = a.teacher_id and s.school_id = a.school_id
    where s.id = any(${[...slots]}::uuid[])`.execute(db)
  return found.rows
}

export const coverColumns = sql`
  v.slot_id as "slotId", v.on_date as "onDate", v.kind, v.teacher_id as "teacherId",
  case when q.id is not null then coalesce(q.preferred_name, q.given_name) || ' ' || q.family_name end as teacher,
  v.subject, v.room, to_char(v.to_starts_at, 'HH24:MI') as start, to_char(v.to_ends_at, 'HH24:MI') as "end", v.note`

/** What covers lessons of some slots, whether their teachers are away or not: that is for the rules. */
export async function listCovers(db: Db, slots: readonly SlotId[]): Promise<Cover[]> {
  const found = await sql<Cover>`
    select ${coverColumns} from lesson_cover v left join person q on q.id = v.teacher_id
    where v.slot_id = any(${[...slots]}::uuid[]) and v.withdrawn_at is null`.execute(db)
  return found.rows
}

/** The slots of which some teachers cover a lesson, in a span of days. */
export async function listCovering(
  db: Db,
  teachers: readonly PersonId[],
  from: LocalDate,
  to: LocalDate,
): Promise<SlotId[]> {
  const found = await sql<{ id: SlotId }>`
    select distinct v.slot_id as id from lesson_cover v
    where v.teacher_id = any(${[...teachers]}::uuid[]) and v.slot_id is not null and v.withdrawn_at is null
      and v.on_date between ${from}::date - 60 and ${to}::date + 60`.execute(db)
  return found.rows.map(({ id }) => id)
}
