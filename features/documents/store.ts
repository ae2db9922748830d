// Rows of files, and the one query that decides who may read a file's bytes.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { FileRef, ScanState } from './contract.ts'
import { type Asker, alive, rightOn } from './nodes/rights-store.ts'

export type FileRow = Omit<FileRef, 'scan'> & {
  viewSha256: string | null
  /** The PDF made of an office document. */
  previewSha256: string | null
  scan: ScanState
  owner: PersonId
}

/** A file to be added; it is the owner's, and `forHandIn` when it was uploaded on a hand-in's page. */
export type NewFile = Omit<FileRow, 'owner' | 'previewSha256'> & { forHandIn: boolean }

type Row = {
  id: FileId
  name: string
  type: string
  bytes: string
  sha256: string
  viewSha256: string | null
  previewSha256: string | null
  scan: ScanState
  owner: PersonId
}

const columns = sql`f.id, f.name, f.type, f.bytes, f.sha256, f.view_sha256 as "viewSha256",
  f.preview_sha256 as "previewSha256",  f.scan, f.owner_id as owner`

const present = (row: Row): FileRow => ({ ...row, bytes: Number(row.bytes), view: row.viewSha256 !== null })

/** Adds a file. Nothing happens when the id is taken: the same claim came twice. */
export async function insertFile(
  db: Db,
  schoolId: SchoolId,
  owner: PersonId,
  file: NewFile,
  now: number,
): Promise<void> {
  await db
    .insertInto('file')
    .values({
      id: file.id,
      school_id: schoolId,
      owner_id: owner,
      sha256: file.sha256,
      bytes: file.bytes,
      name: file.name,
      type: file.type,
      view_sha256: file.viewSha256,
      created_at: new Date(now),
      for_hand_in: file.forHandIn,
      scan: file.scan,
      // By the database's clock, as the scanner's queue is.
      scan_due_at: file.scan === 'waiting' ? sql<Date>`now()` : null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Notes the upright view that was made of a photo. */
export async function setView(db: Db, id: FileId, viewSha256: string): Promise<void> {
  await db.updateTable('file').set({ view_sha256: viewSha256 }).where('id', '=', id).execute()
}

/** Notes that files were handed in: from now on they are the school's to keep. Part of a hand-in's transaction. */
export async function noteHandedIn(tx: Db, ids: readonly FileId[]): Promise<void> {
  await sql`update file set handed_in = true where id = any(${[...ids]}::uuid[]) and not handed_in`.execute(
    tx,
  )
}

/** A person's own file. */
export async function findOwn(db: Db, owner: PersonId, id: FileId): Promise<FileRow | undefined> {
  const found =
    await sql<Row>`select ${columns} from file f where f.id = ${id} and f.owner_id = ${owner}`.execute(db)
  return found.rows.map(present)[0]
}

/** A person's own files with these bytes, the one called `name` first. */
export async function findOwnByHash(
  db: Db,
  owner: PersonId,
  sha256: string,
  name: string,
): Promise<FileRow | undefined> {
  const found = await sql<Row>`
    select ${columns} from file f where f.owner_id = ${owner} and f.sha256 = ${sha256}
    order by f.name = ${name} desc, f.created_at limit 1`.execute(db)
  return found.rows.map(present)[0]
}

/** Notes that its owner was given a file again; false when it is gone. What wants it next finds it there. */
export async function noteClaimed(db: Db, id: FileId, now: number): Promise<boolean> {
  const noted = await db
    .updateTable('file')
    .set({ claimed_at: new Date(now) })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}

/** Some files, whoever owns them, in no particular order. */
export async function listFiles(db: Db, ids: readonly FileId[]): Promise<FileRow[]> {
  const found = await sql<Row>`select ${columns} from file f where f.id = any(${[...ids]}::uuid[])`.execute(
    db,
  )
  return found.rows.map(present)
}

/** Those of the files that are the person's own, in no particular order. */
export async function listOwn(db: Db, owner: PersonId, ids: readonly FileId[]): Promise<FileId[]> {
  const found = await sql<{ id: FileId }>`
    select id from file where id = any(${[...ids]}::uuid[]) and owner_id = ${owner}`.execute(db)
  return found.rows.map((r) => r.id)
}

/** A school that the person belongs to; a file is kept in its name. */
export async function findSchoolOf(db: Db, person: PersonId): Promise<SchoolId | undefined> {
  const found = await sql<{ id: SchoolId }>`
    select o.id from person_role r join org o on o.id = r.org_id
      where r.person_id = ${person} and o.type = 'school' and o.disabled_at is null
    union all
    select c.school_id from enrollment e join class c on c.id = e.class_id
      where e.person_id = ${person} and e.disabled_at is null
    limit 1`.execute(db)
  return found.rows[0]?.id
}

/**
 * The file, if the asker may read it: its owner; whoever sees the class of a diary entry that it is attached to, once the
 * entry is shown, or homework that it is attached to; of a submission, the pupil, the pupil's guardians and the teachers of the homework's
 * class; whoever sees the node of a space whose latest version it is, and of an earlier version those who may change it;
 * of what a teacher said about a hand-in, its teachers, and once it was given back its pupil and guardians.
 */
export async function findReadable(db: Db, asker: Asker, id: FileId): Promise<FileRow | undefined> {
  const { account } = asker
  const found = await sql<Row>`
    select ${columns} from file f where f.id = ${id} and (
      f.owner_id = ${account}
      or exists (
        select 1 from diary_attachment a join diary_entry d on d.id = a.entry_id
        where a.file_id = f.id and d.withdrawn_at is null and ${isShown(asker)} and ${seesClass(asker, 'd.class_id')})
      or exists (
        select 1 from homework_attachment a join homework h on h.id = a.homework_id
        where a.file_id = f.id and h.withdrawn_at is null and ${seesClass(asker, 'h.class_id')}
          and (${hasHomework(asker)} or exists (
            select 1 from enrollment e where e.class_id = h.class_id and e.person_id = ${account}
              and e.role = 'teacher' and ${inForce('e', asker.today)})))
      or exists (
        select 1 from submission_file a join submission s on s.id = a.submission_id
          join homework h on h.id = s.homework_id
        where a.file_id = f.id and (
          s.pupil_id = ${account}
          or exists (
            select 1 from care g where g.child_id = s.pupil_id and g.guardian_id = ${account} and g.sees = 'all')
          or exists (
            select 1 from enrollment e where e.class_id = h.class_id and e.person_id = ${account}
              and e.role = 'teacher' and ${inForce('e', asker.today)})))
      or exists (
        select 1 from space_node n where n.file_id = f.id and ${alive('n')} and ${rightOn(asker, 'n')} > 0)
      or exists (
        select 1 from space_version v join space_node n on n.id = v.node_id
        where v.file_id = f.id and ${alive('n')} and ${rightOn(asker, 'n')} >= 3)
      or exists (
        select 1 from voice_message v join submission s on s.id = v.submission_id
          join homework h on h.id = s.homework_id
        where v.file_id = f.id and (
          ${wasGivenBack} and (s.pupil_id = ${account} or exists (
            select 1 from care g where g.child_id = s.pupil_id and g.guardian_id = ${account} and g.sees = 'all'))
          or exists (
            select 1 from enrollment e where e.class_id = h.class_id and e.person_id = ${account}
              and e.role = 'teacher' and ${inForce('e', asker.today)}))))`.execute(db)
  return found.rows.map(present)[0]
}

/**
 * Entry `d` is shown by now, on the day on which its lesson takes place, as by the diary's `isAhead`; to whoever writes for
 * the lesson it always is.
 */
const isShown = ({ account, today }: Asker) => sql`(not d.shown_on_day or d.author_id = ${account}
  or coalesce((select m.to_date from lesson_change m
    where m.slot_id = d.slot_id and m.on_date = d.on_date and m.kind = 'moved'), d.on_date) <= ${today}::date
  or exists (
    select 1 from slot l where l.id = d.slot_id and (l.teacher_id = ${account} or l.teacher_id is null and exists (
      select 1 from enrollment e where e.class_id = d.class_id and e.person_id = ${account}
        and e.role = 'teacher' and ${inForce('e', today)})))
  or exists (
    select 1 from lesson_cover v
    where v.slot_id = d.slot_id and v.on_date = d.on_date and v.teacher_id = ${account} and v.withdrawn_at is null))`

/** Of hand-in `s`: what was said about it belongs to the pupil now. */
const wasGivenBack = sql`(exists (select 1 from result r where r.homework_id = s.homework_id
    and r.pupil_id = s.pupil_id and r.submission_id = s.id and r.given_back_at is not null)
  or exists (select 1 from result_round o where o.homework_id = s.homework_id
    and o.pupil_id = s.pupil_id and o.submission_id = s.id))`

/** Homework `h` can be seen, and is for its whole class, for the asker or for a child of theirs. */
const hasHomework = ({ account }: Asker) => sql`h.publish_at is null and (not h.for_some or exists (
  select 1 from assigned a where a.homework_id = h.id and (a.pupil_id = ${account}
    or a.pupil_id in (select child_id from care where guardian_id = ${account}))))`

/**
 * In the class, guardian of a pupil in it, or running its school, while both are in use: as the people feature's
 * `classSeenBy`, here within the one query that finds the file.
 */
const seesClass = ({ account, today, administratorRoles }: Asker, column: string) => sql`exists (
  select 1 from class c join org o on o.id = c.school_id
  where c.id = ${sql.ref(column)} and c.disabled_at is null and o.disabled_at is null and (
    exists (
      select 1 from enrollment e where e.class_id = c.id and ${inForce('e', today)} and (
        e.person_id = ${account} and e.role in ('student', 'teacher', 'administrator')
        or e.role = 'student' and exists (
          select 1 from care g where g.child_id = e.person_id and g.guardian_id = ${account})))
    or exists (
      select 1 from person_role r where r.org_id = c.school_id and r.person_id = ${account}
        and r.role = any(${[...administratorRoles]}) and ${within('r', today)})))`
