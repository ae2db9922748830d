// Receipts and the keys that sign them. A retired key signs no more, and its public half stays published for as long
// as anybody may want to verify.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import type { SignedReceipt } from './contract.ts'

export type KeyRow = { kid: string; secret: Buffer }

/** The key that signs now: the newest that is not retired. */
export async function findSigningKey(db: Db): Promise<KeyRow | undefined> {
  const found = await sql<KeyRow>`
    select kid, secret from signing_key where purpose = 'receipt' and retired_at is null
    order by created_at desc, kid limit 1`.execute(db)
  return found.rows[0]
}

/** Every key that ever signed a receipt, oldest first. */
export async function listKeys(db: Db): Promise<KeyRow[]> {
  const found = await sql<KeyRow>`
    select kid, secret from signing_key where purpose = 'receipt' order by created_at, kid`.execute(db)
  return found.rows
}

/** Adds a key (PKCS #8). */
export async function insertKey(db: Db, key: KeyRow, now: number): Promise<void> {
  await db
    .insertInto('signing_key')
    .values({ ...key, purpose: 'receipt', created_at: new Date(now), retired_at: null })
    .execute()
}

/** Lets one transaction at a time make a first key; held until it ends. */
export async function lockKeys(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('receipt key', 0))`.execute(db)
}

export type Facts = {
  homeworkId: HomeworkId
  title: string
  class: string
  school: string
  dueAt: Date
  account: PersonId
  name: string
  submittedAt: Date
  late: boolean
  text: string
  files: { name: string; bytes: number; sha256: string }[]
}

/** What there is to certify of a hand-in, as the database holds it. */
export async function findFacts(db: Db, id: SubmissionId): Promise<Facts | undefined> {
  const found = await sql<Facts>`
    select h.id as "homeworkId", h.title, c.title as class, o.name as school,
      greatest(h.due_at, x.due_at) as "dueAt", p.id as account,
      coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name,
      s.submitted_at as "submittedAt", s.late, s.body as text,
      (select coalesce(json_agg(json_build_object('name', f.name, 'bytes', f.bytes, 'sha256', f.sha256)
          order by a.position), '[]')
        from submission_file a join file f on f.id = a.file_id where a.submission_id = s.id) as files
    from submission s join homework h on h.id = s.homework_id join class c on c.id = h.class_id
      join org o on o.id = h.school_id join person p on p.id = s.pupil_id
      left join homework_extension x on x.homework_id = h.id and x.pupil_id = s.pupil_id
    where s.id = ${id}`.execute(db)
  return found.rows[0]
}

/** Keeps the receipt of a hand-in. */
export async function insertReceipt(db: Db, id: SubmissionId, jws: SignedReceipt): Promise<void> {
  await db
    .insertInto('receipt')
    .values({ submission_id: id, jws: JSON.stringify(jws) })
    .execute()
}

/** The receipt of a hand-in, for its pupil, the pupil's guardians and the teachers of the class. */
export async function findReceipt(
  db: Db,
  id: SubmissionId,
  asker: PersonId,
  today: string,
): Promise<SignedReceipt | undefined> {
  const found = await sql<{ jws: SignedReceipt }>`
    select r.jws from receipt r join submission s on s.id = r.submission_id join homework h on h.id = s.homework_id
    where s.id = ${id} and (
      s.pupil_id = ${asker}
      or exists (select 1 from care g where g.child_id = s.pupil_id and g.guardian_id = ${asker} and g.sees = 'all')
      or exists (
        select 1 from enrollment e where e.class_id = h.class_id and e.person_id = ${asker} and e.role = 'teacher'
          and ${inForce('e', today)}))`.execute(db)
  return found.rows[0]?.jws
}
