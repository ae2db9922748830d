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
  const among = sql`homework_id = any(${[...homework]}::uuid[]) and pupil_id = any(${[...pupils]}::uuid[])`
  // What was touched is looked for first: most places of a grid may be empty, and none is looked up in vain.
  const found = await sql<StateRow>`
    with touched as materialized (
      select homework_id, pupil_id from submission where ${among} and replaced_at is null
      union select homework_id, pupil_id from homework_tick where ${among}
      union select homework_id, pupil_id from result where ${among})
    select p.pupil_id as "pupilId", ${stateColumns}
    from touched p join homework h on h.id = p.homework_id ${stateJoins('p.pupil_id')}`.execute(db)
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
