// Which PDF was made of the bytes of an office document: the same for every file that holds them.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'

/** The PDF made of these bytes, for whichever file; undefined when there is none yet. */
export async function findPreview(db: Db, sha256: string): Promise<string | undefined> {
  const found = await sql<{ preview: string }>`
    select preview_sha256 as preview from file where sha256 = ${sha256} and preview_sha256 is not null
    limit 1`.execute(db)
  return found.rows[0]?.preview
}

/** Notes the PDF for every file with these bytes. */
export async function setPreview(db: Db, sha256: string, preview: string): Promise<void> {
  await sql`
    update file set preview_sha256 = ${preview}
    where sha256 = ${sha256} and preview_sha256 is distinct from ${preview}`.execute(db)
}
