// Who has not connected since a day, by homeroom, with what the directory already holds for the call home.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { MissingWho } from '../contract.ts'

export type MissingRow = {
  classId: ClassId | null
  class: string
  id: PersonId
  givenName: string
  familyName: string
  lastSeenOn: LocalDate | null
  email: string | null
  call: { note: string; by: string | null; at: string } | null
  contacts: { name: string; email: string | null }[]
  children: string[]
  /** In a class only: everybody counts, those who are not missing too. */
  missing: boolean
}

/** The people of a kind, each with a homeroom where there is one; guardians stand in their children's. */
function peopleOf(
  who: MissingWho,
  of: { school: SchoolId } | { class: ClassId },
  guardianRoles: readonly string[],
  today: LocalDate,
) {
  const which =
    'class' in of ? sql`k.id = ${of.class}` : sql`k.school_id = ${of.school} and k.type = 'homeroom'`
  const pupils = sql`
    select k.id as class_id, k.title, e.person_id from class k join enrollment e on e.class_id = k.id
    where ${which} and k.disabled_at is null and e.role = 'student' and ${inForce('e', today)}`
  if (who === 'student')
    return sql`select class_id, title, person_id, null::uuid as child_id from (${pupils}) s`
  if (who === 'guardian')
    return sql`select s.class_id, s.title, g.guardian_id as person_id, s.person_id as child_id
      from (${pupils}) s join care g on g.child_id = s.person_id`
  return 'class' in of
    ? sql`select k.id as class_id, k.title, e.person_id, null::uuid as child_id from class k
        join enrollment e on e.class_id = k.id where k.id = ${of.class} and e.role = 'teacher' and ${inForce('e', today)}`
    : sql`select distinct null::uuid as class_id, '' as title, r.person_id, null::uuid as child_id from person_role r
        where r.org_id = ${of.school} and r.role <> all(${['student', ...guardianRoles]}) and ${within('r', today)}`
}

/** Everybody of a kind, with the day on which they were last seen and, of those missing, whom to call. */
export async function listConnections(
  db: Db,
  who: MissingWho,
  of: { school: SchoolId } | { class: ClassId },
  guardianRoles: readonly string[],
  { today, since, week }: { today: LocalDate; since: LocalDate; week: LocalDate },
): Promise<MissingRow[]> {
  const found = await sql<MissingRow>`
    with them as (${peopleOf(who, of, guardianRoles, today)}),
    each as (select class_id, title, person_id, array_remove(array_agg(child_id), null) as children from them group by 1, 2, 3)
    select e.class_id as "classId", e.title as class, p.id, coalesce(p.preferred_name, p.given_name) as "givenName",
      p.family_name as "familyName", p.last_seen_on as "lastSeenOn", p.email,
      coalesce(p.last_seen_on < ${since}::date, true) as missing,
      case when n.person_id is not null then json_build_object('note', n.note, 'by',
        (select coalesce(b.preferred_name, b.given_name) || ' ' || b.family_name from person b where b.id = n.by_person_id),
        'at', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end as call,
      case when ${who} = 'student' and coalesce(p.last_seen_on < ${since}::date, true) then coalesce((
        select json_agg(json_build_object('name', coalesce(a.preferred_name, a.given_name) || ' ' || a.family_name,
          'email', a.email) order by a.family_name)
        from care g join person a on a.id = g.guardian_id where g.child_id = p.id and a.disabled_at is null), '[]'::json)
        else '[]'::json end as contacts,
      array(select coalesce(c.preferred_name, c.given_name) || ' ' || c.family_name from person c
        where c.id = any(e.children) order by c.given_name) as children
    from each e join person p on p.id = e.person_id
      left join call_note n on n.person_id = p.id and n.week_on = ${week}::date and n.school_id = ${
        'school' in of ? of.school : sql`(select school_id from class where id = ${of.class})`
      }
    where p.disabled_at is null and p.enabled
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** The schools for which somebody works. */
const worksFor = (person: PersonId, guardianRoles: readonly string[]) => sql`
  select org_id as id from person_role where person_id = ${person} and role <> all(${['student', ...guardianRoles]})
  union select c.school_id from enrollment e join class c on c.id = e.class_id
    where e.person_id = ${person} and e.role = 'teacher'`

/** The schools in which somebody is, or has a child. */
const belongsTo = (person: PersonId) => sql`
  select org_id as id from person_role where person_id = ${person}
  union select c.school_id from enrollment e join class c on c.id = e.class_id where e.person_id = ${person}
  union select r.org_id from care g join person_role r on r.person_id = g.child_id where g.guardian_id = ${person}`

/** Notes that somebody was called this week, in place of an earlier note of the same school. */
export async function upsertCall(
  db: Db,
  person: PersonId,
  week: LocalDate,
  note: string,
  by: PersonId,
  guardianRoles: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    insert into call_note (school_id, person_id, week_on, note, by_person_id, at)
    select mine.id, ${person}, ${week}, ${note}, ${by}, ${now}
    from (${worksFor(by, guardianRoles)}) mine join (${belongsTo(person)}) theirs using (id)
    on conflict (person_id, week_on, school_id) do update set note = excluded.note, by_person_id = excluded.by_person_id,
      at = excluded.at`.execute(db)
}

/** Takes away the notes of the schools for which somebody works. */
export async function deleteCall(
  db: Db,
  person: PersonId,
  week: LocalDate,
  by: PersonId,
  guardianRoles: readonly string[],
): Promise<void> {
  await sql`delete from call_note where person_id = ${person} and week_on = ${week}
    and school_id in (${worksFor(by, guardianRoles)})`.execute(db)
}

/** Forgets calls of weeks before this one. */
export async function deleteOldCalls(db: Db, week: LocalDate): Promise<void> {
  await db.deleteFrom('call_note').where('week_on', '<', week).execute()
}

/** A school's name, for a file's. */
export async function findSchoolName(db: Db, schoolId: SchoolId): Promise<string> {
  const found = await db.selectFrom('org').select('name').where('id', '=', schoolId).executeTakeFirst()
  return found?.name ?? ''
}

/** The time zone of a school that somebody belongs to, if any says one. */
export async function findZoneOf(db: Db, person: PersonId): Promise<string | undefined> {
  const found = await sql<{ zone: string }>`
    select o.zone from person_role r join org o on o.id = r.org_id
    where r.person_id = ${person} and o.type = 'school' and o.disabled_at is null
    order by r.role = 'student' desc, o.id limit 1`.execute(db)
  return found.rows[0]?.zone
}
