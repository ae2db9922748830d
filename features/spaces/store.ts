// Spaces, folders and files as rows, read. Whoever asks has been let through by the check on the place (place-actions).
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, FileId, NodeId, PersonId, SchoolId, VersionId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { Crumb, Node, NodeFile, PupilsMay, SpaceKind, Version } from './contract.ts'
import type { SpaceName } from './rules.ts'

export type SpaceRow = {
  kind: SpaceKind
  key: string
  title: string
  school: string
  schoolId: SchoolId
  personId: PersonId | null
  classId: ClassId | null
}

export type NodeRow = {
  id: NodeId
  schoolId: SchoolId
  personId: PersonId | null
  classId: ClassId | null
  parentId: NodeId | null
  path: NodeId[]
  name: string
  fileId: FileId | null
  pupils: PupilsMay
  senderId: PersonId | null
  authorId: PersonId | null
  trashedAt: Date | null
}

/** Of whom a row of a node speaks: a person's own space, a class's, or the staff's. */
export type Owner = Pick<NodeRow, 'schoolId' | 'personId' | 'classId'>

export const nameOf = (alias: string): RawBuilder<string> =>
  sql<string>`coalesce(${sql.ref(`${alias}.preferred_name`)}, ${sql.ref(`${alias}.given_name`)}) || ' ' || ${sql.ref(`${alias}.family_name`)}`

/** The name of the space that a node lies in. */
export function spaceNameOf({ schoolId, personId, classId }: Owner): SpaceName {
  if (personId) return { kind: 'own', id: personId }
  return classId ? { kind: 'class', id: classId } : { kind: 'staff', id: schoolId }
}

const spaceQueries = {
  // Kept in the name of a school where they learn or work: guardians have none.
  own: (ids: readonly string[], today: string, guardians: readonly string[]) => sql<SpaceRow>`
    select 'own' as kind, ${nameOf('p')} as title, o.name as school, o.id as "schoolId", p.id as "personId",
      null::uuid as "classId"
    from person p join lateral (
      select r.org_id as id from person_role r
        where r.person_id = p.id and r.role <> all(${[...guardians]}) and ${within('r', today)}
      union all select c.school_id from enrollment e join class c on c.id = e.class_id
        where e.person_id = p.id and ${inForce('e', today)} limit 1) s on true
      join org o on o.id = s.id
    where p.id = any(${[...ids]}::uuid[])`,
  class: (ids: readonly string[]) => sql<SpaceRow>`
    select case c.type when 'homeroom' then 'class' else 'group' end as kind, c.title, o.name as school,
      o.id as "schoolId", null::uuid as "personId", c.id as "classId"
    from class c join org o on o.id = c.school_id where c.id = any(${[...ids]}::uuid[])`,
  staff: (ids: readonly string[]) => sql<SpaceRow>`
    select 'staff' as kind, o.name as title, o.name as school, o.id as "schoolId", null::uuid as "personId",
      null::uuid as "classId"
    from org o where o.id = any(${[...ids]}::uuid[]) and o.type = 'school' and o.disabled_at is null`,
}

/**
 * Those of the spaces that there are, in their order and in one query, whoever asks; `guardians`: the roles that give
 * nobody a space of their own.
 */
export async function findSpaces(
  db: Db,
  names: readonly SpaceName[],
  today: string,
  guardians: readonly string[],
): Promise<SpaceRow[]> {
  const kinds = [...new Set(names.map(({ kind }) => kind))]
  if (kinds.length === 0) return []
  const asked = kinds.map((kind) => {
    const ids = names.filter((name) => name.kind === kind).map(({ id }) => id)
    return sql`(${spaceQueries[kind](ids, today, guardians)})`
  })
  const found = await sql<SpaceRow>`${sql.join(asked, sql` union all `)}`.execute(db)
  const byKey = new Map(found.rows.map((row) => [keyOf(row), row]))
  return names.flatMap(({ kind, id }) => {
    const row = byKey.get(`${kind}.${id}`)
    return row ? [{ ...row, key: `${kind}.${id}` }] : []
  })
}

/** The key of the space that a node lies in. */
export function keyOf(owner: Owner): string {
  const { kind, id } = spaceNameOf(owner)
  return `${kind}.${id}`
}

/** Columns of node `n` as a `NodeRow`. */
export const rowColumns = sql`n.id, n.school_id as "schoolId", n.person_id as "personId", n.class_id as "classId",
  n.parent_id as "parentId", n.path, n.name, n.file_id as "fileId", n.pupils, n.sender_id as "senderId",
  n.author_id as "authorId", n.trashed_at as "trashedAt"`

