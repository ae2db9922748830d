// The cells of a class's grid: where each of its pupils stands with each piece of homework.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Marking } from '../scales/contract.ts'
import { isComplete, unmarked } from '../scales/scale-rules.ts'
import { type PupilWorkState, presentState, type StateRow, stateColumns } from '../work-store.ts'

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
  // What was touched is looked for first: most places of a grid may be empty, and none is looked up in vain. Each table is
  // read once and joined in memory: the planner knows too little of so many pairs to do so by itself.
  const found = await sql<StateRow>`
    with copies as materialized (
        select homework_id, pupil_id, id, submitted_at, late from submission where ${among} and replaced_at is null),
      ticks as materialized (select homework_id, pupil_id, at from homework_tick where ${among}),
      results as materialized (select * from result where ${among}),
      touched as (select homework_id, pupil_id from copies union select homework_id, pupil_id from ticks
        union select homework_id, pupil_id from results)
    select p.pupil_id as "pupilId", ${stateColumns}
    from touched p join homework h on h.id = p.homework_id
      left join ticks t on t.homework_id = p.homework_id and t.pupil_id = p.pupil_id
      left join copies s on s.homework_id = p.homework_id and s.pupil_id = p.pupil_id
      left join results r on r.homework_id = p.homework_id and r.pupil_id = p.pupil_id`.execute(db)
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
