// Passwords, failures, known devices and codes in the database.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import { delayTable } from './rules.ts'

export type Account = {
  id: PersonId
  passwordHash: string | null
  /** Given, preferred, family and user names. */
  names: string[]
}

const inUse = sql`p.disabled_at is null and p.enabled`
const accountColumns = sql`p.id, c.password_hash as "passwordHash",
  array_remove(array[p.given_name, p.preferred_name, p.family_name, p.username], null) as names`

/** The account with a user name, whatever its case, if it is in use. */
export async function findByUsername(db: Db, username: string): Promise<Account | undefined> {
  const found = await sql<Account>`
    select ${accountColumns} from person p left join credential c on c.person_id = p.id
    where lower(p.username) = lower(${username}) and ${inUse}`.execute(db)
  return found.rows[0]
}

/** An account in use. */
export async function findAccount(db: Db, account: PersonId): Promise<Account | undefined> {
  const found = await sql<Account>`
    select ${accountColumns} from person p left join credential c on c.person_id = p.id
    where p.id = ${account} and ${inUse}`.execute(db)
  return found.rows[0]
}

export type Try = { counter: string; allowed: boolean; failures: number; lastAt: number }

/**
 * Counts a try before its password is looked at, so that tries sent at once count one by one. Devices that signed in
 * to this account earlier have counters of their own; all others share one.
 */
export async function takeTry(db: Db, account: PersonId, device: string | null, now: Date): Promise<Try> {
  const taken = await sql<{ counter: string; failures: number }>`
    insert into signin_failure as f (person_id, device_id, failures, last_at)
    select ${account}, coalesce((select device_id from known_device
      where person_id = ${account} and device_id = ${device ?? ''}), ''), 1, ${now}
    on conflict (person_id, device_id) do update set last_at = ${now},
        failures = case when f.last_at < ${now}::timestamptz - interval '1 day' then 1 else f.failures + 1 end
      where f.last_at + make_interval(secs => (${[...delayTable]}::float8[])[least(f.failures, ${delayTable.length - 1}::int) + 1]) <= ${now}
    returning device_id as counter, failures`.execute(db)
  const row = taken.rows[0]
  if (row) return { ...row, allowed: true, lastAt: now.getTime() }
  const found = await sql<{ counter: string; failures: number; last_at: Date }>`
    select device_id as counter, failures, last_at from signin_failure
    where person_id = ${account} and device_id = any(array['', ${device ?? ''}]) order by device_id desc`.execute(
    db,
  )
  const before = found.rows[0]
  return {
    counter: before?.counter ?? '',
    allowed: false,
    failures: before?.failures ?? 0,
    lastAt: before?.last_at.getTime() ?? 0,
  }
}

/** Takes a counted try back: its password was never looked at. */
export async function giveTryBack(db: Db, account: PersonId, counter: string): Promise<void> {
  await sql`update signin_failure set failures = failures - 1
    where person_id = ${account} and device_id = ${counter} and failures > 0`.execute(db)
}

/** The right password: the counter starts anew, and the device is known to this account from now on. */
export async function noteSignIn(
  db: Db,
  account: PersonId,
  device: string,
  day: string,
  counter: string | null,
): Promise<void> {
  await sql`
    with forgotten as (
      delete from signin_failure where person_id = ${account} and (${counter}::text is null or device_id = ${counter ?? ''}))
    insert into known_device (person_id, device_id, first_seen_on, last_seen_on)
    values (${account}, ${device}, ${day}::date, ${day}::date)
    on conflict (person_id, device_id) do update set last_seen_on = excluded.last_seen_on`.execute(db)
}

/** Whether a pass may be issued anew: not ended by anybody, here or in another process. */
export async function findEnding(
  db: Db,
  pass: { id: string; account: string },
): Promise<{ from: number; revoked: boolean }> {
  const found = await sql<{ from: number | null; revoked: boolean }>`
    select (select extract(epoch from passes_from)::float8 from credential where person_id = ${pass.account}) as "from",
      exists (select 1 from revoked_pass where pass_id = ${pass.id}) as revoked`.execute(db)
  return { from: Math.ceil(found.rows[0]?.from ?? 0), revoked: found.rows[0]?.revoked === true }
}

export type OnDevice = { id: PersonId; givenName: string; familyName: string; roles: string[] }

/** Names and OneRoster roles of those who are signed in on a device. */
export async function listOnDevice(db: Db, accounts: readonly string[]): Promise<OnDevice[]> {
  const found = await sql<OnDevice>`
    select p.id, coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName",
      array(select r.role from person_role r where r.person_id = p.id
        union select e.role from enrollment e where e.person_id = p.id and e.disabled_at is null
        union select 'guardian' from care g where g.guardian_id = p.id) as roles
    from person p where p.id = any(${[...accounts]}::uuid[]) and ${inUse}`.execute(db)
  return found.rows
}

/** Sets a password; a pending code ends with it. */
export async function setPassword(db: Db, account: PersonId, hash: string, now: Date): Promise<void> {
  await sql`
    insert into credential (person_id, password_hash, password_changed_at) values (${account}, ${hash}, ${now})
    on conflict (person_id) do update set password_hash = excluded.password_hash,
      password_changed_at = excluded.password_changed_at, activation_hash = null, activation_expires_at = null,
      activation_made_by = null`.execute(db)
}

export type EventKind =
  | 'code-made'
  | 'activated'
  | 'password-reset'
  | 'password-changed'
  | 'signed-out-everywhere'
  | 'linked'
  | 'unlinked'

/** Writes down what was done to accounts, and by whom (null: by the operator on the command line). */
export async function insertEvents(
  db: Db,
  kind: EventKind,
  people: readonly PersonId[],
  by: PersonId | null,
  at: Date,
): Promise<void> {
  await sql`
    insert into account_event (school_id, person_id, by_person_id, kind, at)
    select (select r.org_id from person_role r where r.person_id = id order by r.is_primary desc limit 1), id, ${by}, ${kind}, ${at}
    from unnest(${[...people]}::uuid[]) as id`.execute(db)
}

/** Forgets failures of more than a day ago and devices that were away for a year. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  await sql`delete from signin_failure where last_at < ${now}::timestamptz - interval '1 day'`.execute(db)
  await sql`delete from known_device where last_seen_on < ${now}::timestamptz - interval '366 days'`.execute(
    db,
  )
}
