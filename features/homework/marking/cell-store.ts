// The cells of a class's grid: where each of its pupils stands with each piece of homework.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Marking } from '../scales/contract.ts'
import { isComplete, unmarked } from '../scales/scale-rules.ts'
import { type PupilWorkState, presentState, type StateRow, stateColumns, stateJoins } from '../work-store.ts'

export type Cell = PupilWorkState & {
  saved?: boolean
  submissionId?: SubmissionId
  version?: number
  complete?: boolean
}

/** Where pupils stand with homework, in one query, with what is saved but not given back yet; none for nothing yet. */
export async function listCells(
  db: Db,
  markings: ReadonlyMap<HomeworkId, Marking>,
  homework: readonly HomeworkId[],
  pupils: readonly PersonId[],
): Promise<Cell[]> {
  const found = await sql<StateRow>`
    with asked as (
      select h.id as homework_id, p.id as pupil_id
      from unnest(${[...homework]}::uuid[]) as h (id) cross join unnest(${[...pupils]}::uuid[]) as p (id)),
    touched as (
      select homework_id, pupil_id from submission where homework_id = any(${[...homework]}::uuid[]) and replaced_at is null
      union select homework_id, pupil_id from homework_tick where homework_id = any(${[...homework]}::uuid[])
      union select homework_id, pupil_id from result where homework_id = any(${[...homework]}::uuid[]))
    select p.pupil_id as "pupilId", ${stateColumns}
    from asked p join touched using (homework_id, pupil_id) join homework h on h.id = p.homework_id
      ${stateJoins('p.pupil_id')}
    where t.at is not null or s.id is not null or r.version is not null`.execute(db)
  return found.rows.map((r) => {
    const saved = r.savedAt !== null && r.givenBackAt === null && r.current
    const marking = markings.get(r.homeworkId) ?? unmarked
    return {
      ...presentState(r),
      ...(r.mark === null ? {} : { mark: r.mark }),
      ...(saved ? { saved, complete: isComplete(marking, r.mark, r.filled) } : {}),
      ...(r.submissionId ? { submissionId: r.submissionId } : {}),
      ...(r.version ? { version: r.version } : {}),
    }
  })
}
