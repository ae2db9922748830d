// A school and its first administrator, made here and not delivered by a directory: their source is empty.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import { violates } from '#platform/db'
import type { PersonId, SchoolId } from '#platform/ids'

export type School = { id: SchoolId; name: string; uai: string | null }

/** The schools in use whose UAI or name is `text`, whatever its case; all of them when there is none. */
export async function findSchools(db: Db, text?: string): Promise<School[]> {
  const found = await sql<School>`
    select id, name, identifier as uai from org
    where type = 'school' and disabled_at is null
      and (${text ?? null}::text is null or lower(name) = lower(${text ?? ''}) or lower(identifier) = lower(${text ?? ''}))
    order by name collate "fr-x-icu"`.execute(db)
  return found.rows
}

/** Keeps others from opening schools until the transaction ends. */
export async function lockSchools(db: Db): Promise<void> {
  await sql`lock table org in share row exclusive mode`.execute(db)
}

/** A new school. */
export async function insertSchool(db: Db, name: string, uai: string | null): Promise<SchoolId> {
  const { id } = await db
    .insertInto('org')
    .values({ source: '', sourced_id: uai ?? randomUUID(), name, type: 'school', identifier: uai })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Somebody who runs a school; null when the user name is taken. */
export async function insertAdministrator(
  db: Db,
  schoolId: SchoolId,
  person: { givenName: string; familyName: string; username: string },
): Promise<PersonId | null> {
  const { givenName: given_name, familyName: family_name, username } = person
  try {
    const { id } = await db
      .insertInto('person')
      .values({ source: '', sourced_id: randomUUID(), username, given_name, family_name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('person_role')
      .values({ person_id: id, org_id: schoolId, role: 'siteAdministrator' })
      .execute()
    return id
  } catch (error) {
    if (violates(error, 'person_username')) return null
    throw error
  }
}
