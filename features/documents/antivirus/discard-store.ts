// A file that was set aside, taken out of all that holds it. What was handed in is never touched here.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, PersonId } from '#platform/ids'

export type OwnFile = { setAside: boolean; handedIn: boolean }

/** A person's own file, held until the transaction ends; `handedIn`: with a piece of work, or said about one. */
export async function holdOwn(tx: Db, owner: PersonId, id: FileId): Promise<OwnFile | undefined> {
  const found = await sql<OwnFile>`
    select f.scan = 'infected' as "setAside", f.handed_in
      or exists (select 1 from submission_file s where s.file_id = f.id)
      or exists (select 1 from voice_message v where v.file_id = f.id)
      or exists (select 1 from annotation a where a.file_id = f.id) as "handedIn"
    from file f where f.id = ${id} and f.owner_id = ${owner} for update`.execute(tx)
  return found.rows[0]
}

/**
 * Deletes a file for good, with what is attached of it and its versions in spaces: there the version before it is the
 * latest again, and a document that had no other goes. Its bytes follow (see bytes/).
 */
export async function deleteEverywhere(tx: Db, id: FileId): Promise<void> {
  await sql`delete from diary_attachment where file_id = ${id}`.execute(tx)
  await sql`delete from homework_attachment where file_id = ${id}`.execute(tx)
  // Held, so that no version comes in between.
  const held = await sql<{ id: string }>`
    select n.id from space_node n
    where n.file_id = ${id} or n.id in (select v.node_id from space_version v where v.file_id = ${id})
    order by n.id for update`.execute(tx)
  await sql`delete from space_version where file_id = ${id}`.execute(tx)
  const nodes = held.rows.map((row) => row.id)
  await sql`delete from space_node n where n.id = any(${nodes}::uuid[])
    and not exists (select 1 from space_version v where v.node_id = n.id)`.execute(tx)
  await sql`update space_node n set file_id = (
      select v.file_id from space_version v where v.node_id = n.id order by v.at desc, v.id desc limit 1)
    where n.id = any(${nodes}::uuid[]) and n.file_id = ${id}`.execute(tx)
  await sql`delete from file where id = ${id}`.execute(tx)
}
