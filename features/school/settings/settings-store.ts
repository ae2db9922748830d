// Where a school's settings are kept: one row for each section.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'

/** What a school keeps of a section; undefined when nothing was ever chosen. */
export async function findSetting(db: Db, schoolId: SchoolId, section: string): Promise<unknown> {
  const found = await db
    .selectFrom('school_setting')
    .select('value')
    .where('school_id', '=', schoolId)
    .where('section', '=', section)
    .executeTakeFirst()
  return found?.value
}

/** Keeps a section in place of what was there. */
export async function upsertSetting(
  db: Db,
  schoolId: SchoolId,
  section: string,
  value: object,
  by: PersonId,
  now: Date,
): Promise<void> {
  await sql`
    insert into school_setting (school_id, section, value, changed_by, changed_at)
    values (${schoolId}, ${section}, ${JSON.stringify(value)}, ${by}, ${now})
    on conflict (school_id, section) do update set value = excluded.value, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`.execute(db)
}
