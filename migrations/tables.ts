// The shape of the database after the last migration, for the query builder. Dates come as "YYYY-MM-DD",
// times as "HH:MM:SS", timestamptz as Date (see platform/db).
import type { ColumnType, Generated } from 'kysely'
import type {
  ClassId,
  DiaryEntryId,
  FileId,
  HomeworkId,
  PersonId,
  SchoolId,
  SlotId,
  SubmissionId,
} from '#platform/ids'
import type { AbsenceTables } from './tables-absences.ts'
import type { AnnotatingTables } from './tables-annotating.ts'
import type { MarkingTables } from './tables-marking.ts'
import type { SchoolTables } from './tables-school.ts'
import type { SpaceTables } from './tables-spaces.ts'

type Made<T> = Generated<T>
type Json = ColumnType<unknown, string, string>
type Bytes = ColumnType<string, number, number>

export type Tables = AbsenceTables &
  AnnotatingTables &
  SchoolTables &
  SpaceTables &
  MarkingTables & {
    org: {
      id: Made<SchoolId>
      source: string
      sourced_id: string
      name: string
      type: string
      identifier: string | null
      parent_id: SchoolId | null
      zone: Made<string>
      key: Made<string>
      disabled_at: Date | null
    }
    academic_session: {
      id: Made<string>
      source: string
      sourced_id: string
      title: string
      type: string
      start_date: string
      end_date: string
      school_year: string
      parent_id: string | null
      disabled_at: Date | null
    }
    course: {
      id: Made<string>
      source: string
      sourced_id: string
      org_id: SchoolId
      title: string
      code: string | null
      subject: string | null
      disabled_at: Date | null
    }
    class: {
      id: Made<ClassId>
      source: string
      sourced_id: string
      school_id: SchoolId
      course_id: string | null
      title: string
      code: string | null
      type: string
      grades: string | null
      location: string | null
      subject: string | null
      key: Made<string>
      disabled_at: Date | null
    }
    class_session: { class_id: ClassId; session_id: string }
    person: {
      id: Made<PersonId>
      source: string
      sourced_id: string
      username: string
      given_name: string
      family_name: string
      preferred_name: string | null
      identifier: string | null
      grades: string | null
      email: string | null
      key: Made<string>
      enabled: Made<boolean>
      disabled_at: Date | null
      last_seen_on: string | null
    }
    person_role: {
      person_id: PersonId
      org_id: SchoolId
      role: string
      is_primary: Made<boolean>
      begin_date: string | null
      end_date: string | null
      source: Made<string>
    }
    guardianship: { guardian_id: PersonId; child_id: PersonId; source: string }
    guardian_right: {
      guardian_id: PersonId
      child_id: PersonId
      sees: string
      set_by: PersonId | null
      set_at: Date
    }
    /** A view: never written. */
    care: { guardian_id: PersonId; child_id: PersonId; sees: 'all' | 'day' }
    guardian_link: { record_id: PersonId; account_id: PersonId; linked_at: Date }
    enrollment: {
      class_id: ClassId
      person_id: PersonId
      role: string
      source: string
      sourced_id: string
      is_primary: Made<boolean>
      begin_date: string | null
      end_date: string | null
      disabled_at: Date | null
    }
    import_run: {
      id: Made<string>
      source: string
      started_at: Date
      finished_at: Date | null
      applied: boolean
      report: Json
    }
    credential: {
      person_id: PersonId
      password_hash: string | null
      password_changed_at: Date | null
      activation_hash: Buffer | null
      activation_expires_at: Date | null
      activation_made_by: PersonId | null
      passes_from: Date | null
    }
    known_device: { person_id: PersonId; device_id: string; first_seen_on: string; last_seen_on: string }
    signin_failure: { person_id: PersonId; device_id: string; failures: number; last_at: Date }
    revoked_pass: { pass_id: string; revoked_at: Date }
    signing_key: { kid: string; purpose: string; secret: Buffer; created_at: Date; retired_at: Date | null }
    account_event: {
      id: Made<string>
      school_id: SchoolId | null
      person_id: PersonId | null
      by_person_id: PersonId | null
      kind: string
      at: Date
    }
    slot: {
      id: Made<SlotId>
      school_id: SchoolId
      class_id: ClassId
      teacher_id: PersonId | null
      source: string
      uid: string
      title: string
      subject: string | null
      room: string | null
      starts_at: string
      ends_at: string
      dates: string[]
      cancelled_dates: Made<string[]>
    }
    lesson_change: {
      slot_id: SlotId
      on_date: string
      kind: string
      to_date: string | null
      to_starts_at: string | null
      to_ends_at: string | null
      to_room: string | null
      note: string | null
      by_person_id: PersonId | null
      at: Date
    }
    file: {
      id: FileId
      school_id: SchoolId
      owner_id: PersonId
      sha256: string
      bytes: ColumnType<string, number, never>
      name: string
      type: string
      view_sha256: string | null
      preview_sha256: Made<string | null>
      created_at: Date
      scan: Made<string>
      scan_due_at: Date | null
      scanned_at: Date | null
      finding: string | null
      for_hand_in: Made<boolean>
      handed_in: Made<boolean>
      claimed_at: Made<Date | null>
    }
    loose_bytes: { hash: string; since: Date }
    storage_use: {
      person_id: PersonId
      school_id: SchoolId
      own_bytes: Bytes
      handed_in_bytes: Bytes
    }
    school_quota: {
      school_id: SchoolId
      bytes: Bytes | null
      pupil_bytes: Bytes | null
      adult_bytes: Bytes | null
    }
    person_quota: { person_id: PersonId; school_id: SchoolId; bytes: Bytes }
    diary_entry: {
      id: DiaryEntryId
      school_id: SchoolId
      class_id: ClassId
      slot_id: SlotId | null
      on_date: string
      author_id: PersonId | null
      body: string
      updated_at: Date
      withdrawn_at: Date | null
      subject: string | null
      starts_at: string | null
      copied_from: DiaryEntryId | null
      shown_on_day: Made<boolean>
      version: Made<number>
      attempt: string | null
    }
    diary_attachment: { entry_id: DiaryEntryId; file_id: FileId; position: number }
    homework: {
      id: HomeworkId
      school_id: SchoolId
      class_id: ClassId
      author_id: PersonId | null
      slot_id: SlotId | null
      set_on: string
      title: string
      body: string
      due_at: Date
      hand_in: boolean
      created_at: Date
      updated_at: Date
      withdrawn_at: Date | null
      for_some: Made<boolean>
      publish_at: Date | null
      minutes: number | null
      version: Made<number>
      changed_by: PersonId | null
    }
    homework_pupil: { homework_id: HomeworkId; pupil_id: PersonId }
    /** A view: never written. */
    assigned: {
      homework_id: HomeworkId
      pupil_id: PersonId
      begin_date: string | null
      end_date: string | null
      disabled_at: Date | null
    }
    homework_extension: {
      homework_id: HomeworkId
      pupil_id: PersonId
      due_at: Date
      word: Made<string>
      given_by: PersonId | null
      given_at: Date
    }
    homework_attachment: { homework_id: HomeworkId; file_id: FileId; position: number }
    homework_tick: { homework_id: HomeworkId; pupil_id: PersonId; at: Date }
    submission: {
      id: SubmissionId
      school_id: SchoolId
      homework_id: HomeworkId
      pupil_id: PersonId
      body: string
      submitted_at: Date
      late: boolean
      replaced_at: Date | null
    }
    submission_file: { submission_id: SubmissionId; file_id: FileId; position: number }
    receipt: { submission_id: SubmissionId; jws: Json }
  }
