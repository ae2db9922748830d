// Slots, changes to single lessons, and who sits in them together.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId, SlotId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import type { LessonChange } from './contract.ts'
import type { Change, Slot } from './rules.ts'

export type FullSlot = Slot & {
  schoolId: SchoolId
  zone: string
  teacher: string | null
  class: { key: string; title: string; type: string }
}

const slotColumns = sql`s.id, s.school_id as "schoolId", o.zone, s.class_id as "classId", s.teacher_id as "teacherId",
  case when p.id is not null then coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name end as teacher,
  json_build_object('key', c.key, 'title', c.title, 'type', c.type) as class, s.title, s.room, to_char(s.starts_at, 'HH24:MI') as start, to_char(s.ends_at, 'HH24:MI') as "end"`
const slotTables = sql`slot s join org o on o.id = s.school_id join class c on c.id = s.class_id left join person p on p.id = s.teacher_id`

/** One slot with all its dates. */
export async function findSlot(db: Db, slotId: SlotId): Promise<FullSlot | undefined> {
  const found = await sql<FullSlot>`
    select ${slotColumns}, s.dates, s.cancelled_dates as cancelled from ${slotTables} where s.id = ${slotId}`.execute(
    db,
  )
  return found.rows[0]
}

export type Of = {
  classes: readonly ClassId[]
  teachers?: readonly PersonId[] | undefined
  slots?: readonly SlotId[] | undefined
}

/**
 * The slots of classes or of teachers, or those named, with a lesson in a span of days; of their dates only those that matter there,
 * with those that a change moves into it.
 */
export async function listSlots(db: Db, of: Of, from: LocalDate, to: LocalDate): Promise<FullSlot[]> {
  const found = await sql<FullSlot>`
    select ${slotColumns}, d.dates,
      array(select x from unnest(s.cancelled_dates) x where x = any(d.dates)) as cancelled
    from ${slotTables}
    cross join lateral (select
      array(select x from unnest(s.dates) x where x between ${from} and ${to})
      || array(select lc.on_date from lesson_change lc
        where lc.slot_id = s.id and lc.to_date between ${from} and ${to}
          and lc.on_date not between ${from} and ${to} and lc.on_date = any(s.dates)) as dates offset 0) d
    where (s.class_id = any(${[...of.classes]}::uuid[]) or s.teacher_id = any(${[...(of.teachers ?? [])]}::uuid[])
        or s.id = any(${[...(of.slots ?? [])]}::uuid[]))
      and c.disabled_at is null and cardinality(d.dates) > 0`.execute(db)
  return found.rows
}

/** The changes that take a lesson out of a span of days, bring one into it or cancel one there. */
export async function listChanges(
  db: Db,
  slots: readonly SlotId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Change[]> {
  const found = await sql<Change>`
    select slot_id as "slotId", on_date as "onDate", kind, to_date as "toDate", to_char(to_starts_at, 'HH24:MI') as "toStart",
      to_char(to_ends_at, 'HH24:MI') as "toEnd", to_room as "toRoom", note
    from lesson_change
    where slot_id = any(${[...slots]}::uuid[])
      and (on_date between ${from} and ${to} or to_date between ${from} and ${to})`.execute(db)
  return found.rows
}

/** Puts a change to one lesson, in place of an earlier one. */
export async function upsertChange(
  db: Db,
  slotId: SlotId,
  onDate: LocalDate,
  change: LessonChange,
  by: PersonId,
  now: number,
): Promise<void> {
  const moved = change.kind === 'moved' ? change : null
  const values = {
    kind: change.kind,
    to_date: moved?.toDate ?? null,
    to_starts_at: moved?.toStart ?? null,
    to_ends_at: moved?.toEnd ?? null,
    to_room: moved?.toRoom?.trim() || null,
    note: change.note?.trim() || null,
    by_person_id: by,
    at: new Date(now),
  }
  await db
    .insertInto('lesson_change')
    .values({ slot_id: slotId, on_date: onDate, ...values })
    .onConflict((conflict) => conflict.columns(['slot_id', 'on_date']).doUpdateSet(values))
    .execute()
}

/** Takes a change back. */
export async function deleteChange(db: Db, slotId: SlotId, onDate: LocalDate): Promise<void> {
  await db.deleteFrom('lesson_change').where('slot_id', '=', slotId).where('on_date', '=', onDate).execute()
}

/** One lesson at a time is changed in a school: waits for the transaction that changes another. */
export async function lockLessons(db: Db, schoolId: SchoolId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('timetable ' || ${schoolId}::text, 0))`.execute(db)
}

/** Every class that shares a pupil with one of these, themselves included. */
export async function listClassesSharing(
  db: Db,
  classIds: readonly ClassId[],
  today: LocalDate,
): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select distinct b.class_id as id from enrollment a join enrollment b on b.person_id = a.person_id
    where a.class_id = any(${[...classIds]}::uuid[]) and a.role = 'student' and b.role = 'student'
      and ${inForce('a', today)} and ${inForce('b', today)}`.execute(db)
  return [...new Set([...classIds, ...found.rows.map((row) => row.id)])]
}

