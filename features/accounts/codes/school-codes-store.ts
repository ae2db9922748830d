// Everybody in the homerooms of a school, with what decides whether they get a code.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { attends, codeMadeAt, linked, type Receiver, receiver, works } from './code-store.ts'
import type { CodesWho } from './contract.ts'
import type { Standing } from './school-codes-rules.ts'

export type SchoolReceiver = Receiver & Standing & { children: string[] }

/**
 * A school's pupils, or their guardians: those whom the school itself names and who may see something of that child. By
 * family name.
 */
export async function listStanding(
  db: Db,
  schoolId: SchoolId,
  who: CodesWho,
  guardianRoles: readonly string[],
  today: string,
  now: Date,
): Promise<SchoolReceiver[]> {
  const pupils = sql`
    select k.id as class_id, k.title, e.person_id from class k join enrollment e on e.class_id = k.id
    where k.school_id = ${schoolId} and k.type = 'homeroom' and k.disabled_at is null and ${attends(today)}`
  const them =
    who === 'student'
      ? sql`select class_id, title, person_id, null::uuid as child_id from (${pupils}) s`
      : sql`select s.class_id, s.title, g.guardian_id as person_id, s.person_id as child_id from (${pupils}) s
          join person d on d.id = s.person_id and d.disabled_at is null
          join guardianship g on g.child_id = s.person_id
          join care on care.guardian_id = g.guardian_id and care.child_id = g.child_id`
  const found = await sql<SchoolReceiver>`
    with them as (${them}),
    each as (select person_id,
        json_agg(distinct jsonb_build_object('id', class_id, 'title', title)) as classes,
        array_remove(array_agg(distinct child_id), null) as child_ids
      from them group by person_id)
    select ${receiver}, e.classes, ${works(sql`p.id`, guardianRoles)} as works,
      c.password_hash is null and not ${linked} as waiting,
      ${codeMadeAt(now)},
      array(select coalesce(d.preferred_name, d.given_name) || ' ' || d.family_name from person d
        where d.id = any(e.child_ids) order by d.given_name) as children
    from each e join person p on p.id = e.person_id left join credential c on c.person_id = p.id
    where p.disabled_at is null and p.enabled
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  const byTitle = (a: { title: string }, b: { title: string }) =>
    a.title.localeCompare(b.title, 'fr', { numeric: true })
  return found.rows.map((row) => ({ ...row, classes: row.classes.toSorted(byTitle) }))
}

/** The school's name. */
export async function findSchoolName(db: Db, schoolId: SchoolId): Promise<string> {
  const found = await db.selectFrom('org').select('name').where('id', '=', schoolId).executeTakeFirst()
  return found?.name ?? ''
}
