// The class diary as it crosses the wire: what was done in a lesson, with its documents and videos.
//
//   GET    /api/classes/:classId/diary?week=<Monday>  → DiaryWeek  (whoever sees the class)
//   GET    /api/lessons/:lessonId/entry               → Standing   (whoever may write it)
//   PUT    /api/lessons/:lessonId/entry   EntryDraft  → Written    (the lesson's teacher)
//   DELETE /api/entries/:entryId?version              → 204        withdrawn, not deleted
//   POST   /api/entries/:entryId/restore              → Written    undo
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { DiaryEntryId, FileId, Id } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

const Attachment = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  bytes: Type.Integer(),
  /** What a virus scanner makes of it, where that is not as usual (see documents' contract). */
  scan: Type.Optional(
    Type.Union([Type.Literal('waiting'), Type.Literal('infected'), Type.Literal('unchecked')]),
  ),
})

export const Entry = Type.Object({
  id: IdOf<DiaryEntryId>(),
  lessonId: Type.String(),
  date: Day,
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  group: Type.Optional(Type.Object({ key: Type.String(), title: Type.String() })),
  /** Sanitised HTML. */
  body: Type.String(),
  attachments: Type.Array(Attachment),
  /** Written ahead: the class sees it from the lesson's day on. */
  shownOnDay: Type.Optional(Type.Literal(true)),
})
export type Entry = Static<typeof Entry>

/** A writer's own name for one save, answered or not. */
const Attempt = IdOf<Id<'attempt'>>()

/** An entry for those who write it: which version it is, who saved it and when. */
export const Written = Type.Object({
  ...Entry.properties,
  version: Type.Integer(),
  savedAt: Instant,
  /** The reader saved it last, perhaps in another window. */
  mine: Type.Boolean(),
  attempt: Type.Optional(Attempt),
})
export type Written = Static<typeof Written>

/** What stands in a lesson's diary now; null when nothing does. */
export const Standing = Type.Object({ written: Type.Union([Written, Type.Null()]) })
export type Standing = Static<typeof Standing>

export const EntryDraft = Type.Object({
  body: Type.String({ maxLength: 100_000 }),
  attachments: Type.Array(IdOf<FileId>(), { maxItems: 20 }),
  /** The class sees it from the lesson's day on, and not before. */
  shownOnDay: Type.Optional(Type.Boolean()),
  /** The version that its author began from; 0 or none when nothing stood there. */
  version: Type.Optional(Type.Integer({ minimum: 0 })),
  attempt: Type.Optional(Attempt),
  /** Earlier attempts from the same version that were sent and never answered: one of them may stand there by now. */
  unanswered: Type.Optional(Type.Array(Attempt, { maxItems: 20 })),
})
export type EntryDraft = Static<typeof EntryDraft>

export const DiaryWeek = Type.Object({
  classId: Type.String(),
  class: Type.String(),
  monday: Day,
  entries: Type.Array(Entry),
})
export type DiaryWeek = Static<typeof DiaryWeek>

export const refusals = {
  'diary.lesson-cancelled': 409,
  'diary.empty': 422,
  'diary.written-anew': 409,
  'diary.changed-meanwhile': 409,
  'diary.copy-changed': 409,
  'diary.already-written': 409,
  'diary.not-parallel': 422,
  'diary.period-too-long': 422,
} as const satisfies Refusals
