// Folders and files in spaces, written. Each change of a space holds its lock, so that what was read stays true.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, NodeId, PersonId, VersionId } from '#platform/ids'
import { nameFold, nameKey, type SpaceName } from '../rules.ts'
import { liesIn, type NodeRow, type Owner, rowColumns } from '../store.ts'

/** Waits for its turn in each of these spaces, and keeps it until the transaction ends. */
export async function lockSpaces(tx: Db, spaces: readonly SpaceName[]): Promise<void> {
  const keys = [...new Set(spaces.map(({ kind, id }) => `space ${kind}.${id}`))].sort()
  for (const key of keys) await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

export type NewNode = {
  id: NodeId
  parent: Pick<NodeRow, 'id' | 'path'> | null
  name: string
  /** What it holds, and the id of its first version; null: it is a folder. */
  file: { id: FileId; version: VersionId } | null
  pupils: string
  senderId: PersonId | null
  author: PersonId
}

/** Rows of one insert: PostgreSQL takes 65,535 values in a statement, and a node has 17. */
const rowsAtOnce = 1_000

function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce)
}

/** Adds folders, and files with their first versions; each after the folder that it lies in. A thousand to a statement. */
export async function insertNodes(tx: Db, owner: Owner, nodes: readonly NewNode[], at: Date): Promise<void> {
  for (const some of inParts(nodes))
    await tx
      .insertInto('space_node')
      .values(some.map((node) => rowOf(owner, node, at)))
      .execute()
  const versions = nodes.flatMap(({ id, file, author }) =>
    file ? [{ id: file.version, node_id: id, file_id: file.id, author_id: author, at }] : [],
  )
  for (const some of inParts(versions))
    await tx
      .insertInto('space_version')
      .values([...some])
      .execute()
}

function rowOf(owner: Owner, { id, parent, name, file, pupils, senderId, author }: NewNode, at: Date) {
  return {
    id,
    school_id: owner.schoolId,
    person_id: owner.personId,
    class_id: owner.classId,
    parent_id: parent?.id ?? null,
    path: parent ? [...parent.path, parent.id] : [],
    name,
    name_key: nameKey(name),
    name_fold: nameFold(name),
    file_id: file?.id ?? null,
    pupils,
    sender_id: senderId,
    author_id: author,
    changed_by: author,
    changed_at: at,
    trashed_at: null,
    trashed_by: null,
  }
}

export type NewVersion = { id: VersionId; nodeId: NodeId; fileId: FileId; author: PersonId }

/** Adds a version of a file; it becomes what the file holds. */
export async function insertVersion(
  tx: Db,
  { id, nodeId, fileId, author }: NewVersion,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('space_version')
    .values({ id, node_id: nodeId, file_id: fileId, author_id: author, at })
    .execute()
  await tx
    .updateTable('space_node')
    .set({ file_id: fileId, changed_by: author, changed_at: at })
    .where('id', '=', nodeId)
    .execute()
}

/** The node whose version this is, and by whom; undefined when there is none. */
export async function findVersion(
  db: Db,
  id: VersionId,
): Promise<{ nodeId: NodeId; fileId: FileId; author: PersonId | null } | undefined> {
  const found = await sql<{ nodeId: NodeId; fileId: FileId; author: PersonId | null }>`
    select node_id as "nodeId", file_id as "fileId", author_id as author from space_version where id = ${id}`.execute(
    db,
  )
  return found.rows[0]
}

export type Taken = {
  id: NodeId
  key: string
  isFolder: boolean
  author: PersonId | null
  sha256: string | null
}

/** The names in a place; in a drop box those of one sender. */
export async function listTaken(
  tx: Db,
  owner: Owner,
  folder: NodeId | null,
  sender: PersonId | null,
): Promise<Map<string, Taken>> {
  const found = await sql<Taken>`
    select n.id, n.name_key as key, n.file_id is null as "isFolder", n.author_id as author, f.sha256
    from space_node n left join file f on f.id = n.file_id
    where ${liesIn(owner, folder)} and n.trashed_at is null
      and n.sender_id is not distinct from ${sender}`.execute(tx)
  return new Map(found.rows.map((row) => [row.key, row]))
}

