// What people and schools use and may use. Use is kept by triggers of the file table: nothing is summed per upload but
// a school's people.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import type { Use } from './quota-rules.ts'

type Row = {
  pupil: boolean
  own: string
  toHandIn: string
  hasWork: boolean
  school: string
  person: string | null
  pupilQuota: string | null
  adultQuota: string | null
  schoolQuota: string | null
}

const number = (text: string | null) => (text === null ? null : Number(text))

function present(row: Row): Use {
  const { pupil, own, toHandIn, hasWork, school } = row
  const quotas = {
    person: number(row.person),
    pupil: number(row.pupilQuota),
    adult: number(row.adultQuota),
    school: number(row.schoolQuota),
  }
  return { pupil, own: Number(own), toHandIn: Number(toHandIn), hasWork, school: Number(school), quotas }
}

/** Some homework is theirs to hand in, late or not: of a class that they are in today, for all of it or for them. */
const hasWork = (person: PersonId, today: string) => sql<boolean>`exists (
  select 1 from assigned a join homework h on h.id = a.homework_id join class c on c.id = h.class_id
  where a.pupil_id = ${person} and ${inForce('a', today)} and c.disabled_at is null
    and h.withdrawn_at is null and h.publish_at is null)`

/** What a person uses and may use at a school; uploads for hand-ins count for their reserve from `reserveFrom` on. */
export async function findUse(
  db: Db,
  schoolId: SchoolId,
  person: PersonId,
  { reserveFrom, today }: { reserveFrom: Date; today: string },
): Promise<Use> {
  const found = await sql<Row>`
    select not exists (
        select 1 from person_role r where r.person_id = ${person} and r.org_id = ${schoolId} and r.role <> 'student')
      and exists (
        select 1 from person_role r where r.person_id = ${person} and r.org_id = ${schoolId} and r.role = 'student'
        union all select 1 from enrollment e join class c on c.id = e.class_id
          where e.person_id = ${person} and c.school_id = ${schoolId} and e.role = 'student') as pupil,
      coalesce((select sum(own_bytes) from storage_use where person_id = ${person}), 0) as own,
      coalesce((select sum(bytes) from file where owner_id = ${person} and for_hand_in and not handed_in
        and created_at > ${reserveFrom}), 0) as "toHandIn",
      ${hasWork(person, today)} as "hasWork",
      coalesce((select sum(own_bytes + handed_in_bytes) from storage_use where school_id = ${schoolId}), 0) as school,
      (select bytes from person_quota where person_id = ${person} and school_id = ${schoolId}) as person,
      q.pupil_bytes as "pupilQuota", q.adult_bytes as "adultQuota", q.bytes as "schoolQuota"
    from (select 1) one left join school_quota q on q.school_id = ${schoolId}`.execute(db)
  return present(found.rows[0] as Row)
}

/** Lets a person's claims follow each other until the transaction ends, so that two at once are counted both. */
export async function lockUse(tx: Db, person: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`use of ${person}`}, 0))`.execute(tx)
}

export type PersonUse = {
  id: PersonId
  name: string
  username: string
  pupil: boolean
  own: number
  handedIn: number
  quota: number | null
}

/** A school's people who keep something or have a quota of their own, whoever keeps most first. */
export async function listUse(db: Db, schoolId: SchoolId, most: number): Promise<PersonUse[]> {
  const found = await sql<
    Omit<PersonUse, 'own' | 'handedIn' | 'quota'> & { own: string; handedIn: string; quota: string | null }
  >`
    select p.id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, p.username,
      not exists (select 1 from person_role r where r.person_id = p.id and r.org_id = ${schoolId}
        and r.role <> 'student') as pupil,
      coalesce(u.own_bytes, 0) as own, coalesce(u.handed_in_bytes, 0) as "handedIn", q.bytes as quota
    from (select person_id from storage_use where school_id = ${schoolId} and own_bytes + handed_in_bytes > 0
        union select person_id from person_quota where school_id = ${schoolId}) w
      join person p on p.id = w.person_id
      left join storage_use u on u.person_id = p.id and u.school_id = ${schoolId}
      left join person_quota q on q.person_id = p.id and q.school_id = ${schoolId}
    order by coalesce(u.own_bytes, 0) + coalesce(u.handed_in_bytes, 0) desc, p.id limit ${most}`.execute(db)
  return found.rows.map((row) => ({
    ...row,
    own: Number(row.own),
    handedIn: Number(row.handedIn),
    quota: number(row.quota),
  }))
}

export type SchoolUse = { used: number; quotas: Omit<Use['quotas'], 'person'> }

/** What a school keeps in all, and its own values. */
export async function findSchoolUse(db: Db, schoolId: SchoolId): Promise<SchoolUse> {
  const found = await sql<{
    used: string
    pupil: string | null
    adult: string | null
    school: string | null
  }>`
    select coalesce((select sum(own_bytes + handed_in_bytes) from storage_use where school_id = ${schoolId}), 0) as used,
      q.pupil_bytes as pupil, q.adult_bytes as adult, q.bytes as school
    from (select 1) one left join school_quota q on q.school_id = ${schoolId}`.execute(db)
  const { used = '0', pupil = null, adult = null, school = null } = found.rows[0] ?? {}
  return {
    used: Number(used),
    quotas: { pupil: number(pupil), adult: number(adult), school: number(school) },
  }
}

/** Sets a school's own values; null: as the rules say. */
export async function setSchoolQuota(db: Db, schoolId: SchoolId, values: SchoolUse['quotas']): Promise<void> {
  const row = { bytes: values.school, pupil_bytes: values.pupil, adult_bytes: values.adult }
  await db
    .insertInto('school_quota')
    .values({ school_id: schoolId, ...row })
    .onConflict((conflict) => conflict.column('school_id').doUpdateSet(row))
    .execute()
}

/** Sets a person's own value, or takes it away (null). */
export async function setPersonQuota(
  db: Db,
  schoolId: SchoolId,
  person: PersonId,
  bytes: number | null,
): Promise<void> {
  if (bytes === null) {
    await db
      .deleteFrom('person_quota')
      .where('school_id', '=', schoolId)
      .where('person_id', '=', person)
      .execute()
    return
  }
  await db
    .insertInto('person_quota')
    .values({ person_id: person, school_id: schoolId, bytes })
    .onConflict((conflict) => conflict.columns(['person_id', 'school_id']).doUpdateSet({ bytes }))
    .execute()
}

/** Whether somebody belongs to a school: by a role there, or in one of its classes. */
export async function belongsTo(db: Db, schoolId: SchoolId, person: PersonId): Promise<boolean> {
  const found = await sql<{ there: boolean }>`
    select exists (select 1 from person_role where person_id = ${person} and org_id = ${schoolId})
      or exists (select 1 from enrollment e join class c on c.id = e.class_id
        where e.person_id = ${person} and c.school_id = ${schoolId}) as there`.execute(db)
  return found.rows[0]?.there ?? false
}
