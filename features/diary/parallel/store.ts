// Copies of diary entries in the database.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, DiaryEntryId, PersonId, SchoolId, SlotId } from '#platform/ids'
import { nextVersion } from '../store.ts'

/** Which lessons of some classes have an entry, as "<slotId>.<date>". */
export async function listWritten(
  db: Db,
  classes: readonly ClassId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select slot_id || '.' || on_date as id from diary_entry
    where class_id = any(${[...classes]}::uuid[]) and on_date between ${from}::date - 60 and ${to}::date + 60
      and slot_id is not null and withdrawn_at is null`.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}

/** Which classes have a copy of each entry, withdrawn ones apart. */
export async function listCarried(
  db: Db,
  entries: readonly DiaryEntryId[],
): Promise<Map<DiaryEntryId, Set<ClassId>>> {
  const found = await sql<{ of: DiaryEntryId; classes: ClassId[] }>`
    select copied_from as "of", array_agg(class_id) as classes from diary_entry
    where copied_from = any(${[...entries]}::uuid[]) and withdrawn_at is null group by copied_from`.execute(
    db,
  )
  return new Map(found.rows.map(({ of, classes }) => [of, new Set(classes)]))
}

export type NewCopy = {
  id: DiaryEntryId
  of: DiaryEntryId
  schoolId: SchoolId
  classId: ClassId
  slotId: SlotId
  date: LocalDate
  author: PersonId
  subject: string
  startsAt: string
  shownOnDay: boolean
}

/**
 * Copies an entry with its documents into a lesson, and returns the version that it is there; null when one stands there
 * already, and then nothing is done.
 */
export async function insertCopy(db: Db, copy: NewCopy, now: number): Promise<number | null> {
  const { id, of, schoolId, classId, slotId, date, author, subject, startsAt, shownOnDay } = copy
  const written = await sql<{ version: number }>`
    insert into diary_entry (id, school_id, class_id, slot_id, on_date, author_id, body, updated_at, subject, starts_at,
      shown_on_day, copied_from, version)
    select ${id}, ${schoolId}, ${classId}, ${slotId}, ${date}::date, ${author}, body, ${new Date(now)}, ${subject},
      ${startsAt}::time, ${shownOnDay}, id, ${nextVersion(slotId, date)}
    from diary_entry where id = ${of} and withdrawn_at is null
    on conflict (slot_id, on_date) where withdrawn_at is null do nothing returning version`.execute(db)
  const [first] = written.rows
  if (!first) return null
  await sql`
    insert into diary_attachment (entry_id, file_id, position)
    select ${id}, file_id, position from diary_attachment where entry_id = ${of}`.execute(db)
  return first.version
}

/** Those of the entries that are copies. */
export async function listCopies(db: Db, ids: readonly DiaryEntryId[]): Promise<DiaryEntryId[]> {
  const found = await sql<{ id: DiaryEntryId }>`
    select id from diary_entry where id = any(${[...ids]}::uuid[]) and copied_from is not null`.execute(db)
  return found.rows.map(({ id }) => id)
}
