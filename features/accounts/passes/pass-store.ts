// What is kept about passes: the keys that sign them, which ones were ended, and the day on which somebody was last seen.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'

export type KeyRow = { kid: string; secret: Buffer; createdAt: number; retiredAt: number | null }

// One process at a time makes a key.
const keyLock = 7_406_001

/** The keys of passes, oldest first. Times in milliseconds. */
export async function listKeys(db: Db): Promise<KeyRow[]> {
  const rows = await db
    .selectFrom('signing_key')
    .selectAll()
    .where('purpose', '=', 'pass')
    .orderBy('created_at')
    .orderBy('kid')
    .execute()
  return rows.map((r) => ({
    kid: r.kid,
    secret: r.secret,
    createdAt: r.created_at.getTime(),
    retiredAt: r.retired_at?.getTime() ?? null,
  }))
}

/** Keeps others from making keys until the transaction ends. */
export async function lockKeys(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyLock})`.execute(db)
}

/** Adds a key; the ones before it sign no more. */
export async function insertKey(db: Db, kid: string, secret: Uint8Array, at: Date): Promise<void> {
  await db
    .updateTable('signing_key')
    .set({ retired_at: at })
    .where('purpose', '=', 'pass')
    .where('retired_at', 'is', null)
    .execute()
  await db
    .insertInto('signing_key')
    .values({ kid, purpose: 'pass', secret: Buffer.from(secret), created_at: at, retired_at: null })
    .execute()
}

/** Forgets keys that were retired before an instant. */
export async function deleteKeys(db: Db, retiredBefore: Date): Promise<number> {
  const gone = await db
    .deleteFrom('signing_key')
    .where('purpose', '=', 'pass')
    .where('retired_at', '<', retiredBefore)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** The passes that were ended one by one. */
export async function listRevokedPasses(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('revoked_pass').select('pass_id').execute()
  return rows.map((r) => r.pass_id)
}

/** Accounts whose passes issued before a second are void: all of them, or those named; seconds since 1970. */
export async function listPassesFrom(
  db: Db,
  after: Date,
  accounts?: readonly string[],
): Promise<{ account: string; from: number }[]> {
  const rows = await db
    .selectFrom('credential')
    .select(['person_id', 'passes_from'])
    .where('passes_from', '>', after)
    .$if(accounts !== undefined, (q) => q.where('person_id', 'in', accounts as PersonId[]))
    .execute()
  return rows.flatMap((r) =>
    r.passes_from ? [{ account: r.person_id, from: Math.ceil(r.passes_from.getTime() / 1000) }] : [],
  )
}

/** Ends single passes. */
export async function insertRevokedPasses(db: Db, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .insertInto('revoked_pass')
    .values(ids.map((pass_id) => ({ pass_id, revoked_at: at })))
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Voids every pass that these accounts were issued before `from`. */
export async function setPassesFrom(db: Db, accounts: readonly PersonId[], from: Date): Promise<void> {
  if (accounts.length === 0) return
  await sql`
    insert into credential (person_id, passes_from) select unnest(${[...accounts]}::uuid[]), ${from}
    on conflict (person_id) do update set passes_from = greatest(credential.passes_from, excluded.passes_from)`.execute(
    db,
  )
}

/** Forgets endings of passes that would be too old by now anyway. */
export async function deleteRevokedPasses(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('revoked_pass').where('revoked_at', '<', before).execute()
}

/** Notes that some people were here on a day: one write per person and day. */
export async function noteSeen(db: Db, accounts: readonly string[], day: string): Promise<void> {
  await sql`
    update person set last_seen_on = ${day}::date where id = any(${[...accounts]}::uuid[])
      and (last_seen_on is null or last_seen_on < ${day}::date)`.execute(db)
}