/** Classes and groups that are no more, which somebody who still works at their school taught; the latest first. */
export async function listPastTaught(db: Db, account: PersonId, most: number): Promise<ClassId[]> {
  const found = await sql<{ id: ClassId }>`
    select c.id from class c where c.disabled_at is not null and exists (
        select 1 from enrollment e where e.class_id = c.id and e.person_id = ${account} and e.role = 'teacher')
      and exists (select 1 from space_node n where n.class_id = c.id and n.trashed_at is null)
    order by c.disabled_at desc, c.title limit ${most}`.execute(db)
  return found.rows.map(({ id }) => id)
}

/** Nodes by their ids, in any order, whoever asks. */
export async function findNodes(db: Db, ids: readonly NodeId[]): Promise<NodeRow[]> {
  const found = await sql<NodeRow>`
    select ${rowColumns} from space_node n where n.id = any(${[...ids]}::uuid[])`.execute(db)
  return found.rows
}

export type ViewRow = {
  id: NodeId
  name: string
  pupils: PupilsMay
  by: string | null
  changedAt: Date
  mine: boolean | null
  shared: boolean
  fileId: FileId | null
  type: string
  bytes: string
  view: boolean
} & Scanned

type Scanned = { scan: NodeFile['scan'] | null; finding: string | null; fileMine: boolean | null }

/** How file `f` stands with the scanner, to `account`. */
const scanColumns = (account: PersonId) => sql`
  case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end as scan, f.finding,
  f.owner_id = ${account} as "fileMine"`

function presentScan({ scan, finding, fileMine }: Scanned): Pick<NodeFile, 'scan' | 'found'> {
  if (!scan) return {}
  if (scan !== 'infected') return { scan }
  return { scan, found: { finding: finding ?? '', mine: fileMine ?? false } }
}

/** Columns of a node as it is shown to `account`: of node `n`, its last author `p`, its file `f`. */
export const viewColumns = (account: PersonId) => sql`n.id, n.name, n.pupils, ${nameOf('p')} as by,
  n.changed_at as "changedAt", n.author_id = ${account} as mine,
  exists (select 1 from space_share s where s.node_id = n.id) as shared,
  f.id as "fileId", f.type, f.bytes, f.view_sha256 is not null as view,
  ${scanColumns(account)}`

export const viewJoins = sql`left join person p on p.id = n.changed_by left join file f on f.id = n.file_id`

/** A node as it is shown; whether others see it is told to those who lead. */
export function presentNode(row: ViewRow, leads: boolean): Node {
  const { id, name, pupils, by, changedAt, fileId, type, bytes, view } = row
  const file = fileId && { id: fileId, type, bytes: Number(bytes), view, ...presentScan(row) }
  return {
    id,
    name,
    ...(file ? { file } : { pupils }),
    by: by ?? '',
    changedAt: changedAt.toISOString(),
    mine: row.mine ?? false,
    shared: leads && row.shared,
  }
}

/** Lies directly in a folder, or at the top of a space. */
export function liesIn(owner: Owner, folder: NodeId | null): RawBuilder<boolean> {
  if (folder) return sql<boolean>`n.parent_id = ${folder}`
  const { schoolId, personId, classId } = owner
  if (personId) return sql<boolean>`n.person_id = ${personId} and n.parent_id is null`
  if (classId) return sql<boolean>`n.class_id = ${classId} and n.parent_id is null`
  return sql<boolean>`n.school_id = ${schoolId} and n.person_id is null and n.class_id is null and n.parent_id is null`
}

/** What lies in a place; of a drop box what the asker sent, or everything for those who lead. In no order. */
export async function listNodes(
  db: Db,
  owner: Owner,
  folder: NodeId | null,
  asker: { account: PersonId; leads: boolean },
): Promise<Node[]> {
  const found = await sql<ViewRow>`
    select ${viewColumns(asker.account)} from space_node n ${viewJoins}
    where ${liesIn(owner, folder)} and n.trashed_at is null
      and (${asker.leads} or n.sender_id is null or n.sender_id = ${asker.account})`.execute(db)
  return found.rows.map((row) => presentNode(row, asker.leads))
}

