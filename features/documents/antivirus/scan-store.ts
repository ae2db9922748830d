// Which files the scanner is to look at, and what it said. Bytes are scanned once, for all the files that share them.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, FileId, HomeworkId, PersonId, SchoolId } from '#platform/ids'
import type { ScanState } from '../contract.ts'

/**
 * Hashes whose turn it is, at most `most`. Until `lease` seconds have passed nobody else takes them, so that work which
 * a process leaves behind is done by the next one.
 */
export async function takeDue(db: Db, most: number, lease: number): Promise<string[]> {
  const found = await sql<{ sha256: string }>`
    update file set scan_due_at = now() + make_interval(secs => ${lease}) where id in (
      select id from file where scan_due_at <= now() order by scan_due_at limit ${most} for update skip locked)
    returning sha256`.execute(db)
  return [...new Set(found.rows.map((row) => row.sha256))]
}

/** Puts bytes back into the queue, for `seconds` from now. */
export async function putBack(db: Db, sha256: string, seconds: number): Promise<void> {
  await sql`
    update file set scan_due_at = now() + make_interval(secs => ${seconds})
    where sha256 = ${sha256} and scan_due_at is not null`.execute(db)
}

export type Settled = { id: FileId; owner: PersonId }

/** Notes what was found of bytes; gives the files for which that is news. */
export async function settle(
  db: Db,
  sha256: string,
  scan: ScanState,
  finding: string | null,
): Promise<Settled[]> {
  const found = await sql<Settled & { before: ScanState }>`
    with before as (select id, scan from file where sha256 = ${sha256} for update)
    update file f set scan = ${scan}, finding = ${finding}, scanned_at = now(), scan_due_at = null
    from before b where b.id = f.id
    returning f.id, f.owner_id as owner, b.scan as before`.execute(db)
  return found.rows.filter((row) => row.before !== scan)
}

export type Shown = { classes: ClassId[]; pupils: PersonId[]; homework: HomeworkId[] }

/** Where files are shown: to classes, and as pupils' copies. */
export async function whereShown(db: Db, ids: readonly FileId[]): Promise<Shown> {
  const files = [...ids]
  const found = await sql<Shown>`
    select array(
        select distinct d.class_id from diary_attachment a join diary_entry d on d.id = a.entry_id
          where a.file_id = any(${files}::uuid[])
        union select h.class_id from homework_attachment a join homework h on h.id = a.homework_id
          where a.file_id = any(${files}::uuid[])) as classes,
      array(select distinct s.pupil_id from submission_file a join submission s on s.id = a.submission_id
        where a.file_id = any(${files}::uuid[])) as pupils,
      array(select distinct s.homework_id from submission_file a join submission s on s.id = a.submission_id
        where a.file_id = any(${files}::uuid[])) as homework`.execute(db)
  return found.rows[0] ?? { classes: [], pupils: [], homework: [] }
}

/** Lets files that wait for a scanner be served, since there is none; returns how many. */
export async function releaseWaiting(db: Db): Promise<number> {
  const found = await sql`update file set scan = 'off', scan_due_at = null where scan_due_at is not null
    and scan = 'waiting'`.execute(db)
  return Number(found.numAffectedRows ?? 0)
}

/** Asks for another look at all files, or a school's; they are served meanwhile as they were. Returns how many. */
export async function askForScan(db: Db, schoolId: SchoolId | null): Promise<number> {
  const found = await sql`
    update file set scan_due_at = now()
    where scan_due_at is null and (${schoolId}::uuid is null or school_id = ${schoolId})`.execute(db)
  return Number(found.numAffectedRows ?? 0)
}

/** How many files there are in each state, and how long the longest has waited (seconds). */
export async function scanCounts(
  db: Db,
): Promise<{ states: Partial<Record<ScanState, number>>; due: number; longest: number }> {
  const found = await sql<{ scan: ScanState; files: string }>`
    select scan, count(*) as files from file group by scan`.execute(db)
  const due = await sql<{ due: string; longest: string | null }>`
    select count(*) as due, extract(epoch from now() - min(created_at) filter (where scan = 'waiting')) as longest
    from file where scan_due_at is not null`.execute(db)
  return {
    states: Object.fromEntries(found.rows.map((row) => [row.scan, Number(row.files)])),
    due: Number(due.rows[0]?.due ?? 0),
    longest: Math.max(0, Math.round(Number(due.rows[0]?.longest ?? 0))),
  }
}

/** Lets a school's file that was set aside be served again, and all of the school's with the same bytes; gives them. */
export async function releaseFile(db: Db, schoolId: SchoolId, file: FileId): Promise<Settled[]> {
  const found = await sql<Settled>`
    update file f set scan = 'off', finding = null, scan_due_at = null
    where f.school_id = ${schoolId} and f.scan = 'infected'
      and f.sha256 = (select sha256 from file where id = ${file} and school_id = ${schoolId})
    returning f.id, f.owner_id as owner`.execute(db)
  return found.rows
}

export type SetAside = {
  id: FileId
  name: string
  finding: string
  ownerId: PersonId
  owner: string
  at: Date
}

/** A school's files in which something was found, the latest first. */
export async function listSetAside(db: Db, schoolId: SchoolId, most: number): Promise<SetAside[]> {
  const found = await sql<SetAside>`
    select f.id, f.name, coalesce(f.finding, '') as finding, f.owner_id as "ownerId",
      coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as owner, f.scanned_at as at
    from file f join person p on p.id = f.owner_id
    where f.school_id = ${schoolId} and f.scan = 'infected' order by f.scanned_at desc limit ${most}`.execute(
    db,
  )
  return found.rows
}
