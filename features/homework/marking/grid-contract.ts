// A class's grid as it crosses the wire: pupils × homework (GET /api/classes/:classId/grid).
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import { Pupil, WorkStateName } from '../contract.ts'
import { Marking } from '../scales/contract.ts'

export const Grid = Type.Object({
  class: Type.Object({ id: Type.String(), title: Type.String() }),
  pupils: Type.Array(Pupil),
  homework: Type.Array(
    Type.Object({
      id: IdOf<HomeworkId>(),
      title: Type.String(),
      dueAt: Instant,
      handIn: Type.Boolean(),
      /** Whoever asks has set it: a class has work of several teachers. */
      mine: Type.Boolean(),
      /** Still to come: nobody but the class's teachers sees it until then. */
      publishAt: Type.Optional(Instant),
      /** What it is marked by; missing where nothing was ever chosen. */
      marking: Type.Optional(Marking),
      /** Only these have it; for the others it does not exist. */
      pupils: Type.Optional(Type.Array(IdOf<PersonId>())),
    }),
  ),
  /** More time for one pupil: the date that counts. */
  extensions: Type.Array(
    Type.Object({ pupilId: IdOf<PersonId>(), homeworkId: IdOf<HomeworkId>(), dueAt: Instant }),
  ),
  /** One for each pupil and homework where something happened; none means nothing yet. */
  cells: Type.Array(
    Type.Object({
      pupilId: IdOf<PersonId>(),
      homeworkId: IdOf<HomeworkId>(),
      state: WorkStateName,
      late: Type.Optional(Type.Boolean()),
      mark: Type.Optional(Type.String()),
      /** A result for the current hand-in is saved but not given back yet. */
      saved: Type.Optional(Type.Boolean()),
      /** The hand-in that counts. */
      submissionId: Type.Optional(IdOf<SubmissionId>()),
      /** Of the result, as a change of it names it; missing where nothing was ever written. */
      version: Type.Optional(Type.Integer()),
      round: Type.Optional(Type.Integer()),
      /** Nothing is missing to give it back: its mark, and every criterion of the rubric. */
      complete: Type.Optional(Type.Boolean()),
    }),
  ),
})
export type Grid = Static<typeof Grid>
