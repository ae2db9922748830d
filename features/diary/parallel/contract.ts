// Carrying lessons over to parallel classes, as it crosses the wire.
//
//   GET  /api/classes/:classId/diary/parallels?week=<Monday> → Parallels   (a teacher: of their own entries)
//   POST /api/entries/copies        Copies → Copied    all of them or none; nothing that is written is overwritten
//   POST /api/entries/copies/undo   Undo   → Undone    withdraws what was copied, unless somebody has changed it since
import { type Static, Type } from 'typebox'
import { Day, IdOf, Occurrence, Time } from '#platform/contract'
import type { ClassId, DiaryEntryId } from '#platform/ids'

export const Parallel = Type.Object({
  lessonId: Occurrence,
  classId: IdOf<ClassId>(),
  class: Type.String(),
  date: Day,
  start: Time,
  /** Of the same level, as the titles say it ("3e A", "3e B"): what others are taught is offered, never proposed. */
  sameLevel: Type.Boolean(),
  /** An entry stands there: it is not proposed and never overwritten. */
  written: Type.Boolean(),
})
export type Parallel = Static<typeof Parallel>

export const Parallels = Type.Object({
  class: Type.String(),
  monday: Day,
  entries: Type.Array(
    Type.Object({
      id: IdOf<DiaryEntryId>(),
      version: Type.Integer(),
      lessonId: Type.String(),
      date: Day,
      subject: Type.String(),
      /** Sanitised HTML. */
      body: Type.String(),
      documents: Type.Integer(),
      /** By class and nearness: lessons of the same subject in three weeks before and after. */
      lessons: Type.Array(Parallel),
      /** One for each class, so that no lesson is proposed twice. */
      proposed: Type.Array(Occurrence),
    }),
  ),
})
export type Parallels = Static<typeof Parallels>

export const Copies = Type.Object({
  copies: Type.Array(
    Type.Object({
      entryId: IdOf<DiaryEntryId>(),
      /** The one that was read: another one is not copied unseen. */
      version: Type.Integer(),
      lessonId: Occurrence,
    }),
    { minItems: 1, maxItems: 60 },
  ),
})
export type Copies = Static<typeof Copies>

export const Copied = Type.Object({
  entries: Type.Array(Type.Object({ id: IdOf<DiaryEntryId>(), version: Type.Integer() }), {
    minItems: 1,
    maxItems: 60,
  }),
})
export type Copied = Static<typeof Copied>
/** What was copied and is still as it was copied. */
export const Undo = Copied
export type Undo = Static<typeof Undo>
