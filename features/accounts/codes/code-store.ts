// Activation codes (their hashes), and the lists of accounts that show who still needs one.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { AccountSearch, ClassAccounts } from '../contract.ts'
import { codeDays, type Weight } from '../rules.ts'

export const attends = (today: string) => sql`e.role = 'student' and ${inForce('e', today)}`

/** Roles of those who are only pupils or guardians; `guardianRoles` are the people feature's. */
export const outsiders = (guardianRoles: readonly string[]) => ['student', ...guardianRoles]

export const works = (person: ReturnType<typeof sql>, guardianRoles: readonly string[]) => sql`(
  exists (select 1 from person_role w where w.person_id = ${person} and w.role <> all(${outsiders(guardianRoles)}))
  or exists (select 1 from enrollment w where w.person_id = ${person} and w.role <> 'student' and w.disabled_at is null))`

/** Signs in as somebody whom another school knows: needs no password of its own. */
export const linked = sql`exists (select 1 from guardian_link l where l.record_id = p.id)`

const accountColumns = (now: Date) => sql`
  p.id, coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName", p.username,
  case when p.disabled_at is not null or not p.enabled then 'disabled' when c.password_hash is not null or ${linked} then 'active'
    when c.activation_expires_at > ${now} then 'code-made' else 'no-code' end as state,
  case when c.activation_expires_at > ${now} then c.activation_expires_at end as "codeExpiresAt"`

type Row = Omit<ClassAccounts[number], 'codeExpiresAt'> & { codeExpiresAt: Date | null }

const presented = (rows: Row[]): ClassAccounts =>
  rows.map((row) => ({ ...row, codeExpiresAt: row.codeExpiresAt?.toISOString() ?? null }))

/** The accounts of a class's pupils, in the order of the school's list. */
export async function listClassAccounts(
  db: Db,
  classId: ClassId,
  today: string,
  now: Date,
): Promise<ClassAccounts> {
  const found = await sql<Row>`
    select ${accountColumns(now)}, 'student' as role, k.title as class
    from enrollment e join person p on p.id = e.person_id join class k on k.id = e.class_id
      left join credential c on c.person_id = p.id
    where e.class_id = ${classId} and ${attends(today)} and p.disabled_at is null
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return presented(found.rows)
}

const all = sql`true`
const holders = (guardianRoles: readonly string[]) => ({
  student: sql`m.role = 'student'`,
  guardian: sql`m.role = any(${[...guardianRoles]})`,
  'works-here': sql`m.role <> all(${outsiders(guardianRoles)})`,
})
const states = {
  active: sql`(c.password_hash is not null or ${linked})`,
  waiting: sql`c.password_hash is null and not ${linked} and p.disabled_at is null and p.enabled`,
}
const memberOf = (classId: ClassId, today: string) =>
  sql`exists (select 1 from enrollment e where e.class_id = ${classId} and e.person_id = p.id and ${attends(today)})`

/** Accounts of a school whose names or user name hold every one of the folded words, narrowed down by the rest. */
export async function searchAccounts(
  db: Db,
  schoolId: SchoolId,
  search: Omit<AccountSearch, 'q'> & { words: readonly string[]; limit: number },
  guardianRoles: readonly string[],
  today: string,
  now: Date,
): Promise<ClassAccounts> {
  const names = sql`folded(concat_ws(' ', p.given_name, p.preferred_name, p.family_name, p.username))`
  const found = await sql<Row>`
    with here as (
      select person_id, role, is_primary from person_role where org_id = ${schoolId}
      union all
      select g.guardian_id, 'guardian', false from guardianship g join person_role r on r.person_id = g.child_id
      where r.org_id = ${schoolId}),
    members as (select person_id, (array_agg(role order by is_primary desc))[1] as role from here group by person_id)
    select ${accountColumns(now)}, m.role,
      (select k.title from enrollment e join class k on k.id = e.class_id
        where e.person_id = p.id and k.school_id = ${schoolId} and k.type = 'homeroom' and k.disabled_at is null
          and ${attends(today)} limit 1) as class
    from members m join person p on p.id = m.person_id left join credential c on c.person_id = p.id
    where (select bool_and(strpos(${names}, word) > 0) from unnest(${[...search.words]}::text[]) as word) is not false
      and ${search.who ? holders(guardianRoles)[search.who] : all} and ${search.state ? states[search.state] : all}
      and ${search.class ? memberOf(search.class, today) : all}
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu" limit ${search.limit}`.execute(
    db,
  )
  return presented(found.rows)
}

export type Receiver = { id: PersonId; givenName: string; familyName: string; username: string }

export const receiver = sql`p.id, coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName", p.username`

/** When the code was made that somebody holds and that still works; null without one. */
export const codeMadeAt = (now: Date) => sql`
  case when c.activation_hash is not null and c.activation_expires_at > ${now}
    then c.activation_expires_at - make_interval(days => ${codeDays}::int) end as "codeMadeAt"`

export type Waiting = Receiver & { codeMadeAt: Date | null }

