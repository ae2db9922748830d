// Whose sheets there are.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId, SchoolId } from '#platform/ids'
import { inForce } from '#platform/in-force'

export type SchoolRow = { id: SchoolId; key: string; name: string; zone: string }
export type ClassRow = { id: ClassId; schoolId: SchoolId; key: string; title: string }
export type TeacherRow = {
  id: PersonId
  key: string
  name: string
  school: string
  zone: string
  /** Whose lessons are the teacher's where the timetable names none. */
  classes: ClassId[]
}
/** The schools in use, or those of them that are named. */
export async function listSchools(db: Db, ids: readonly SchoolId[] | 'all'): Promise<SchoolRow[]> {
  const which = ids === 'all' ? sql`true` : sql`id = any(${[...ids]}::uuid[])`
  const found = await sql<SchoolRow>`
    select id, key, name, zone from org where type = 'school' and disabled_at is null and ${which} order by id`.execute(
    db,
  )
  return found.rows
}

/**
 * The classes with sheets of their own, of a school or among those named: homerooms, and groups attended by a pupil who
 * has no homeroom (a school whose directory knows none).
 */
export async function listSheetClasses(
  db: Db,
  of: { school: SchoolId } | { among: readonly ClassId[] },
  today: LocalDate,
): Promise<ClassRow[]> {
  const which = 'school' in of ? sql`c.school_id = ${of.school}` : sql`c.id = any(${[...of.among]}::uuid[])`
  const found = await sql<ClassRow>`
    select c.id, c.school_id as "schoolId", c.key, c.title from class c
    where ${which} and c.disabled_at is null and (c.type = 'homeroom' or c.id in (
      select c.id from class c join enrollment e on e.class_id = c.id and e.role = 'student' and ${inForce('e', today)}
      where ${which} and c.type <> 'homeroom' and not exists (
        select 1 from enrollment h join class hc on hc.id = h.class_id and hc.type = 'homeroom' and hc.disabled_at is null
        where h.person_id = e.person_id and h.role = 'student' and ${inForce('h', today)} offset 0)))
    order by c.id`.execute(db)
  return found.rows
}

/** Those who teach some classes, by enrollment or by timetable; or the ones named. */
export async function listTeachers(
  db: Db,
  of: { school: SchoolId } | { classes: readonly ClassId[] } | { ids: readonly PersonId[] },
  today: LocalDate,
): Promise<TeacherRow[]> {
  const classes =
    'school' in of
      ? sql`select id from class where school_id = ${of.school} and disabled_at is null`
      : sql`select unnest(${'classes' in of ? [...of.classes] : []}::uuid[])`
  const which =
    'ids' in of
      ? sql`select unnest(${[...of.ids]}::uuid[])`
      : sql`select e.person_id from enrollment e where e.role = 'teacher' and ${inForce('e', today)} and e.class_id in (${classes})
          union select s.teacher_id from slot s where s.class_id in (${classes})
          union select v.teacher_id from lesson_cover v
            where v.on_date >= ${today}::date - 7 and v.class_id in (${classes})`
  const found = await sql<TeacherRow>`
    select p.id, p.key, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, o.name as school, o.zone,
      array(select e.class_id from enrollment e where e.person_id = p.id and e.role = 'teacher' and ${inForce('e', today)}) as classes
    from person p cross join lateral (
      select o.name, o.zone from org o where o.id in (
        select s.school_id from slot s where s.teacher_id = p.id
        union select v.school_id from lesson_cover v where v.teacher_id = p.id
        union select c.school_id from enrollment e join class c on c.id = e.class_id
          where e.person_id = p.id and e.role = 'teacher' and ${inForce('e', today)}
        union select r.org_id from person_role r where r.person_id = p.id and r.role = 'teacher')
      order by o.name, o.id limit 1) o
    where p.id in (${which}) and p.disabled_at is null
    order by p.id`.execute(db)
  return found.rows
}

export type Holder =
  | { kind: 'class'; id: ClassId; schoolId: SchoolId; title: string }
  | { kind: 'teacher'; id: PersonId }
  | { kind: 'school'; id: SchoolId }

/** What a key opens: a class's, a person's or a school's sheets. */
export async function findHolder(db: Db, key: string): Promise<Holder | undefined> {
  const found = await sql<Holder>`
    select 'class' as kind, id, school_id as "schoolId", title from class where key = ${key} and disabled_at is null
    union all select 'teacher', id, null, null from person where key = ${key} and disabled_at is null
    union all select 'school', id, null, null from org where key = ${key} and type = 'school' and disabled_at is null`.execute(
    db,
  )
  return found.rows[0]
}

/** The schools that some people teach in or some classes belong to. */
export async function listSchoolsOf(
  db: Db,
  of: { classes: readonly ClassId[] },
): Promise<Map<ClassId, SchoolId>> {
  const found = await sql<{ id: ClassId; schoolId: SchoolId }>`
    select id, school_id as "schoolId" from class where id = any(${[...of.classes]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.id, row.schoolId]))
}

/** Every class of a school that is in use, for its lessons. */
export async function listClassIds(db: Db, schoolId: SchoolId): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select id from class where school_id = ${schoolId} and disabled_at is null`.execute(db)
  return found.rows.map((row) => row.id)
}

/** The time zones that schools lie in. */
export async function listZones(db: Db): Promise<string[]> {
  const found = await sql<{ zone: string }>`
    select distinct zone from org where type = 'school' and disabled_at is null order by zone`.execute(db)
  return found.rows.map((row) => row.zone)
}
