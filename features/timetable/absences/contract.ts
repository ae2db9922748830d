// Absences of teachers and what covers their lessons, as they cross the wire. The reason is for those who run the school
// and for the teacher; it stands on nothing that a class sees.
//
//   GET    /api/schools/:schoolId/absences?day=<day>                 → AbsenceDay     (its administrators)
//   POST   /api/schools/:schoolId/absences        AbsenceDraft       → Absence        (they; a teacher's own, if allowed)
//   PUT    /api/schools/:schoolId/absences/rules  AbsenceRules       → AbsenceRules   (its administrators)
//   GET    /api/absences/mine                                        → MyAbsences     (a teacher)
//   PUT    /api/absences/:absenceId               AbsenceSpan        → Absence        shortens, lengthens
//   DELETE /api/absences/:absenceId                                  → Absence        withdraws
//   POST   /api/absences/:absenceId/restore                          → Absence        undo
//   GET    /api/lessons/:lessonId/cover?start&end                    → CoverChoice    who and which rooms are free
//   PUT    /api/lessons/:lessonId/cover           CoverDraft         → AbsentLesson   (the school's administrators)
//   DELETE /api/lessons/:lessonId/cover                              → AbsentLesson
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant, Time } from '#platform/contract'
import type { AbsenceId, PersonId, SchoolId } from '#platform/ids'

/** Another teacher teaches, the class is in study hall, or pupils are not expected. */
export const CoverKind = Type.Union([Type.Literal('teacher'), Type.Literal('study'), Type.Literal('home')])
export type CoverKind = Static<typeof CoverKind>

const Bound = Type.Object({ date: Day, time: Type.Optional(Time) })
const Teacher = Type.Object({ id: IdOf<PersonId>(), name: Type.String() })
export type Teacher = Static<typeof Teacher>

/** From one moment to another, by the school's wall clock; without a time, from the day's beginning, to its end. */
export const AbsenceSpan = Type.Object({
  from: Bound,
  to: Bound,
  reason: Type.Optional(Type.String({ maxLength: 300 })),
})
export type AbsenceSpan = Static<typeof AbsenceSpan>

export const AbsenceDraft = Type.Object({ teacherId: IdOf<PersonId>(), ...AbsenceSpan.properties })
export type AbsenceDraft = Static<typeof AbsenceDraft>

export const Absence = Type.Object({
  id: IdOf<AbsenceId>(),
  schoolId: IdOf<SchoolId>(),
  teacher: Teacher,
  from: Bound,
  to: Bound,
  reason: Type.Optional(Type.String()),
  withdrawn: Type.Boolean(),
  /** Whether whoever asks may change it. */
  mine: Type.Boolean(),
  history: Type.Array(
    Type.Object({
      kind: Type.Union([
        Type.Literal('entered'),
        Type.Literal('changed'),
        Type.Literal('withdrawn'),
        Type.Literal('restored'),
      ]),
      at: Instant,
      by: Type.Optional(Type.String()),
      from: Bound,
      to: Bound,
    }),
  ),
})
export type Absence = Static<typeof Absence>

export const Clash = Type.Union([
  Type.Literal('cover.teacher-is-absent'),
  Type.Literal('cover.teacher-is-busy'),
  Type.Literal('cover.room-is-taken'),
  Type.Literal('cover.class-is-busy'),
])
export type Clash = Static<typeof Clash>

/** A lesson whose teacher is away, with what stands against the way in which it is covered. */
export const AbsentLesson = Type.Object({
  lesson: Type.Object({
    id: Type.String(),
    classId: Type.String(),
    class: Type.String(),
    subject: Type.String(),
    /** Who stands before the class, and whose lesson it is when it is covered. */
    teacher: Type.Optional(Type.String()),
    insteadOf: Type.Optional(Type.String()),
    room: Type.Optional(Type.String()),
    date: Day,
    start: Time,
    end: Time,
    cover: Type.Optional(CoverKind),
    note: Type.Optional(Type.String()),
  }),
  /** When it would be held if its teacher were there. */
  planned: Type.Object({ start: Time, end: Time }),
  teacherId: IdOf<PersonId>(),
  coverTeacherId: Type.Optional(IdOf<PersonId>()),
  clashes: Type.Array(Clash),
})
export type AbsentLesson = Static<typeof AbsentLesson>

export const AbsenceRules = Type.Object({ teachersEnterAbsences: Type.Boolean() })
export type AbsenceRules = Static<typeof AbsenceRules>

export const AbsenceDay = Type.Object({
  date: Day,
  rules: AbsenceRules,
  /** Everybody who can be away. */
  teachers: Type.Array(Teacher),
  /** Of that day, those withdrawn included. */
  absences: Type.Array(Absence),
  /** Lessons that nobody covers first. */
  lessons: Type.Array(AbsentLesson),
  /** Covers whose lesson the timetable has no more: a calendar was imported meanwhile. */
  adrift: Type.Array(
    Type.Object({
      class: Type.String(),
      subject: Type.String(),
      start: Time,
      cover: CoverKind,
      teacher: Type.Optional(Type.String()),
    }),
  ),
})
export type AbsenceDay = Static<typeof AbsenceDay>

export const MyAbsences = Type.Object({
  schools: Type.Array(Type.Object({ id: IdOf<SchoolId>(), name: Type.String(), mayEnter: Type.Boolean() })),
  account: IdOf<PersonId>(),
  absences: Type.Array(Absence),
})
export type MyAbsences = Static<typeof MyAbsences>

export const CoverDraft = Type.Object({
  kind: CoverKind,
  teacherId: Type.Optional(IdOf<PersonId>()),
  subject: Type.Optional(Type.String({ maxLength: 100 })),
  room: Type.Optional(Type.String({ maxLength: 60 })),
  start: Type.Optional(Time),
  end: Type.Optional(Time),
  note: Type.Optional(Type.String({ maxLength: 300 })),
  /** Although somebody is busy or a room is taken. */
  anyway: Type.Optional(Type.Boolean()),
})
export type CoverDraft = Static<typeof CoverDraft>

export const CoverChoice = Type.Object({
  /** Those who suit first: free, of the class, of the subject. */
  teachers: Type.Array(
    Type.Intersect([
      Teacher,
      Type.Object({ free: Type.Boolean(), ofClass: Type.Boolean(), ofSubject: Type.Boolean() }),
    ]),
  ),
  rooms: Type.Array(Type.Object({ name: Type.String(), free: Type.Boolean() })),
})
export type CoverChoice = Static<typeof CoverChoice>