/** Pupils of a class who have no password yet; not who also works at a school, since a teacher may ask. */
export async function listWithoutPassword(
  db: Db,
  classId: ClassId,
  guardianRoles: readonly string[],
  today: string,
  now: Date,
): Promise<Waiting[]> {
  const found = await sql<Waiting>`
    select ${receiver}, ${codeMadeAt(now)} from enrollment e join person p on p.id = e.person_id left join credential c on c.person_id = p.id
    where e.class_id = ${classId} and ${attends(today)} and p.disabled_at is null and p.enabled
      and c.password_hash is null and not ${works(sql`p.id`, guardianRoles)}
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** Somebody who may be given a code, with a school's name. By id or by user name. */
export async function findReceiver(
  db: Db,
  by: { id: PersonId } | { username: string },
): Promise<(Receiver & { school: string }) | undefined> {
  const which = 'id' in by ? sql`p.id = ${by.id}` : sql`lower(p.username) = lower(${by.username})`
  const found = await sql<Receiver & { school: string }>`
    select ${receiver}, coalesce((select o.name from person_role r join org o on o.id = r.org_id
      where r.person_id = p.id order by r.is_primary desc limit 1), '') as school
    from person p where ${which} and p.disabled_at is null and p.enabled`.execute(db)
  return found.rows[0]
}

/**
 * What a person is at schools, seen from somebody who would let them start anew. Of the person, roles of any time weigh;
 * of the asker, those of today count.
 */
export async function weigh(
  db: Db,
  person: PersonId,
  asker: PersonId,
  { administratorRoles, guardianRoles }: Record<'administratorRoles' | 'guardianRoles', readonly string[]>,
  today: string,
): Promise<Weight> {
  const running = [...administratorRoles, 'districtAdministrator']
  const found = await sql<Weight>`
    with working as (
      select org_id, role from person_role where person_id = ${person} and role <> all(${outsiders(guardianRoles)})
      union select c.school_id, e.role from enrollment e join class c on c.id = e.class_id
        where e.person_id = ${person} and e.role <> 'student' and e.disabled_at is null),
    mine as (select r.org_id from person_role r
      where r.person_id = ${asker} and r.role = any(${[...administratorRoles]}) and ${within('r', today)})
    select exists (select 1 from working) as works,
      exists (select 1 from working join mine using (org_id)) as "worksUnderAsker",
      exists (select 1 from working where role = any(${running}) and org_id not in (select org_id from mine))
        as "runsElsewhere"`.execute(db)
  return found.rows[0] ?? { works: true, worksUnderAsker: false, runsElsewhere: true }
}

/** Keeps the hashes of new codes; earlier codes of the same people end. */
export async function saveCodes(
  db: Db,
  codes: readonly { person: PersonId; hash: Buffer }[],
  by: PersonId | null,
  expiresAt: Date,
): Promise<void> {
  await sql`
    insert into credential (person_id, activation_hash, activation_expires_at, activation_made_by)
    select person, hash, ${expiresAt}, ${by}
    from unnest(${codes.map((c) => c.person)}::uuid[], ${codes.map((c) => c.hash)}::bytea[]) as new (person, hash)
    on conflict (person_id) do update set activation_hash = excluded.activation_hash,
      activation_expires_at = excluded.activation_expires_at, activation_made_by = excluded.activation_made_by`.execute(
    db,
  )
}

export type CodeRow = Receiver & {
  expiresAt: Date
  names: string[]
  school: string
  class: string | null
}

/** Whose code this is, if they are in use. */
export async function findCode(db: Db, hash: Buffer, today: string): Promise<CodeRow | undefined> {
  const found = await sql<CodeRow>`
    select ${receiver}, c.activation_expires_at as "expiresAt",
      array_remove(array[p.given_name, p.preferred_name, p.family_name, p.username], null) as names,
      home.title as class, coalesce(home.school, (select o.name from person_role r join org o on o.id = r.org_id
        where r.person_id = p.id order by r.is_primary desc limit 1), '') as school
    from credential c join person p on p.id = c.person_id
      left join lateral (select k.title, o.name as school from enrollment e join class k on k.id = e.class_id
          join org o on o.id = k.school_id
        where e.person_id = p.id and k.type = 'homeroom' and k.disabled_at is null and ${attends(today)} limit 1) home on true
    where c.activation_hash = ${hash} and p.disabled_at is null and p.enabled`.execute(db)
  return found.rows[0]
}

/** Uses a code up and sets the password; undefined when somebody was faster. `reset`: there was a password before. */
export async function useCode(
  db: Db,
  hash: Buffer,
  passwordHash: string,
  now: Date,
): Promise<{ person: PersonId; reset: boolean } | undefined> {
  const used = await sql<{ person: PersonId; reset: boolean }>`
    with before as (select person_id, password_hash is not null as reset from credential
      where activation_hash = ${hash} and activation_expires_at > ${now} for update)
    update credential c set password_hash = ${passwordHash}, password_changed_at = ${now}, activation_hash = null,
      activation_expires_at = null, activation_made_by = null
    from before where c.person_id = before.person_id returning c.person_id as person, before.reset`.execute(
    db,
  )
  return used.rows[0]
}