/** How many nodes lie in a place, whoever sees them. */
export async function countIn(tx: Db, owner: Owner, folder: NodeId | null): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from space_node n where ${liesIn(owner, folder)} and n.trashed_at is null`.execute(
    tx,
  )
  return found.rows[0]?.n ?? 0
}

/** Gives a node another name. */
export async function setName(tx: Db, id: NodeId, name: string, by: PersonId, at: Date): Promise<void> {
  await tx
    .updateTable('space_node')
    .set({ name, name_key: nameKey(name), name_fold: nameFold(name), changed_by: by, changed_at: at })
    .where('id', '=', id)
    .execute()
}

/** Says what the class's pupils may do in a folder. */
export async function setPupils(tx: Db, id: NodeId, pupils: string): Promise<void> {
  await tx.updateTable('space_node').set({ pupils }).where('id', '=', id).execute()
}

/** Of each folder in folders the height of what it holds: 0 for a file, 1 for a folder without folders. */
export async function listHeights(tx: Db, ids: readonly NodeId[]): Promise<Map<NodeId, number>> {
  const found = await sql<{ id: NodeId; height: number }>`
    select n.id, (case when n.file_id is null then 1 else 0 end)
      + coalesce((select max(cardinality(d.path) + case when d.file_id is null then 1 else 0 end)
          - cardinality(n.path) - 1 from space_node d where d.path @> array[n.id]), 0) as height
    from space_node n where n.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, row.height]))
}

/** What folders hold, at any depth and without what is in the trash; folders before what lies in them. */
export async function listTrees(tx: Db, folders: readonly NodeId[], most: number): Promise<NodeRow[]> {
  const found = await sql<NodeRow>`
    select ${rowColumns} from space_node n
    where n.path && ${[...folders]}::uuid[] and n.trashed_at is null
      and not exists (select 1 from space_node up where up.id = any(n.path) and up.trashed_at is not null)
    order by cardinality(n.path), n.id limit ${most}`.execute(tx)
  return found.rows
}

export type Coming = {
  id: NodeId
  /** In how many folders it lies. */
  depth: number
  isFolder: boolean
  name: string
  senderId: PersonId | null
  /** Its space: shares of it, and of what lies in it, end. */
  leaves: boolean
}

/** Brings nodes, none of which lies in another, into another place with all that lies in them: three statements at most. */
export async function moveNodes(
  tx: Db,
  to: Owner,
  parent: Pick<NodeRow, 'id' | 'path'> | null,
  coming: readonly Coming[],
): Promise<void> {
  const path = parent ? [...parent.path, parent.id] : []
  const of = <K extends keyof Coming>(key: K, nodes = coming) => nodes.map((node) => node[key])
  const place = sql`path = ${path}::uuid[] || n.path[c.depth + 1:],
    school_id = ${to.schoolId}, person_id = ${to.personId}, class_id = ${to.classId}`
  await sql`
    update space_node n set ${place}, parent_id = ${parent?.id ?? null}, sender_id = c.sender, name = c.name,
      name_key = c.key, name_fold = c.fold
    from unnest(${of('id')}::uuid[], ${of('depth')}::int[], ${of('senderId')}::uuid[], ${of('name')}::text[],
      ${of('name').map(nameKey)}::text[], ${of('name').map(nameFold)}::text[]) as c (id, depth, sender, name, key, fold)
    where n.id = c.id`.execute(tx)
  const folders = coming.filter(({ isFolder }) => isFolder)
  if (folders.length)
    await sql`
      update space_node n set ${place}
      from unnest(${of('id', folders)}::uuid[], ${of('depth', folders)}::int[]) as c (id, depth)
      where n.path && ${of('id', folders)}::uuid[] and c.id = any(n.path)`.execute(tx)
  const left = coming.filter(({ leaves }) => leaves).map(({ id }) => id)
  if (left.length)
    await sql`
      delete from space_share s using space_node n
      where s.node_id = n.id and (n.id = any(${left}::uuid[]) or n.path && ${left}::uuid[])`.execute(tx)
}
