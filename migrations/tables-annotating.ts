// The tables of what is drawn on copies and said about them.
import type { ColumnType } from 'kysely'
import type { FileId, PersonId, SubmissionId } from '#platform/ids'

export type AnnotatingTables = {
  annotation: {
    submission_id: SubmissionId
    file_id: FileId
    items: ColumnType<unknown, string, string>
    version: number
    author_id: PersonId | null
    saved_at: Date
  }
  voice_message: {
    submission_id: SubmissionId
    file_id: FileId
    author_id: PersonId | null
    said_at: Date
  }
}
