// A teacher's kept remarks, as rows.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import type { Remark, RemarkDraft, RemarkId } from './contract.ts'

/** Whether somebody teaches. */
export async function teaches(db: Db, person: PersonId, today: string): Promise<boolean> {
  const found = await sql`
    select 1 from enrollment e join person p on p.id = e.person_id
    where e.person_id = ${person} and e.role = 'teacher' and ${inForce('e', today)} and p.disabled_at is null
      and p.enabled limit 1`.execute(db)
  return found.rows.length > 0
}

/** One's remarks, what was written last first. */
export async function listRemarks(db: Db, owner: PersonId): Promise<Remark[]> {
  const found = await sql<Remark>`
    select id, subject, words from remark where owner_id = ${owner} order by changed_at desc, id desc`.execute(
    db,
  )
  return found.rows
}

/** Keeps a remark; the same words for the same subject once. */
export async function insertRemark(
  db: Db,
  owner: PersonId,
  { id, subject, words }: Remark,
  at: Date,
): Promise<void> {
  await sql`
    delete from remark where owner_id = ${owner} and subject = ${subject} and words = ${words}`.execute(db)
  await db.insertInto('remark').values({ id, owner_id: owner, subject, words, changed_at: at }).execute()
}

/** Changes one's own remark; false when it is not. */
export async function updateRemark(
  db: Db,
  owner: PersonId,
  id: RemarkId,
  { subject, words }: RemarkDraft,
  at: Date,
): Promise<boolean> {
  const found = await sql`
    update remark set subject = ${subject}, words = ${words}, changed_at = ${at}
    where id = ${id} and owner_id = ${owner} returning 1`.execute(db)
  return found.rows.length > 0
}

/** Forgets one's own remark; false when it is not. */
export async function deleteRemark(db: Db, owner: PersonId, id: RemarkId): Promise<boolean> {
  const found = await sql`
    delete from remark where id = ${id} and owner_id = ${owner} returning 1`.execute(db)
  return found.rows.length > 0
}
