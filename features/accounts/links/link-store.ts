// Which records of other schools belong to an account.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import type { Links } from './contract.ts'
import type { LinkFacts } from './link-rules.ts'

/** The records that were linked to an account and are in use, with their school and children. */
export async function listLinks(db: Db, account: PersonId): Promise<Links> {
  const found = await sql<Links[number]>`
    select p.id, p.username,
      coalesce((select o.name from person_role r join org o on o.id = r.org_id
        where r.person_id = p.id and o.disabled_at is null order by r.is_primary desc, o.name limit 1),
        (select o.name from guardianship g join person_role r on r.person_id = g.child_id join org o on o.id = r.org_id
          where g.guardian_id = p.id and o.disabled_at is null order by o.name limit 1), '') as school,
      array(select coalesce(c.preferred_name, c.given_name) from guardianship g join person c on c.id = g.child_id
          left join guardian_right d on d.guardian_id = p.id and d.child_id = c.id
        where g.guardian_id = p.id and c.disabled_at is null and c.enabled and d.sees is distinct from 'nothing'
        order by c.given_name collate "fr-x-icu") as children
    from guardian_link l join person p on p.id = l.record_id
    where l.account_id = ${account} and p.disabled_at is null and p.enabled
    order by l.linked_at`.execute(db)
  return found.rows
}

/** What there is between an account and a record; nobody else links either of them until the transaction ends. */
export async function lockLink(db: Db, account: PersonId, record: PersonId): Promise<LinkFacts> {
  await sql`select 1 from person where id in (${account}, ${record}) order by id for update`.execute(db)
  const found = await sql<{ hasChildren: boolean; owner: PersonId | null; isPart: boolean }>`
    select exists (select 1 from guardianship where guardian_id = ${record}) as "hasChildren",
      (select account_id from guardian_link where record_id = ${record}) as owner,
      exists (select 1 from guardian_link where record_id = ${account}) as "isPart"`.execute(db)
  const { owner = null, hasChildren = false, isPart = false } = found.rows[0] ?? {}
  const linkedTo = owner === null ? 'nobody' : owner === account ? 'this' : 'another'
  return { same: account === record, hasChildren, linkedTo, isPart }
}

/** Makes a record part of an account, with what was linked to it before. */
export async function insertLink(db: Db, account: PersonId, record: PersonId, at: Date): Promise<void> {
  await sql`update guardian_link set account_id = ${account} where account_id = ${record}`.execute(db)
  await sql`
    insert into guardian_link (record_id, account_id, linked_at) values (${record}, ${account}, ${at})
    on conflict (record_id) do nothing`.execute(db)
}

/** Takes a record out of an account; false when it was no part of it. */
export async function deleteLink(db: Db, account: PersonId, record: PersonId): Promise<boolean> {
  const gone = await sql`
    delete from guardian_link where account_id = ${account} and record_id = ${record} returning 1`.execute(db)
  return gone.rows.length > 0
}

/** Takes every record out of an account; false when there was none. */
export async function deleteLinksOf(db: Db, account: PersonId): Promise<boolean> {
  const gone = await sql`delete from guardian_link where account_id = ${account} returning 1`.execute(db)
  return gone.rows.length > 0
}

/** Uses a code up without setting a password; false when somebody was faster. */
export async function spendCode(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  const spent = await sql`
    update credential set activation_hash = null, activation_expires_at = null, activation_made_by = null
    where activation_hash = ${hash} and activation_expires_at > ${now} returning 1`.execute(db)
  return spent.rows.length > 0
}
