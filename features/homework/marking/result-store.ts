// Results as rows: mark and feedback for one hand-in, given back or not, in the round that is open.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import { corrected } from '../annotating/annotating-store.ts'
import type { Filled } from '../scales/contract.ts'

export type NewResult = {
  submissionId: SubmissionId | null
  mark: string | null
  /** The mark as a share of its scale. */
  value: number | null
  feedback: string
  rubric: Filled | null
  author: PersonId
}

/** Writes the next version of a result for a hand-in; `at` null: nothing is written any more. */
export async function saveResult(
  db: Db,
  id: HomeworkId,
  pupil: PersonId,
  r: NewResult,
  at: Date | null,
): Promise<void> {
  const rubric = r.rubric && JSON.stringify(r.rubric)
  await sql`
    insert into result (homework_id, pupil_id, submission_id, mark, value, feedback, rubric, author_id, saved_at)
    values (${id}, ${pupil}, ${r.submissionId}, ${r.mark}, ${r.value}, ${r.feedback}, ${rubric}, ${r.author}, ${at})
    on conflict (homework_id, pupil_id) do update set submission_id = excluded.submission_id, mark = excluded.mark,
      value = excluded.value, feedback = excluded.feedback, rubric = excluded.rubric, author_id = excluded.author_id,
      saved_at = excluded.saved_at, version = result.version + 1`.execute(db)
}

export type Standing = {
  /** The hand-in that counts. */
  submissionId: SubmissionId | null
  givenBack: boolean
  /** 0 where nothing was ever written. */
  version: number
  mark: string | null
  feedback: string
  rubric: Filled | null
  /** Something was drawn or said for the hand-in that counts: its result stays, also without a word. */
  corrected: boolean
}

/** What there is for a pupil in the round that is open. */
export async function findStanding(db: Db, id: HomeworkId, pupil: PersonId): Promise<Standing> {
  const found = await sql<Standing>`
    select s.id as "submissionId", r.given_back_at is not null as "givenBack", coalesce(r.version, 0) as version,
      r.mark, coalesce(r.feedback, '') as feedback, r.rubric,
      ${corrected(sql`s.id`)} as corrected
    from (select 1) one
      left join submission s on s.homework_id = ${id} and s.pupil_id = ${pupil} and s.replaced_at is null
      left join result r on r.homework_id = ${id} and r.pupil_id = ${pupil}`.execute(db)
  return found.rows[0] as Standing
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
    where r.homework_id = ${id} and r.given_back_at is null and r.saved_at is not null ${named}
      and r.submission_id is not distinct from (
        select s.id from submission s where s.homework_id = r.homework_id and s.pupil_id = r.pupil_id
          and s.replaced_at is null)
    returning r.pupil_id as pupil`.execute(db)
  const counted = await sql<{ saved: number; renewed: number }>`
    select count(*)::int as saved, (count(*) filter (where r.given_back_at is null))::int as renewed
    from result r where r.homework_id = ${id} and r.saved_at is not null ${named}`.execute(db)
  return { ...(counted.rows[0] ?? { saved: 0, renewed: 0 }), given: given.rows.map((r) => r.pupil) }
}
