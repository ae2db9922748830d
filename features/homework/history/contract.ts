// A pupil's marks and work of a school year, as they cross the wire.
//
//   GET /api/history?child=<personId>&year=<2026>                     → History   (the pupil, a guardian)
//   GET /api/classes/:classId/pupils/:pupilId/history?year=<2026>     → History   (the class's teachers: their own work)
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { HomeworkId } from '#platform/ids'
import { Pupil, WorkStateName } from '../contract.ts'

export const History = Type.Object({
  pupil: Pupil,
  /** The year in which the school year begins, and those for which there is something, the last first. */
  year: Type.Integer(),
  years: Type.Array(Type.Integer()),
  terms: Type.Array(Type.Object({ title: Type.String(), from: Day, to: Day })),
  /** What was due last first. */
  work: Type.Array(
    Type.Object({
      id: IdOf<HomeworkId>(),
      title: Type.String(),
      subject: Type.String(),
      class: Type.String(),
      dueAt: Instant,
      handIn: Type.Boolean(),
      state: WorkStateName,
      late: Type.Optional(Type.Boolean()),
      mark: Type.Optional(Type.String()),
      /** Of a scale of points. */
      outOf: Type.Optional(Type.Number()),
      coefficient: Type.Optional(Type.Number()),
      round: Type.Optional(Type.Integer()),
      /** Marks of the earlier rounds, the first one first. */
      earlier: Type.Optional(Type.Array(Type.String())),
    }),
  ),
  /** More than fits in one answer was left out. */
  more: Type.Boolean(),
  /** The school lets this guardian see the day alone: marks are kept back. */
  withheld: Type.Optional(Type.Boolean()),
})
export type History = Static<typeof History>
