// Bytes in the store to which perhaps no row refers. Whoever is about to put bytes there holds them first; whoever
// deletes a row makes its bytes loose (a trigger of the file table does).
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'

/** Keeps bytes from being deleted for as long as loose bytes lie, so that a row may be made for them. Call before `put`. */
export async function holdBytes(db: Db, sha256: string): Promise<void> {
  await sql`
    insert into loose_bytes (hash, since) values (${sha256}, now())
    on conflict (hash) do update set since = excluded.since`.execute(db)
}

/**
 * Takes up to `most` bytes that have been loose for `hours`, locked until the transaction ends: a claim that wants to
 * hold them waits, and then puts them anew. Which of them a row refers to is told; they need not be looked at again.
 */
export async function takeLoose(
  tx: Db,
  hours: number,
  most: number,
): Promise<{ hash: string; wanted: boolean }[]> {
  const taken = await sql<{ hash: string }>`
    delete from loose_bytes where hash in (
      select hash from loose_bytes where since <= now() - make_interval(hours => ${hours})
      order by since limit ${most} for update skip locked)
    returning hash`.execute(tx)
  const hashes = taken.rows.map((row) => row.hash)
  const found = await sql<{ hash: string }>`
    select sha256 as hash from file where sha256 = any(${hashes})
    union select view_sha256 from file where view_sha256 = any(${hashes})
    union select preview_sha256 from file where preview_sha256 = any(${hashes})`.execute(tx)
  const wanted = new Set(found.rows.map((row) => row.hash))
  return hashes.map((hash) => ({ hash, wanted: wanted.has(hash) }))
}
