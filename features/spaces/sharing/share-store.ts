// Shares as rows, with whom something may be shared, and whether a school lets pupils share among themselves.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, NodeId, PersonId, SchoolId, ShareId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { Receivers, Shares } from '../contract.ts'
import { nameOf } from '../store.ts'

/** With whom a node is shared, classes first. */
export async function listShares(db: Db, node: NodeId): Promise<Shares> {
  const found = await sql<Shares[number]>`
    select s.id as "shareId", s.may_write as write,
      case when s.class_id is null then 'person' else 'class' end as kind,
      coalesce(s.class_id, s.person_id) as id, coalesce(c.title, ${nameOf('p')}) as title,
      coalesce(c.subject, '') as hint
    from space_share s left join person p on p.id = s.person_id left join class c on c.id = s.class_id
    where s.node_id = ${node} order by s.class_id is null, title collate "fr-x-icu"`.execute(db)
  return found.rows
}

export type NewShare = {
  id: ShareId
  nodeId: NodeId
  by: PersonId
  personId: PersonId | null
  classId: ClassId | null
  write: boolean
  amongPupils: boolean
}

/** Shares a node, or changes the right of a share that there is. */
export async function putShare(tx: Db, share: NewShare, at: Date): Promise<void> {
  const { id, nodeId, by, personId, classId, write, amongPupils } = share
  await sql`
    insert into space_share (id, node_id, by_id, person_id, class_id, may_write, among_pupils, at)
    values (${id}, ${nodeId}, ${by}, ${personId}, ${classId}, ${write}, ${amongPupils}, ${at})
    on conflict (node_id, person_id, class_id) do update set may_write = ${write}`.execute(tx)
}

/** Ends a share of a node; whether there was one. */
export async function deleteShare(tx: Db, node: NodeId, id: ShareId): Promise<boolean> {
  const gone = await tx
    .deleteFrom('space_share')
    .where('id', '=', id)
    .where('node_id', '=', node)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Whether the person is only a pupil at this school. */
export async function isPupilOf(
  db: Db,
  school: SchoolId,
  person: PersonId,
  today: string,
  guardians: readonly string[],
): Promise<boolean> {
  const found = await sql<{ role: string }>`
    select r.role from person_role r where r.org_id = ${school} and r.person_id = ${person}
      and r.role <> all(${[...guardians]}) and ${within('r', today)}`.execute(db)
  return !found.rows.some(({ role }) => role !== 'student')
}

export type Sharer = { person: PersonId; isPupil: boolean; amongPupils: boolean }
export type ReceiverRow = Receivers[number] & { isPupil: boolean }

/**
 * With whom somebody may share at a school: grown-ups with everybody who learns or works there and with all classes; a
 * pupil with their classes' teachers and, where the school allows it, with classmates and their classes. Of them those
 * called as `words` says (folded, any part of the name), or the one with `id`.
 */
export async function listReceivers(
  db: Db,
  school: SchoolId,
  sharer: Sharer,
  today: string,
  guardians: readonly string[],
  wanted: { words: string; id: string | null },
): Promise<ReceiverRow[]> {
  const { person, isPupil, amongPupils } = sharer
  const mine = sql`select e.class_id from enrollment e where e.person_id = ${person} and ${inForce('e', today)}`
  const around = sql`select m.person_id from enrollment m where m.class_id in (${mine}) and ${inForce('m', today)}
    and (m.role = 'teacher' or ${amongPupils} and m.role = 'student')`
  const called = (title: unknown) => sql`(${wanted.id}::uuid is null or found.id = ${wanted.id}::uuid)
    and folded(${title}) like ${`%${wanted.words}%`}`
  const found = await sql<ReceiverRow>`
    select * from (
      select 'class' as kind, c.id, c.title, coalesce(c.subject, '') as hint, true as "isPupil"
      from class c where c.school_id = ${school} and c.disabled_at is null
        and (not ${isPupil} or ${amongPupils} and c.id in (${mine}))
      union all
      select 'person', p.id, ${nameOf('p')},
        coalesce((select string_agg(distinct c.title, ', ') from enrollment e join class c on c.id = e.class_id
          where e.person_id = p.id and e.role = 'student' and c.type = 'homeroom' and ${inForce('e', today)}), ''),
        not exists (select 1 from person_role r where r.person_id = p.id and r.org_id = ${school}
          and r.role <> all(${['student', ...guardians]}) and ${within('r', today)})
      from person p where p.id <> ${person} and p.disabled_at is null and p.enabled
        and exists (select 1 from person_role r where r.person_id = p.id and r.org_id = ${school}
          and r.role <> all(${[...guardians]}) and ${within('r', today)})
        and (not ${isPupil} or p.id in (${around}))
    ) found
    where ${called(sql`found.title`)}
    order by kind, title collate "fr-x-icu" limit 30`.execute(db)
  return found.rows
}

/** Whether a school lets pupils share with their classmates; no unless it said so. */
export async function findPupilsShare(db: Db, school: SchoolId): Promise<boolean> {
  const found = await db
    .selectFrom('space_setting')
    .select('pupils_share')
    .where('school_id', '=', school)
    .executeTakeFirst()
  return found?.pupils_share ?? false
}

export async function setPupilsShare(tx: Db, school: SchoolId, pupilsShare: boolean): Promise<void> {
  await tx
    .insertInto('space_setting')
    .values({ school_id: school, pupils_share: pupilsShare })
    .onConflict((conflict) => conflict.column('school_id').doUpdateSet({ pupils_share: pupilsShare }))
    .execute()
}
