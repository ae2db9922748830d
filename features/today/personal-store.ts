// Personal parts for many people at once: a read model across features, so that warming a school takes a few queries.
import { sql } from 'kysely'
import type { Tables } from '#migrations/tables'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { PersonalPart } from './contract.ts'

export type Of<T> = T & { account: PersonId }

const among = (people: readonly PersonId[]) => sql`any(${[...people]}::uuid[])`

/** The names of those whose accounts are in use. */
export async function listPeople(db: Db, people: readonly PersonId[]): Promise<PersonalPart['person'][]> {
  const found = await sql<PersonalPart['person']>`
    select id, coalesce(preferred_name, given_name) as "givenName", family_name as "familyName"
    from person where id = ${among(people)} and disabled_at is null and enabled`.execute(db)
  return found.rows
}

export type ChildRow = Omit<PersonalPart['children'][number], 'work' | 'own'> & Pick<Tables['care'], 'sees'>

/** The children of guardians, with homeroom and school, and what each guardian sees of them. */
export async function listChildren(
  db: Db,
  guardians: readonly PersonId[],
  today: string,
): Promise<Of<ChildRow>[]> {
  const found = await sql<Of<ChildRow>>`
    select g.guardian_id as account, p.id, coalesce(p.preferred_name, p.given_name) as "givenName",
      coalesce(c.title, '') as class, coalesce(o.name, '') as school, g.sees
    from care g join person p on p.id = g.child_id
    left join lateral (
      select c.title, c.school_id from enrollment e join class c on c.id = e.class_id
      where e.person_id = p.id and e.role = 'student' and c.disabled_at is null and ${inForce('e', today)}
      order by c.type, c.title limit 1) c on true
    left join org o on o.id = c.school_id
    where g.guardian_id = ${among(guardians)} and p.disabled_at is null and p.enabled
    order by p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** The classes that teachers teach, homerooms first. */
export async function listTaught(
  db: Db,
  teachers: readonly PersonId[],
  today: string,
): Promise<Of<PersonalPart['classes'][number]>[]> {
  const found = await sql<Of<PersonalPart['classes'][number]>>`
    select e.person_id as account, c.id, c.title, coalesce(c.subject, co.subject, co.title) as subject
    from enrollment e join class c on c.id = e.class_id left join course co on co.id = c.course_id
    where e.person_id = ${among(teachers)} and e.role = 'teacher' and c.disabled_at is null and ${inForce('e', today)}
    order by c.type, c.title collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** How the schools stand that people run, in one of the `roles`: pupils, and those who cannot sign in yet. */
export async function listSchools(
  db: Db,
  people: readonly PersonId[],
  roles: readonly string[],
  today: string,
): Promise<Of<PersonalPart['schools'][number]>[]> {
  const found = await sql<Of<PersonalPart['schools'][number]>>`
    with run as (
      select distinct r.person_id, r.org_id from person_role r join org o on o.id = r.org_id
      where r.person_id = ${among(people)} and r.role = any(${[...roles]}) and o.type = 'school' and ${within('r', today)}
        and o.disabled_at is null)
    select run.person_id as account, o.id, o.name, count(p.id)::int as pupils,
      (count(p.id) filter (where cr.password_hash is null))::int as "notActivated"
    from run join org o on o.id = run.org_id
      left join person_role s on s.org_id = o.id and s.role = 'student'
      left join person p on p.id = s.person_id and p.disabled_at is null and p.enabled
      left join credential cr on cr.person_id = p.id
    group by run.person_id, o.id, o.name order by o.name`.execute(db)
  return found.rows
}

/** These pupils and their guardians: those whose parts show the pupils' work. */
export async function listFamilies(db: Db, pupils: readonly PersonId[]): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select distinct guardian_id as id from care where child_id = ${among(pupils)}`.execute(db)
  return [...pupils, ...found.rows.map((r) => r.id)]
}

/** Those who run the schools of these people, in one of the `roles`. */
export async function listRunners(
  db: Db,
  people: readonly PersonId[],
  roles: readonly string[],
  today: string,
): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select distinct r.person_id as id from person_role r
    where r.role = any(${[...roles]}) and ${within('r', today)}
      and r.org_id in (select org_id from person_role where person_id = ${among(people)})`.execute(db)
  return found.rows.map((r) => r.id)
}

/** Those who set some pieces of homework: whose parts count its copies. */
export async function listAuthors(db: Db, homework: readonly HomeworkId[]): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select distinct author_id as id from homework
    where id = any(${[...homework]}::uuid[]) and author_id is not null`.execute(db)
  return found.rows.map((r) => r.id)
}

/** Everybody in some classes, in one of the roles. */
export async function listMembers(
  db: Db,
  classes: readonly ClassId[],
  roles: readonly ('teacher' | 'student')[],
): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select distinct person_id as id from enrollment
    where class_id = any(${[...classes]}::uuid[]) and role = any(${[...roles]}) and disabled_at is null`.execute(
    db,
  )
  return found.rows.map((r) => r.id)
}

/** Accounts that were used since a day, the latest first, `limit` of them from `offset` on. */
export async function listReturning(
  db: Db,
  since: string,
  offset: number,
  limit: number,
): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select id from person where last_seen_on >= ${since}::date and disabled_at is null and enabled
    order by last_seen_on desc, id offset ${offset} limit ${limit}`.execute(db)
  return found.rows.map((r) => r.id)
}
