// Makings of codes: the school's history, and what gives the same codes to the same wish again.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'
import type { CodesRun } from './contract.ts'

/** Until the transaction ends, nobody else makes codes for the same school or person. */
export async function holdCodes(tx: Db, of: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`codes ${of}`}, 0))`.execute(tx)
}

/** The making that answered a wish before. */
export async function findRun(
  db: Db,
  by: PersonId,
  wish: Buffer,
): Promise<{ salt: Buffer; at: Date } | undefined> {
  return db
    .selectFrom('code_run')
    .select(['salt', 'at'])
    .where('made_by', '=', by)
    .where('wish_hash', '=', wish)
    .executeTakeFirst()
}

export type RunFacts = {
  by: PersonId
  wish: Buffer
  salt: Buffer
  at: Date
  school: SchoolId | null
  audience: CodesRun['audience'] | 'one'
  title?: string
  classes?: number
  made: number
  ended: number
}

/** Writes a making down. */
export async function insertRun(db: Db, run: RunFacts): Promise<void> {
  const { by, wish, salt, at, school, audience, title = null, classes = null, made, ended } = run
  const row = { salt, at, audience, title, classes, made, ended }
  await db
    .insertInto('code_run')
    .values({ ...row, made_by: by, wish_hash: wish, school_id: school })
    .execute()
}

/** Of these people, the hashes of the codes that they hold. */
export async function listHashes(db: Db, people: readonly PersonId[]): Promise<Map<PersonId, Buffer>> {
  const found = await sql<{ id: PersonId; hash: Buffer }>`
    select person_id as id, activation_hash as hash from credential
    where activation_hash is not null and person_id = any(${[...people]}::uuid[])`.execute(db)
  return new Map(found.rows.map(({ id, hash }) => [id, hash]))
}

/** A school's makings since an instant, newest first. */
export async function listRuns(db: Db, schoolId: SchoolId, since: Date): Promise<CodesRun[]> {
  const found = await sql<Omit<CodesRun, 'at'> & { at: Date }>`
    select r.at, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as by, r.audience, r.title, r.classes,
      r.made, r.ended
    from code_run r join person p on p.id = r.made_by
    where r.school_id = ${schoolId} and r.at > ${since} and r.audience <> 'one'
    order by r.at desc, r.id desc limit 100`.execute(db)
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
