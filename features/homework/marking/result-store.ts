// Results as rows: mark and feedback for one hand-in, given back or not.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'

export type NewResult = {
  submissionId: SubmissionId | null
  mark: string | null
  feedback: string
  author: PersonId
}

/** Writes a result for a hand-in. */
export async function saveResult(
  db: Db,
  id: HomeworkId,
  pupil: PersonId,
  result: NewResult,
  at: Date,
): Promise<void> {
  await sql`
    insert into result (homework_id, pupil_id, submission_id, mark, feedback, author_id, saved_at)
    values (${id}, ${pupil}, ${result.submissionId}, ${result.mark}, ${result.feedback}, ${result.author}, ${at})
    on conflict (homework_id, pupil_id) do update set submission_id = excluded.submission_id, mark = excluded.mark,
      feedback = excluded.feedback, author_id = excluded.author_id, saved_at = excluded.saved_at`.execute(db)
}

/** Forgets a result that says nothing and that nobody has seen; what was drawn or said for its hand-in keeps it, without a mark. */
export async function removeUnseenResult(db: Db, id: HomeworkId, pupil: PersonId): Promise<void> {
  const ofIt = sql`homework_id = ${id} and pupil_id = ${pupil} and given_back_at is null`
  const corrected = sql`(submission_id in (select submission_id from annotation)
    or submission_id in (select submission_id from voice_message))`
  await sql`update result set mark = null, feedback = '' where ${ofIt} and ${corrected}`.execute(db)
  await sql`delete from result where ${ofIt} and ${corrected} is not true`.execute(db)
}

/** The hand-in of a pupil that counts, and whether a result was given back. */
export async function findStanding(
  db: Db,
  id: HomeworkId,
  pupil: PersonId,
): Promise<{ submissionId: SubmissionId | null; givenBack: boolean }> {
  const found = await sql<{ submissionId: SubmissionId | null; givenBack: boolean }>`
    select (select id from submission where homework_id = ${id} and pupil_id = ${pupil} and replaced_at is null)
        as "submissionId",
      exists (select 1 from result where homework_id = ${id} and pupil_id = ${pupil} and given_back_at is not null)
        as "givenBack"`.execute(db)
  return found.rows[0] ?? { submissionId: null, givenBack: false }
}

/**
 * Gives back what is saved for the hand-ins that are current, for all pupils or those named. `saved`: how many results
 * there are; `given`: whose are new to them; `renewed`: how many were left, since a newer hand-in came after them.
 */
export async function giveBack(
  db: Db,
  id: HomeworkId,
  pupils: readonly PersonId[] | null,
  at: Date,
): Promise<{ saved: number; given: PersonId[]; renewed: number }> {
  const named = pupils ? sql`and r.pupil_id = any(${[...pupils]}::uuid[])` : sql``
  const given = await sql<{ pupil: PersonId }>`
    update result r set given_back_at = ${at}
    where r.homework_id = ${id} and r.given_back_at is null ${named} and r.submission_id is not distinct from (
      select s.id from submission s where s.homework_id = r.homework_id and s.pupil_id = r.pupil_id
        and s.replaced_at is null)
    returning r.pupil_id as pupil`.execute(db)
  const counted = await sql<{ saved: number; renewed: number }>`
    select count(*)::int as saved, (count(*) filter (where r.given_back_at is null))::int as renewed
    from result r where r.homework_id = ${id} ${named}`.execute(db)
  return { ...(counted.rows[0] ?? { saved: 0, renewed: 0 }), given: given.rows.map((r) => r.pupil) }
}
