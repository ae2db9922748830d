// People, classes and how they belong together, read from the directory. Disabled rows are as good as absent.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { inForce, notEnded, within } from '#platform/in-force'
import type { ClassBrief, Name, Pupils, SchoolClasses, Sees } from './contract.ts'
import { administratorRoles } from './rules.ts'

export type ClassRow = ClassBrief & { key: string; school: string; zone: string }

const classColumns = sql`c.id, c.school_id as "schoolId", c.title, c.type, coalesce(c.subject, co.subject, co.title) as subject`

/** The class, if it is there and in use. */
export async function findClass(db: Db, classId: ClassId): Promise<ClassRow | undefined> {
  const found = await sql<ClassRow>`
    select ${classColumns}, c.key, o.name as school, o.zone
    from class c join org o on o.id = c.school_id left join course co on co.id = c.course_id
    where c.id = ${classId} and c.disabled_at is null and o.disabled_at is null`.execute(db)
  return found.rows[0]
}

/** How a person belongs to a class on a day: every way that applies. */
export async function findRelations(
  db: Db,
  classId: ClassId,
  person: PersonId,
  today: string,
): Promise<string[]> {
  const found = await sql<{ relation: string }>`
    select case when e.person_id = ${person} then e.role else 'guardian' end as relation
      from enrollment e
      left join care g on g.child_id = e.person_id and g.guardian_id = ${person} and e.role = 'student'
      where e.class_id = ${classId} and (e.person_id = ${person} or g.guardian_id is not null) and ${inForce('e', today)}
    union
    select 'administrator' from class c join person_role r on r.org_id = c.school_id
      where c.id = ${classId} and r.person_id = ${person} and r.role = any(${[...administratorRoles]})
        and ${within('r', today)}`.execute(db)
  return found.rows.map((r) => r.relation)
}

/** The pupils of a class, in the order of the school's list. */
export async function listPupils(db: Db, classId: ClassId, today: string): Promise<Pupils> {
  const found = await sql<Name>`
    select p.id, coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName"
    from enrollment e join person p on p.id = e.person_id
    where e.class_id = ${classId} and e.role = 'student' and p.disabled_at is null and p.enabled and ${inForce('e', today)}
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** Whether a person may act for a school: one of its administrators or heads. */
export async function runsSchool(
  db: Db,
  schoolId: SchoolId,
  person: PersonId,
  today: string,
): Promise<boolean> {
  const found = await sql`
    select 1 from person_role r join person p on p.id = r.person_id
    where r.org_id = ${schoolId} and r.person_id = ${person} and r.role = any(${[...administratorRoles]})
      and ${within('r', today)} and p.disabled_at is null and p.enabled`.execute(db)
  return found.rows.length > 0
}

/** The school's classes with their sizes and teachers. */
export async function listSchoolClasses(db: Db, schoolId: SchoolId, today: string): Promise<SchoolClasses> {
  const found = await sql<SchoolClasses[number]>`
    select ${classColumns}, size.pupils, size."withoutPassword",
      array(select coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name from enrollment e join person p on p.id = e.person_id
        where e.class_id = c.id and e.role = 'teacher' and p.disabled_at is null and ${inForce('e', today)}
        order by p.family_name collate "fr-x-icu") as teachers
    from class c left join course co on co.id = c.course_id
      cross join lateral (select count(*)::int as pupils,
          (count(*) filter (where a.password_hash is null))::int as "withoutPassword"
        from enrollment e join person p on p.id = e.person_id left join credential a on a.person_id = p.id
        where e.class_id = c.id and e.role = 'student' and p.disabled_at is null and p.enabled and ${inForce('e', today)}) size
    where c.school_id = ${schoolId} and c.disabled_at is null
    order by c.type, c.title collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** The person's own row, if the account is in use. */
export async function findPerson(
  db: Db,
  person: PersonId,
): Promise<(Name & { username: string; key: string }) | undefined> {
  const found = await sql<Name & { username: string; key: string }>`
    select id, coalesce(preferred_name, given_name) as "givenName", family_name as "familyName", username, key
    from person where id = ${person} and disabled_at is null and enabled`.execute(db)
  return found.rows[0]
}

type Membership = ClassBrief & { person: PersonId; role: string; key: string }

/** The classes of some people, each with the role in it. */
export async function listMemberships(
  db: Db,
  people: readonly PersonId[],
  today: string,
): Promise<Membership[]> {
  const found = await sql<Membership>`
    select ${classColumns}, e.person_id as person, e.role, c.key
    from enrollment e join class c on c.id = e.class_id join org o on o.id = c.school_id
      left join course co on co.id = c.course_id
    where e.person_id = any(${[...people]}::uuid[]) and c.disabled_at is null and o.disabled_at is null
      and ${inForce('e', today)}
    order by c.type, c.title collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** The schools in which a person has a role, with every such role. */
export async function listSchoolRoles(
  db: Db,
  person: PersonId,
  today: string,
): Promise<{ id: SchoolId; name: string; role: string; key: string }[]> {
  const found = await sql<{ id: SchoolId; name: string; role: string; key: string }>`
    select o.id, o.name, r.role, o.key from person_role r join org o on o.id = r.org_id
    where r.person_id = ${person} and o.type = 'school' and o.disabled_at is null
      and ${within('r', today)}
    order by o.name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** A school's time zone. */
export async function findZone(db: Db, schoolId: SchoolId): Promise<string | undefined> {
  const found = await sql<{ zone: string }>`select zone from org where id = ${schoolId}`.execute(db)
  return found.rows[0]?.zone
}

/** A guardian's children, with what their schools let this guardian see. */
export async function listChildren(db: Db, guardian: PersonId): Promise<(Name & { sees: Sees })[]> {
  const found = await sql<Name & { sees: Sees }>`
    select p.id, coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName", g.sees
    from care g join person p on p.id = g.child_id
    where g.guardian_id = ${guardian} and p.disabled_at is null and p.enabled
    order by p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** Whether a pupil is in any class that a teacher teaches. */
export async function teachesPupil(
  db: Db,
  teacher: PersonId,
  pupil: PersonId,
  today: string,
): Promise<boolean> {
  const found = await sql`
    select 1 from enrollment t join enrollment s on s.class_id = t.class_id
    where t.person_id = ${teacher} and t.role = 'teacher' and s.person_id = ${pupil} and s.role = 'student'
      and ${inForce('t', today)} and ${inForce('s', today)} limit 1`.execute(db)
  return found.rows.length > 0
}

/**
 * The schools in which a person has any role or class, or will have: whose administrators may look after the account,
 * before the first day too, since that is when codes are made.
 */
export async function listSchoolsOf(db: Db, person: PersonId, today: string): Promise<SchoolId[]> {
  const found = await sql<{ id: SchoolId }>`
    select r.org_id as id from person_role r where r.person_id = ${person} and ${notEnded('r', today)}
    union select c.school_id from enrollment e join class c on c.id = e.class_id
      where e.person_id = ${person} and e.disabled_at is null and ${notEnded('e', today)}
    union select r.org_id from guardianship g join person_role r on r.person_id = g.child_id
      where g.guardian_id = ${person} and ${notEnded('r', today)}`.execute(db)
  return found.rows.map((r) => r.id)
}
