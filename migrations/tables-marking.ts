// Results, rounds, scales and kept remarks: a part of tables.ts.
import type { ColumnType, Generated } from 'kysely'
import type { HomeworkId, PersonId, SchoolId, SubmissionId } from '#platform/ids'

type Made<T> = Generated<T>
type Json = ColumnType<unknown, string, string>

export type MarkingTables = {
  result: {
    homework_id: HomeworkId
    pupil_id: PersonId
    submission_id: SubmissionId | null
    mark: string | null
    feedback: Made<string>
    author_id: PersonId | null
    saved_at: Date | null
    given_back_at: Date | null
    version: Made<number>
    value: number | null
    rubric: Json | null
    round: Made<number>
    again_until: Date | null
    earlier_mark: string | null
    earlier_value: number | null
  }
  result_round: {
    homework_id: HomeworkId
    pupil_id: PersonId
    round: number
    submission_id: SubmissionId | null
    mark: string | null
    value: number | null
    feedback: string
    rubric: Json | null
    author_id: PersonId | null
    saved_at: Date
    given_back_at: Date
    again_until: Date
    word: string
  }
  mark_scale: {
    id: string
    school_id: SchoolId
    position: number
    scale: Json
    changed_by: PersonId | null
    changed_at: Date
  }
  homework_marking: {
    homework_id: HomeworkId
    scale: Json
    coefficient: number | null
    counts: Made<string>
    rubric: Json | null
    chosen_by: PersonId | null
    chosen_at: Date
  }
  remark: { id: string; owner_id: PersonId; subject: string; words: string; changed_at: Date }
}
