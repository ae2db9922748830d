// Lessons as they cross the wire. A lesson is one dated occurrence of a slot; its id is "<slotId>.<date>".
//
//   PUT    /api/lessons/:lessonId/change   LessonChange → Lesson   (its teacher, its school's administrators)
//   DELETE /api/lessons/:lessonId/change                → Lesson   takes the change back
import { type Static, Type } from 'typebox'
import { Day, Occurrence, Time } from '#platform/contract'
import type { Refusals } from '#platform/refusal'

export const LessonId = Occurrence

export const Group = Type.Object({ key: Type.String(), title: Type.String() })
export type Group = Static<typeof Group>

export const Lesson = Type.Object({
  id: LessonId,
  classId: Type.String(),
  /** The homeroom's or group's title, e.g. "3e B" or "3e B, groupe 1". */
  class: Type.String(),
  /** Present when only a group attends: the pass key that marks its members, and the group's title. */
  group: Type.Optional(Group),
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  room: Type.Optional(Type.String()),
  date: Day,
  start: Time,
  end: Time,
  /** moved: takes place here instead of at `movedFrom`; moved-away: takes place at `movedTo` instead. */
  status: Type.Union([
    Type.Literal('on'),
    Type.Literal('cancelled'),
    Type.Literal('moved'),
    Type.Literal('moved-away'),
  ]),
  movedFrom: Type.Optional(Type.Object({ date: Day, start: Time })),
  movedTo: Type.Optional(Type.Object({ date: Day, start: Time })),
  note: Type.Optional(Type.String()),
  /** Its teacher is away: cancelled, or covered in this way. `insteadOf` names whose lesson it is. */
  absent: Type.Optional(Type.Literal(true)),
  cover: Type.Optional(Type.Union([Type.Literal('teacher'), Type.Literal('study'), Type.Literal('home')])),
  insteadOf: Type.Optional(Type.String()),
})
export type Lesson = Static<typeof Lesson>

export const LessonChange = Type.Union([
  Type.Object({ kind: Type.Literal('cancelled'), note: Type.Optional(Type.String({ maxLength: 300 })) }),
  Type.Object({
    kind: Type.Literal('moved'),
    toDate: Day,
    toStart: Time,
    toEnd: Time,
    toRoom: Type.Optional(Type.String({ maxLength: 60 })),
    note: Type.Optional(Type.String({ maxLength: 300 })),
  }),
])
export type LessonChange = Static<typeof LessonChange>

export const refusals = {
  'lesson.ends-before-it-starts': 422,
  'lesson.moved-to-the-past': 422,
  'lesson.moved-too-far': 422,
  'lesson.teacher-is-busy': 409,
  'lesson.class-is-busy': 409,
  'absence.ends-before-it-starts': 422,
  'absence.too-long': 422,
  'absence.teacher-unknown': 422,
  'cover.not-absent': 409,
  'cover.teacher-missing': 422,
  'cover.teacher-unknown': 422,
  'cover.teacher-is-absent': 409,
  'cover.teacher-is-busy': 409,
  'cover.room-is-taken': 409,
  'cover.class-is-busy': 409,
} as const satisfies Refusals
