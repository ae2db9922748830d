// Calendar addresses: who made them, and for whom. Of the secret only its hash is here.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import type { FeedHomework } from './contract.ts'

export type FeedRow = {
  id: string
  personId: PersonId
  childId: PersonId | null
  homework: FeedHomework
  language: 'fr' | 'en'
  madeAt: Date
  lastUsedOn: LocalDate | null
}

const columns = sql`id, person_id as "personId", child_id as "childId", homework, language, made_at as "madeAt",
  last_used_on as "lastUsedOn"`

export async function listFeeds(db: Db, person: PersonId): Promise<FeedRow[]> {
  const found = await sql<FeedRow>`
    select ${columns} from calendar_feed where person_id = ${person} order by made_at, id`.execute(db)
  return found.rows
}

export async function findFeed(db: Db, hash: Buffer): Promise<FeedRow | undefined> {
  const found = await sql<FeedRow>`select ${columns} from calendar_feed where secret_hash = ${hash}`.execute(
    db,
  )
  return found.rows[0]
}

type New = Pick<FeedRow, 'id' | 'personId' | 'childId' | 'homework' | 'language'> & { hash: Buffer }

export async function insertFeed(db: Db, feed: New, now: Date): Promise<void> {
  await sql`
    insert into calendar_feed (id, person_id, child_id, secret_hash, homework, language, made_at)
    values (${feed.id}, ${feed.personId}, ${feed.childId}, ${feed.hash}, ${feed.homework}, ${feed.language}, ${now})`.execute(
    db,
  )
}

/** One change of a person's addresses at a time, until the transaction ends. */
export async function lockFeeds(db: Db, person: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('feeds ' || ${person}::text, 0))`.execute(db)
}

/** Gives an address another secret; false when it is not this person's. */
export async function renewFeed(db: Db, person: PersonId, id: string, hash: Buffer): Promise<boolean> {
  const found = await sql`
    update calendar_feed set secret_hash = ${hash}, last_used_on = null where id = ${id} and person_id = ${person}
    returning id`.execute(db)
  return found.rows.length > 0
}

/** Ends an address; false when it is not this person's. */
export async function deleteFeed(db: Db, person: PersonId, id: string): Promise<boolean> {
  const found =
    await sql`delete from calendar_feed where id = ${id} and person_id = ${person} returning id`.execute(db)
  return found.rows.length > 0
}

/** Writes down the day on which some were read. */
export async function noteUsed(db: Db, ids: readonly string[], day: LocalDate): Promise<void> {
  await sql`
    update calendar_feed set last_used_on = ${day}::date where id = any(${[...ids]}::uuid[])
      and (last_used_on is null or last_used_on < ${day}::date)`.execute(db)
}
