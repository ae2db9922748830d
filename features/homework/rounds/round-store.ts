// Rounds of one piece of homework: a copy that was given back to be done again, with its mark, is kept beside the next.
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Round } from '../contract.ts'

/**
 * Closes the round of each pupil whose result is for the copy that counts, given back or not: result and copy become an
 * earlier round, and the next one begins with nothing. Returns whose.
 */
export async function closeRounds(
  db: Db,
  id: HomeworkId,
  pupils: readonly PersonId[],
  of: { until: Date; word: string; at: Date; best: boolean },
): Promise<PersonId[]> {
  const closed = await sql<{ pupil: PersonId }>`
    insert into result_round (homework_id, pupil_id, round, submission_id, mark, value, feedback, rubric, author_id,
      saved_at, given_back_at, again_until, word)
    select r.homework_id, r.pupil_id, r.round, r.submission_id, r.mark, r.value, r.feedback, r.rubric, r.author_id,
      r.saved_at, coalesce(r.given_back_at, ${of.at}), ${of.until}, ${of.word}
    from result r join submission s on s.id = r.submission_id and s.replaced_at is null
    where r.homework_id = ${id} and r.pupil_id = any(${[...pupils]}::uuid[]) and r.saved_at is not null
    returning pupil_id as pupil`.execute(db)
  const among = sql`any(${closed.rows.map((row) => row.pupil)}::uuid[])`
  await sql`
    update result r set round = r.round + 1, version = r.version + 1, submission_id = null, mark = null, value = null,
      feedback = '', rubric = null, saved_at = null, given_back_at = null, again_until = ${of.until},
      earlier_mark = case when ${of.best} and r.earlier_value > coalesce(r.value, -1) then r.earlier_mark
        else coalesce(r.mark, r.earlier_mark) end,
      earlier_value = case when ${of.best} then greatest(r.earlier_value, r.value) end
    where r.homework_id = ${id} and r.pupil_id = ${among}`.execute(db)
  await sql`update submission set replaced_at = ${of.at}
    where homework_id = ${id} and pupil_id = ${among} and replaced_at is null`.execute(db)
  return closed.rows.map((row) => row.pupil)
}

const roundsText = `
  select e.round, e.again_until as "againUntil", e.word,
    json_build_object('mark', e.mark, 'feedback', e.feedback, 'rubric', e.rubric, 'givenBackAt', e.given_back_at)
      as result,
    json_build_object('id', s.id, 'text', s.body, 'submittedAt', s.submitted_at, 'late', s.late, 'files', (
      select coalesce(json_agg(json_strip_nulls(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes,
        'sha256', f.sha256, 'view', f.view_sha256 is not null,
        'scan', case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end)) order by a.position), '[]')
      from submission_file a join file f on f.id = a.file_id where a.submission_id = s.id)) as submission
  from result_round e join submission s on s.id = e.submission_id
  where e.homework_id = $1 and e.pupil_id = $2 order by e.round`

const utc = (time: string | Date) => new Date(time).toISOString()

/** The rounds of one pupil's work that are over, the first one first. */
export async function listRounds(
  pool: Pick<pg.Pool, 'query'>,
  id: HomeworkId,
  pupil: PersonId,
): Promise<Round[]> {
  const values = [id, pupil]
  const found = await pool.query<Round>({ name: 'homework rounds', text: roundsText, values })
  return found.rows.map(({ submission, result, againUntil, ...row }) => ({
    ...row,
    againUntil: utc(againUntil),
    submission: { ...submission, submittedAt: utc(submission.submittedAt) },
    result: { ...result, givenBackAt: utc(result.givenBackAt ?? '') },
  }))
}

/** Whether a hand-in belongs to a round that is over: its pupil has seen what came back. */
export async function isClosed(db: Db, submission: SubmissionId): Promise<boolean> {
  const found = await sql`select 1 from result_round where submission_id = ${submission}`.execute(db)
  return found.rows.length > 0
}
