// The one place that says what somebody may do with a node of a space (a folder or a file), from what the directory
// says of them today. The query that finds a file's bytes and everything that changes a space use it alike.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, NodeId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'

export type Asker = {
  account: PersonId
  today: string
  /** Roles that run a school. */
  administratorRoles: readonly string[]
  /** Roles that answer for a child. */
  guardianRoles: readonly string[]
}

/** Whose a space is: a person's own, a class's, or, with neither, that of a school's staff. */
export type SpaceOwner = { schoolId: SchoolId; personId: PersonId | null; classId: ClassId | null }

/**
 * What the asker may do with node `alias`, trash aside (0 nothing, 1 read, 2 add, 3 change, 4 lead): its own person, its
 * class's teachers and the school's staff lead; a pupil reads the class's, adds to a folder that is open to pupils, and
 * of a drop box sees what they sent themselves; the head reads the class's; who taught a class that
 * is no more, and still works at its school, reads what was not handed in there; whoever it, or a folder around it, is shared
 * with reads or writes. With `from` 'around', the same question about the folder or space that the node lies in.
 */
export function rightOn(
  asker: Asker,
  alias: string,
  from: 'itself' | 'around' = 'itself',
): RawBuilder<number> {
  const { account, today, administratorRoles, guardianRoles } = asker
  const n = (column: string) => sql.ref(`${alias}.${column}`)
  const chain = from === 'around' ? n('path') : sql`${n('path')} || ${n('id')}`
  const outsiders = ['student', ...guardianRoles]
  return sql<number>`coalesce((select max(can.what) from (
    select 4 as what where ${n('person_id')} = ${account}
    union all
    select 4 from person_role r
      where ${n('person_id')} is null and ${n('class_id')} is null and r.org_id = ${n('school_id')}
        and r.person_id = ${account} and r.role <> all(${outsiders}) and ${within('r', today)}
    union all
    select case when e.role = 'teacher' then 4
        when ${n('sender_id')} <> ${account} then 0
        when exists (select 1 from space_node open where open.id = any(${chain}) and open.pupils <> 'read') then 2
        else 1 end
      from enrollment e join class c on c.id = e.class_id join org o on o.id = c.school_id
      where e.class_id = ${n('class_id')} and e.person_id = ${account} and e.role in ('teacher', 'student')
        and ${inForce('e', today)} and c.disabled_at is null and o.disabled_at is null
    union all
    select 1 from enrollment e join class c on c.id = e.class_id join org o on o.id = c.school_id
      where e.class_id = ${n('class_id')} and e.person_id = ${account} and e.role = 'teacher'
        and ${n('sender_id')} is null and c.disabled_at is not null and o.disabled_at is null
        and (e.disabled_at is null or e.disabled_at >= c.disabled_at - interval '1 day')
        and exists (select 1 from person_role r where r.person_id = ${account} and r.org_id = c.school_id
          and r.role <> all(${outsiders}) and ${within('r', today)})
    union all
    select 1 from person_role r
      where ${n('class_id')} is not null and ${n('sender_id')} is null and r.org_id = ${n('school_id')}
        and r.person_id = ${account} and r.role = any(${[...administratorRoles]}) and ${within('r', today)}
    union all
    select case when s.may_write then 3 else 1 end from space_share s
      where s.node_id = any(${chain}) and ${n('sender_id')} is null and ${reaches(asker, 's')}
  ) can), 0)`
}

/** Whether share `alias` is for the asker, who is still of the school or the class, and still allowed by the school. */
export function reaches({ account, today }: Asker, alias: string): RawBuilder<boolean> {
  const s = (column: string) => sql.ref(`${alias}.${column}`)
  return sql<boolean>`(
    (${s('person_id')} = ${account} and exists (
        select 1 from space_node shared join person_role r on r.org_id = shared.school_id
        where shared.id = ${s('node_id')} and r.person_id = ${account} and ${within('r', today)})
      or ${s('class_id')} in (
        select e.class_id from enrollment e join class c on c.id = e.class_id
        where e.person_id = ${account} and e.role in ('teacher', 'student') and ${inForce('e', today)}
          and c.disabled_at is null))
    and (not ${s('among_pupils')} or exists (
      select 1 from space_node shared join space_setting t on t.school_id = shared.school_id
      where shared.id = ${s('node_id')} and t.pupils_share)))`
}

/** Neither in the trash nor in a folder that is. */
export function alive(alias: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${alias}.trashed_at`)} is null and not exists (
    select 1 from space_node up where up.id = any(${sql.ref(`${alias}.path`)}) and up.trashed_at is not null))`
}

export type Right = {
  id: NodeId
  /** With the node itself. */
  right: number
  /** With the folder or space that it lies in. */
  around: number
  /** The asker made it, and all that lies in it (what is in the trash aside). */
  mine: boolean
  alive: boolean
}

/** What the asker may do with each of these nodes; those with which they may do nothing are missing. */
export async function listRights(db: Db, asker: Asker, ids: readonly NodeId[]): Promise<Right[]> {
  const found = await sql<Right>`
    select * from (
      select n.id, ${rightOn(asker, 'n')} as "right", ${rightOn(asker, 'n', 'around')} as around,
        ${alive('n')} as alive,
        coalesce(n.author_id = ${asker.account}, false) and not exists (
          select 1 from space_node inside where inside.path @> array[n.id] and inside.trashed_at is null
            and inside.author_id is distinct from ${asker.account}) as mine
      from space_node n where n.id = any(${[...ids]}::uuid[])) found
    where found."right" > 0`.execute(db)
  return found.rows
}

/** What the asker may do in each of these spaces as such, in their order. */
export async function listSpaceRights(
  db: Db,
  asker: Asker,
  owners: readonly SpaceOwner[],
): Promise<number[]> {
  const found = await sql<{ right: number }>`
    select ${rightOn(asker, 'n')} as "right" from (
      select null::uuid as id, '{}'::uuid[] as path, null::uuid as sender_id, o.* from unnest(
        ${owners.map(({ schoolId }) => schoolId)}::uuid[], ${owners.map(({ personId }) => personId)}::uuid[],
        ${owners.map(({ classId }) => classId)}::uuid[]
      ) with ordinality as o (school_id, person_id, class_id, place)) n
    order by n.place`.execute(db)
  return found.rows.map(({ right }) => right)
}
