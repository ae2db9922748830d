// Folders and files in spaces, written. Each change of a space holds its lock, so that what was read stays true.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, NodeId, PersonId, SchoolId, VersionId } from '#platform/ids'
import { nameFold, nameKey, type SpaceName } from '../rules.ts'
import { liesIn, type NodeRow, type Owner } from '../store.ts'

/** Waits for its turn in each of these spaces, and keeps it until the transaction ends. */
export async function lockSpaces(tx: Db, spaces: readonly SpaceName[]): Promise<void> {
  const keys = [...new Set(spaces.map(({ kind, id }) => `space ${kind}.${id}`))].sort()
  for (const key of keys) await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

export type NewNode = {
  id: NodeId
  parent: Pick<NodeRow, 'id' | 'path'> | null
  name: string
  fileId: FileId | null
  pupils: string
  senderId: PersonId | null
  author: PersonId
}

/** Adds a folder, or a file with its first version. */
export async function insertNode(tx: Db, schoolId: SchoolId, owner: Owner, node: NewNode, at: Date) {
  await tx
    .insertInto('space_node')
    .values({
      id: node.id,
      school_id: schoolId,
      person_id: owner.personId,
      class_id: owner.classId,
      parent_id: node.parent?.id ?? null,
      path: node.parent ? [...node.parent.path, node.parent.id] : [],
      name: node.name,
      name_key: nameKey(node.name),
      name_fold: nameFold(node.name),
      file_id: node.fileId,
      pupils: node.pupils,
      sender_id: node.senderId,
      author_id: node.author,
      changed_by: node.author,
      changed_at: at,
      trashed_at: null,
      trashed_by: null,
    })
    .execute()
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

/** What a folder holds, at any depth and without what is in the trash; folders before what lies in them. */
export async function listTree(tx: Db, folder: NodeId, most: number): Promise<NodeRow[]> {
  const found = await sql<NodeRow>`
    select n.id, n.school_id as "schoolId", n.person_id as "personId", n.class_id as "classId",
      n.parent_id as "parentId", n.path, n.name, n.file_id as "fileId", n.pupils, n.sender_id as "senderId",
      n.author_id as "authorId", n.trashed_at as "trashedAt"
    from space_node n where n.path @> array[${folder}::uuid] and n.trashed_at is null
      and not exists (select 1 from space_node up where up.id = any(n.path) and up.trashed_at is not null)
    order by cardinality(n.path), n.id limit ${most}`.execute(tx)
  return found.rows
}

export type Coming = { id: NodeId; path: readonly NodeId[]; name: string; senderId: PersonId | null }

/** Brings a node, with all that lies in it, into another place. Shares end where it leaves its space. */
export async function moveNode(
  tx: Db,
  to: Owner,
  parent: Pick<NodeRow, 'id' | 'path'> | null,
  node: Coming,
  leaves: boolean,
): Promise<void> {
  const path = parent ? [...parent.path, parent.id] : []
  const itself = sql`id = ${node.id}`
  await sql`
    update space_node set path = ${path}::uuid[] || path[${node.path.length + 1}:],
      school_id = ${to.schoolId}, person_id = ${to.personId}, class_id = ${to.classId},
      parent_id = case when ${itself} then ${parent?.id ?? null} else parent_id end,
      sender_id = case when ${itself} then ${node.senderId} else sender_id end,
      name = case when ${itself} then ${node.name} else name end,
      name_key = case when ${itself} then ${nameKey(node.name)} else name_key end,
      name_fold = case when ${itself} then ${nameFold(node.name)} else name_fold end
    where ${itself} or path @> array[${node.id}::uuid]`.execute(tx)
  if (leaves)
    await sql`
      delete from space_share s using space_node n
      where s.node_id = n.id and (n.id = ${node.id} or n.path @> array[${node.id}::uuid])`.execute(tx)
}