/** Of each of some classes, every class that shares a pupil with it, itself included. */
export async function listSharingEach(
  db: Db,
  classIds: readonly ClassId[],
  today: LocalDate,
): Promise<Map<ClassId, Set<ClassId>>> {
  const sharing = new Map(classIds.map((id) => [id, new Set([id])]))
  const found = await sql<{ of: ClassId; id: ClassId }>`
    select distinct a.class_id as of, b.class_id as id from enrollment a join enrollment b on b.person_id = a.person_id
    where a.class_id = any(${[...sharing.keys()]}::uuid[]) and a.role = 'student' and b.role = 'student'
      and ${inForce('a', today)} and ${inForce('b', today)}`.execute(db)
  for (const { of, id } of found.rows) sharing.get(of)?.add(id)
  return sharing
}

export type Group = {
  /** The class whose pupils attend it. */
  of: ClassId
  id: ClassId
  key: string
  title: string
  subject: string | null
  /** Whether every pupil of that class is in it, so that it concerns the whole class. */
  whole: boolean
}

/** The groups that pupils of some classes attend besides, in whatever school. */
export async function listGroups(db: Db, classes: readonly ClassId[], today: LocalDate): Promise<Group[]> {
  const found = await sql<Group>`
    with pupil as materialized (
      select h.class_id, h.person_id from enrollment h
      where h.class_id = any(${[...classes]}::uuid[]) and h.role = 'student' and ${inForce('h', today)}),
    size as (select class_id, count(*) as n from pupil group by 1),
    -- Pupil by pupil ("offset 0"), whatever the planner believes of a table that was just filled.
    attended as materialized (
      select pupil.class_id as of, g.class_id as id, count(*) as n from pupil cross join lateral (
        select g.class_id from enrollment g where g.person_id = pupil.person_id and g.class_id <> pupil.class_id
          and g.role = 'student' and ${inForce('g', today)} offset 0) g
      group by 1, 2)
    select a.of, a.id, c.key, c.title, coalesce(c.subject, co.subject, co.title) as subject, a.n = size.n as whole
    from attended a join size on size.class_id = a.of
      join class c on c.id = a.id and c.type <> 'homeroom' and c.disabled_at is null
      left join course co on co.id = c.course_id`.execute(db)
  return found.rows
}

/** The homerooms of some groups' pupils. */
export async function listHomerooms(
  db: Db,
  groups: readonly ClassId[],
  today: LocalDate,
): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select distinct h.class_id as id
    from enrollment g join enrollment h on h.person_id = g.person_id and h.role = 'student' and ${inForce('h', today)}
      join class c on c.id = h.class_id and c.type = 'homeroom' and c.disabled_at is null
    where g.class_id = any(${[...groups]}::uuid[]) and g.role = 'student' and ${inForce('g', today)}`.execute(
    db,
  )
  return found.rows.map((row) => row.id)
}
