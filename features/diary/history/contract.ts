// A class's diary over the year, as it crosses the wire.
//
//   GET /api/classes/:classId/diary/year                       → Year     (whoever sees the class)
//   GET /api/classes/:classId/diary/period?from&to&subject     → Period   with homework: to read by subject, to print
import { type Static, Type } from 'typebox'
import { Day, Instant } from '#platform/contract'

const Count = { count: Type.Integer() }

export const Year = Type.Object({
  class: Type.String(),
  /** Weeks with entries, the first one first. */
  weeks: Type.Array(Type.Object({ monday: Day, ...Count })),
  subjects: Type.Array(Type.Object({ name: Type.String(), ...Count })),
})
export type Year = Static<typeof Year>

/** A span of days, of one subject or all. */
export const Span = Type.Object({
  from: Day,
  to: Day,
  subject: Type.Optional(Type.String({ maxLength: 100 })),
})

const Group = Type.Object({ key: Type.String(), title: Type.String() })

export const PeriodEntry = Type.Object({
  id: Type.String(),
  lessonId: Type.String(),
  date: Day,
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  group: Type.Optional(Group),
  body: Type.String(),
  attachments: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), type: Type.String(), bytes: Type.Integer() }),
  ),
})

export type PeriodEntry = Static<typeof PeriodEntry>

export const Period = Type.Object({
  class: Type.String(),
  school: Type.String(),
  zone: Type.String(),
  from: Day,
  to: Day,
  entries: Type.Array(PeriodEntry),
  /** What was set on these days, for everybody in the class or the group. */
  homework: Type.Array(
    Type.Object({
      id: Type.String(),
      setOn: Day,
      dueAt: Instant,
      subject: Type.String(),
      teacher: Type.Optional(Type.String()),
      group: Type.Optional(Group),
      title: Type.String(),
      body: Type.String(),
    }),
  ),
})
export type Period = Static<typeof Period>
