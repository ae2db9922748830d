// What was drawn on a copy's files and said about it, as rows.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Corrections, Item } from './contract.ts'

/** A file of a hand-in; undefined when it is none of it. */
export async function findFile(
  db: Db,
  submission: SubmissionId,
  file: FileId,
): Promise<{ type: string; view: boolean } | undefined> {
  const found = await sql<{ type: string; view: boolean }>`
    select f.type, f.view_sha256 is not null as view from submission_file a join file f on f.id = a.file_id
    where a.submission_id = ${submission} and a.file_id = ${file}`.execute(db)
  return found.rows[0]
}

/** Holds a hand-in until the transaction ends; false when another one took its place. */
export async function lockCopy(db: Db, submission: SubmissionId): Promise<boolean> {
  const found = await sql`
    select 1 from submission where id = ${submission} and replaced_at is null for no key update`.execute(db)
  return found.rows.length > 0
}

/** All that was drawn on a hand-in's files and said about it. */
export async function findCorrections(db: Db, submission: SubmissionId): Promise<Corrections> {
  const drawn = await sql<Corrections['files'][number]>`
    select file_id as "fileId", version, items from annotation where submission_id = ${submission}
    order by file_id`.execute(db)
  const said = await sql<Corrections['voice'][number] & { at: Date; bytes: string }>`
    select f.id, f.name, f.type, f.bytes, f.view_sha256 is not null as view, v.said_at as at,
      coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as by
    from voice_message v join file f on f.id = v.file_id left join person p on p.id = v.author_id
    where v.submission_id = ${submission} order by v.said_at, f.id`.execute(db)
  const voice = said.rows.map(({ at, by, bytes, ...file }) => ({
    ...file,
    bytes: Number(bytes),
    ...(by ? { by } : {}),
    saidAt: at.toISOString(),
  }))
  return { files: drawn.rows, voice }
}

/** What is drawn on one file of a hand-in. */
export async function findDrawn(db: Db, submission: SubmissionId, file: FileId): Promise<Item[]> {
  const found = await sql<{ items: Item[] }>`
    select items from annotation where submission_id = ${submission} and file_id = ${file}`.execute(db)
  return found.rows[0]?.items ?? []
}

/** Writes what is drawn on a file, when its version is still the one that was read; says whether it was. */
export async function saveAnnotations(
  db: Db,
  of: { submission: SubmissionId; file: FileId; version: number },
  items: readonly Item[],
  author: PersonId,
  at: Date,
): Promise<boolean> {
  const json = JSON.stringify(items)
  const written =
    of.version === 0
      ? await sql`
          insert into annotation (submission_id, file_id, items, version, author_id, saved_at)
          values (${of.submission}, ${of.file}, ${json}::jsonb, 1, ${author}, ${at})
          on conflict (submission_id, file_id) do nothing`.execute(db)
      : await sql`
          update annotation set items = ${json}::jsonb, version = version + 1, author_id = ${author}, saved_at = ${at}
          where submission_id = ${of.submission} and file_id = ${of.file} and version = ${of.version}`.execute(
          db,
        )
  return written.numAffectedRows === 1n
}

/** Something is drawn on hand-in `id` or said about it. */
export const corrected = (id: RawBuilder<unknown>) => sql<boolean>`(
  exists (select 1 from annotation a where a.submission_id = ${id} and a.items <> '[]'::jsonb)
  or exists (select 1 from voice_message v where v.submission_id = ${id}))`

/**
 * Makes sure that there is a result for a hand-in that is corrected, so that this can be given back without a mark, and
 * none where nothing is left to give back. It is no version of the result: whoever writes a mark meanwhile overwrites
 * nothing.
 */
export async function settleResult(
  db: Db,
  homework: HomeworkId,
  pupil: PersonId,
  submission: SubmissionId,
  author: PersonId,
  at: Date,
): Promise<void> {
  const is = corrected(sql`${submission}::uuid`)
  await sql`
    insert into result (homework_id, pupil_id, submission_id, mark, author_id, saved_at, version)
    select ${homework}::uuid, ${pupil}::uuid, ${submission}::uuid, null, ${author}::uuid, ${at}::timestamptz, 0 where ${is}
    on conflict (homework_id, pupil_id) do update
      set submission_id = excluded.submission_id, author_id = excluded.author_id, saved_at = excluded.saved_at
      where result.saved_at is null`.execute(db)
  await sql`
    update result set saved_at = null
    where homework_id = ${homework} and pupil_id = ${pupil} and saved_at is not null and given_back_at is null
      and mark is null and feedback in ('', '<p></p>') and rubric is null and not ${is}`.execute(db)
}

/** How many messages were spoken about a hand-in, this one aside. */
export async function countOtherMessages(db: Db, submission: SubmissionId, file: FileId): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from voice_message where submission_id = ${submission} and file_id <> ${file}`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
}

/** Adds a message; nothing happens when it is there. */
export async function addMessage(
  db: Db,
  submission: SubmissionId,
  file: FileId,
  author: PersonId,
  at: Date,
): Promise<void> {
  await sql`
    insert into voice_message (submission_id, file_id, author_id, said_at)
    values (${submission}, ${file}, ${author}, ${at}) on conflict do nothing`.execute(db)
}

export async function removeMessage(db: Db, submission: SubmissionId, file: FileId): Promise<void> {
  await sql`delete from voice_message where submission_id = ${submission} and file_id = ${file}`.execute(db)
}