/** Nodes as they are shown to somebody who was let through to them. */
export async function viewNodes(
  db: Db,
  ids: readonly NodeId[],
  asker: { account: PersonId; leads: boolean },
): Promise<Node[]> {
  const found = await sql<ViewRow>`
    select ${viewColumns(asker.account)} from space_node n ${viewJoins}
    where n.id = any(${[...ids]}::uuid[])`.execute(db)
  return found.rows.map((row) => presentNode(row, asker.leads))
}

/** Ids and names of folders, outermost first. */
export async function listCrumbs(db: Db, ids: readonly NodeId[]): Promise<Crumb[]> {
  const found = await sql<Crumb>`
    select n.id, n.name from space_node n where n.id = any(${[...ids]}::uuid[])
    order by cardinality(n.path)`.execute(db)
  return found.rows
}

type VersionRow = {
  id: VersionId
  by: string | null
  at: Date
  fileId: FileId
  type: string
  bytes: string
  view: boolean
  latest: boolean
} & Scanned

/** The versions of a file as `account` sees them, latest first. */
export async function listVersions(db: Db, node: NodeId, account: PersonId): Promise<Version[]> {
  const found = await sql<VersionRow>`
    select v.id, ${nameOf('p')} as by, v.at, f.id as "fileId", f.type, f.bytes, f.view_sha256 is not null as view,
      ${scanColumns(account)},
      row_number() over (order by v.at desc, v.id desc) = 1 as latest
    from space_version v join file f on f.id = v.file_id left join person p on p.id = v.author_id
    where v.node_id = ${node} order by v.at desc, v.id desc`.execute(db)
  return found.rows.map(({ id, by, at, fileId, type, bytes, view, latest, ...scanned }) => ({
    id,
    file: { id: fileId, type, bytes: Number(bytes), view, ...presentScan(scanned) },
    by: by ?? '',
    at: at.toISOString(),
    latest,
  }))
}

export type FoundRow = ViewRow & Owner & { path: NodeId[]; parentId: NodeId | null }

/**
 * Nodes whose name holds every word, in what the asker's own space, their classes, their staff and shares hold,
 * whatever they may do there; latest change first. `words` are folded.
 */
export async function searchNodes(
  db: Db,
  asker: { account: PersonId; today: string },
  words: readonly string[],
  most: number,
): Promise<FoundRow[]> {
  const { account, today } = asker
  const like = words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  const found = await sql<FoundRow>`
    with mine as (
      select e.class_id as id from enrollment e where e.person_id = ${account} and ${inForce('e', today)}
    ), past as (
      select c.id from class c join enrollment e on e.class_id = c.id
        where e.person_id = ${account} and e.role = 'teacher' and c.disabled_at is not null
    ), school as (
      select r.org_id as id from person_role r where r.person_id = ${account} and ${within('r', today)}
    ), given as (
      select s.node_id as id from space_share s where s.person_id = ${account} or s.class_id in (select id from mine)
    )
    select ${viewColumns(account)}, n.school_id as "schoolId", n.person_id as "personId", n.class_id as "classId",
      n.path, n.parent_id as "parentId"
    from space_node n ${viewJoins}
    where n.trashed_at is null and n.name_fold like all(${like}::text[])
      and (n.person_id = ${account} or n.class_id in (select id from mine union select id from past)
        or n.person_id is null and n.class_id is null and n.school_id in (select id from school)
        or n.id in (select id from given) or n.path && array(select id from given))
    order by n.changed_at desc limit ${most}`.execute(db)
  return found.rows
}

export type SharedRow = ViewRow & Owner & { sharedBy: string | null }

/** What is shared with the asker or their classes, whatever may have become of it; latest share first. */
export async function listShared(
  db: Db,
  asker: { account: PersonId; today: string },
  most: number,
): Promise<SharedRow[]> {
  const { account, today } = asker
  const found = await sql<SharedRow>`
    select ${viewColumns(account)}, n.school_id as "schoolId", n.person_id as "personId", n.class_id as "classId",
      ${nameOf('b')} as "sharedBy"
    from (
      select s.node_id, max(s.at) as at, (array_agg(s.by_id order by s.at desc))[1] as by_id from space_share s
      where s.person_id = ${account} or s.class_id in (
        select e.class_id from enrollment e where e.person_id = ${account} and ${inForce('e', today)})
      group by s.node_id) latest
      join space_node n on n.id = latest.node_id ${viewJoins} left join person b on b.id = latest.by_id
    where n.person_id is distinct from ${account}
    order by latest.at desc limit ${most}`.execute(db)
  return found.rows
}
