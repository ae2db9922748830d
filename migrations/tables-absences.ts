// The tables of absences and covers, for the query builder (see tables.ts).
import type { Generated } from 'kysely'
import type { AbsenceId, ClassId, CoverId, PersonId, SchoolId, SlotId } from '#platform/ids'

/** From one wall-clock time to another; without a time, the whole day. */
type Range = { from_date: string; from_time: string | null; to_date: string; to_time: string | null }

export type AbsenceTables = {
  timetable_setting: { school_id: SchoolId; teachers_enter_absences: boolean }
  teacher_absence: Range & {
    id: AbsenceId
    school_id: SchoolId
    teacher_id: PersonId
    reason: string | null
    by_person_id: PersonId | null
    at: Date
    withdrawn_at: Date | null
  }
  absence_event: Range & {
    id: Generated<string>
    absence_id: AbsenceId
    kind: string
    by_person_id: PersonId | null
    at: Date
  }
  lesson_cover: {
    id: CoverId
    school_id: SchoolId
    absence_id: AbsenceId
    slot_id: SlotId | null
    class_id: ClassId
    on_date: string
    starts_at: string
    title: string
    kind: string
    teacher_id: PersonId | null
    subject: string | null
    room: string | null
    to_starts_at: string | null
    to_ends_at: string | null
    note: string | null
    by_person_id: PersonId | null
    at: Date
    withdrawn_at: Date | null
  }
}
