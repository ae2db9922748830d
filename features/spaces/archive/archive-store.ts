// What an archive holds, as rows.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { NodeId, PersonId } from '#platform/ids'
import { nameOf } from '../store.ts'
import type { Packed } from './archive-rules.ts'

/** `served`: no virus was found in it and none is being looked for. */
export type PackedFile = { sha256: string; bytes: number; type: string; served: boolean }
type Row = {
  id: NodeId
  parentId: NodeId | null
  name: string
  author: string | null
  sha256: string | null
  bytes: string | null
  type: string | null
  served: boolean | null
}

/**
 * A node that was let through and all that lies in it, without what is in the trash; of drop boxes what the asker sent,
 * or everything for those who lead. Folders before what lies in them, by name.
 */
export async function listPacked(
  db: Db,
  node: NodeId,
  asker: { account: PersonId; leads: boolean },
  most: number,
): Promise<Packed<PackedFile>[]> {
  const found = await sql<Row>`
    select n.id, n.parent_id as "parentId", n.name, case when n.sender_id is not null then ${nameOf('p')} end as author,
      f.sha256, f.bytes, f.type, f.scan not in ('waiting', 'infected') as served
    from space_node n left join person p on p.id = n.sender_id left join file f on f.id = n.file_id
    where (n.id = ${node} or n.path @> array[${node}::uuid] and n.trashed_at is null and not exists (
        select 1 from space_node up where up.id = any(n.path) and up.trashed_at is not null))
      and (${asker.leads} or n.sender_id is null or n.sender_id = ${asker.account})
    order by cardinality(n.path), n.name collate "fr-x-icu" limit ${most}`.execute(db)
  return found.rows.map(({ id, parentId, name, author, sha256, bytes, type, served }) => ({
    id,
    parentId,
    name,
    author,
    file: sha256 && type ? { sha256, bytes: Number(bytes), type, served: served === true } : null,
  }))
}
