// The trash as rows: what was put into it, by whom and when, and what is deleted for good.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import { isReferred } from '#platform/db'
import type { FileId, NodeId, PersonId } from '#platform/ids'
import type { Trash } from '../contract.ts'
import { nameOf, type Owner, presentNode, type ViewRow, viewColumns, viewJoins } from '../store.ts'

/** Puts nodes into the trash, or takes them out (null). */
export async function setTrashed(
  tx: Db,
  ids: readonly NodeId[],
  by: PersonId,
  at: Date | null,
): Promise<void> {
  await tx
    .updateTable('space_node')
    .set({ trashed_at: at, trashed_by: at && by })
    .where('id', 'in', [...ids])
    .execute()
}

/** What of a space is in the trash, latest first: everything for those who lead, else what the asker put there. */
export async function listTrash(
  db: Db,
  { schoolId, personId, classId }: Owner,
  asker: { account: PersonId; leads: boolean },
  most: number,
): Promise<Trash> {
  type Row = ViewRow & { trashedAt: Date; trashedBy: string | null; from: string | null }
  const found = await sql<Row>`
    select ${viewColumns(asker.account)}, n.trashed_at as "trashedAt", ${nameOf('t')} as "trashedBy",
      (select up.name from space_node up where up.id = n.parent_id) as "from"
    from space_node n ${viewJoins} left join person t on t.id = n.trashed_by
    where n.trashed_at is not null and n.person_id is not distinct from ${personId}
      and n.class_id is not distinct from ${classId} and (${personId}::uuid is not null or n.school_id = ${schoolId})
      and (${asker.leads} or n.trashed_by = ${asker.account} and n.author_id = ${asker.account})
    order by n.trashed_at desc limit ${most}`.execute(db)
  return found.rows.map((row) => ({
    ...presentNode(row, asker.leads),
    trashedAt: row.trashedAt.toISOString(),
    trashedBy: row.trashedBy ?? '',
    from: row.from ?? '',
  }))
}

/**
 * Deletes for good what was put into the trash before `until`, at most `most` nodes with what lies in them, innermost
 * first; returns how many rows went, and the files that they held. What is being restored is left alone, and so is a
 * file that its owner was given again since, until that is as long ago.
 */
export async function deleteTrashed(
  db: Db,
  until: Date,
  most: number,
): Promise<{ nodes: number; files: FileId[] }> {
  const found = await sql<{ files: FileId[] }>`
    with due as (
      select n.id from space_node n where n.trashed_at < ${until} and not ${wantedSince('n', until)}
      order by n.trashed_at limit ${most} for update skip locked
    ), below as (
      select d.id from space_node d join due on d.path @> array[due.id]
      where not ${wantedSince('d', until)} order by cardinality(d.path) desc limit ${most}
    )
    delete from space_node n using (
      select id from below
      union select due.id from due
        where not exists (select 1 from space_node d where d.path @> array[due.id])) gone
    where n.id = gone.id
    returning array(select distinct v.file_id from space_version v where v.node_id = n.id) as files`.execute(
    db,
  )
  return { nodes: found.rows.length, files: [...new Set(found.rows.flatMap(({ files }) => files))] }
}

/** Some version of the node is a file that its owner was given again at `since` or later. */
const wantedSince = (node: string, since: Date) => sql`exists (
  select 1 from space_version v join file f on f.id = v.file_id
  where v.node_id = ${sql.ref(`${node}.id`)} and f.claimed_at >= ${since})`

/** In a transaction: deletes a file to which nothing refers any more; one that something does stays. */
export async function deleteFileIfFree(tx: Db, id: FileId): Promise<void> {
  await sql`savepoint file_to_delete`.execute(tx)
  try {
    await tx.deleteFrom('file').where('id', '=', id).execute()
  } catch (error) {
    if (!isReferred(error)) throw error
    await sql`rollback to savepoint file_to_delete`.execute(tx)
  }
}
