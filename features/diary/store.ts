// Diary entries in the database; a withdrawn one stays, so that it can come back.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, DiaryEntryId, FileId, PersonId, SchoolId, SlotId } from '#platform/ids'
import type { Entry } from './contract.ts'

export type EntryRow = Entry & {
  classId: ClassId
  slotId: SlotId | null
  /** The day on which the timetable has the lesson; `date` is the one on which it takes place. */
  onDate: string
  authorId: PersonId | null
  version: number
  /** Its last writer's name for the save. */
  attempt: string | null
  savedAt: Date
}

const entryColumns = sql`
  d.id, d.class_id as "classId", d.slot_id as "slotId", d.on_date as "onDate", d.author_id as "authorId",
  d.version, d.attempt, d.updated_at as "savedAt", coalesce(ch.to_date, d.on_date) as date, d.body,
  coalesce(d.slot_id::text, d.id::text) || '.' || d.on_date::text as "lessonId",
  coalesce(s.title, d.subject, c.subject, c.title) as subject, nullif(d.shown_on_day, false) as "shownOnDay",
  nullif(concat_ws(' ', coalesce(p.preferred_name, p.given_name), p.family_name), '') as teacher,
  case when c.type = 'scheduled' then json_build_object('key', c.key, 'title', c.title) end as "group",
  coalesce((select json_agg(json_strip_nulls(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes, 'scan', case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end)) order by a.position)
    from diary_attachment a join file f on f.id = a.file_id where a.entry_id = d.id), '[]') as attachments`
const entryTables = sql`
  diary_entry d join class c on c.id = d.class_id left join slot s on s.id = d.slot_id
    left join person p on p.id = d.author_id
    left join lesson_change ch on ch.slot_id = d.slot_id and ch.on_date = d.on_date and ch.kind = 'moved'`

type Found = Omit<EntryRow, 'teacher' | 'group' | 'shownOnDay'> & {
  teacher: string | null
  group: Entry['group'] | null
  shownOnDay: true | null
}

const present = ({ teacher, group, shownOnDay, ...row }: Found): EntryRow => ({
  ...row,
  ...(shownOnDay ? { shownOnDay } : {}),
  ...(teacher ? { teacher } : {}),
  ...(group ? { group } : {}),
})

/**
 * The entries of some classes from one day to another, both included, in the order of the lessons. A lesson that was
 * moved counts where it takes place, by up to sixty days.
 */
export async function listEntries(
  db: Db,
  classIds: readonly ClassId[],
  from: string,
  to: string,
): Promise<EntryRow[]> {
  const found = await sql<Found>`
    select ${entryColumns} from ${entryTables}
    where d.class_id = any(${[...classIds]}::uuid[]) and d.on_date between ${from}::date - 60 and ${to}::date + 60
      and coalesce(ch.to_date, d.on_date) between ${from}::date and ${to}::date and d.withdrawn_at is null
    order by coalesce(ch.to_date, d.on_date), coalesce(ch.to_starts_at, s.starts_at, d.starts_at), d.id`.execute(
    db,
  )
  return found.rows.map(present)
}

/** One entry, withdrawn or not. */
export async function findEntry(db: Db, id: DiaryEntryId): Promise<EntryRow | undefined> {
  const found = await sql<Found>`select ${entryColumns} from ${entryTables} where d.id = ${id}`.execute(db)
  return found.rows.map(present)[0]
}

/** The entry that stands in a lesson. */
export async function findStanding(db: Db, slotId: SlotId, date: string): Promise<EntryRow | undefined> {
  const found = await sql<Found>`
    select ${entryColumns} from ${entryTables}
    where d.slot_id = ${slotId} and d.on_date = ${date}::date and d.withdrawn_at is null`.execute(db)
  return found.rows.map(present)[0]
}

/** The same, held until the transaction ends. */
export async function lockEntry(db: Db, slotId: SlotId, date: string): Promise<EntryRow | undefined> {
  await sql`
    select 1 from diary_entry where slot_id = ${slotId} and on_date = ${date}::date and withdrawn_at is null
    for no key update`.execute(db)
  return findStanding(db, slotId, date)
}

/** The files that stay usable in a lesson's entry because they are on it already. */
export async function listAttached(db: Db, slotId: SlotId, date: string): Promise<FileId[]> {
  const found = await sql<{ id: FileId }>`
    select a.file_id as id from diary_entry d join diary_attachment a on a.entry_id = d.id
    where d.slot_id = ${slotId} and d.on_date = ${date}`.execute(db)
  return found.rows.map((r) => r.id)
}

export type Writing = {
  id: DiaryEntryId
  classId: ClassId
  slotId: SlotId
  date: string
  author: PersonId
  body: string
  attachments: readonly FileId[]
  shownOnDay: boolean
  /** What the lesson is and when it begins by the timetable, for when an import takes its slot away. */
  subject: string
  startsAt: string
  attempt: string | null
}

/** The next version of a lesson's entry: no number comes twice, even when one was withdrawn and another one written. */
export const nextVersion = (slotId: SlotId, date: string) => sql<number>`(
  select coalesce(max(v.version), 0) + 1 from diary_entry v where v.slot_id = ${slotId} and v.on_date = ${date}::date)`

/** Writes a lesson's first entry; false when one stands there, and then nothing is done. */
export async function insertEntry(db: Db, schoolId: SchoolId, entry: Writing, now: number): Promise<boolean> {
  const written = await sql`
    insert into diary_entry (id, school_id, class_id, slot_id, on_date, author_id, body, updated_at,
      subject, starts_at, shown_on_day, attempt, version)
    values (${entry.id}, ${schoolId}, ${entry.classId}, ${entry.slotId}, ${entry.date}, ${entry.author}, ${entry.body}, ${new Date(now)},
      ${entry.subject}, ${entry.startsAt}, ${entry.shownOnDay}, ${entry.attempt}, ${nextVersion(entry.slotId, entry.date)})
    on conflict (slot_id, on_date) where withdrawn_at is null do nothing returning id`.execute(db)
  if (written.rows.length === 0) return false
  await setAttachments(db, entry.id, entry.attachments)
  return true
}

/** Writes an entry that the transaction holds in place of what it was; it keeps its id. */
export async function updateEntry(db: Db, id: DiaryEntryId, entry: Writing, now: number): Promise<void> {
  const { body, author, subject, startsAt, shownOnDay, attempt, slotId, date } = entry
  await sql`
    update diary_entry set body = ${body}, author_id = ${author}, updated_at = ${new Date(now)}, subject = ${subject},
      starts_at = ${startsAt}, shown_on_day = ${shownOnDay}, attempt = ${attempt}, version = ${nextVersion(slotId, date)}
    where id = ${id}`.execute(db)
  await setAttachments(db, id, entry.attachments)
}

async function setAttachments(db: Db, id: DiaryEntryId, files: readonly FileId[]): Promise<void> {
  await db.deleteFrom('diary_attachment').where('entry_id', '=', id).execute()
  const rows = files.map((file_id, position) => ({ entry_id: id, file_id, position }))
  if (rows.length > 0) await db.insertInto('diary_attachment').values(rows).execute()
}

/** Withdraws an entry, or brings it back with null. */
export async function setWithdrawn(db: Db, id: DiaryEntryId, at: Date | null): Promise<void> {
  await db.updateTable('diary_entry').set({ withdrawn_at: at }).where('id', '=', id).execute()
}
