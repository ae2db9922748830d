// Setting homework in depth, as it crosses the wire: for several classes at once, later, with more time for some, from
// what was set before; and how full a class's days are.
//
//   GET  /api/homework/:homeworkId/setting        → Setting     all that its class's teachers decide about it
//   PUT  /api/homework/:homeworkId/publication    Publication → Setting
//   PUT  /api/homework/:homeworkId/extensions     ExtensionDraft → Setting
//   POST /api/homework/sets                       HomeworkSet → HomeworkIsSet    several classes, all or none
//   GET  /api/classes/:classId/evenings?from=<day>&to=<day>&except=<homeworkId> → Evenings   (its teachers)
//   GET  /api/homework/earlier?whose=mine|colleagues&words=                     → Earlier    one's own school's
//   POST /api/homework/:homeworkId/reuse          → Reusable    its documents are the asker's own from then on
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { Attachment, Homework, HomeworkDraft, Pupil } from '../contract.ts'

const Extension = Type.Object({ pupilId: IdOf<PersonId>(), dueAt: Instant, word: Type.String() })
export type Extension = Static<typeof Extension>

export const Setting = Type.Object({
  /** With the class's due date. */
  homework: Homework,
  version: Type.Integer(),
  /** Who changed it last; null when nobody has since it was set. */
  changedBy: Type.Union([Type.String(), Type.Null()]),
  /** Null once it is published. */
  publishAt: Type.Union([Instant, Type.Null()]),
  /** Only these have it, those who left the class included; null for the whole class. */
  pupils: Type.Union([Type.Array(IdOf<PersonId>()), Type.Null()]),
  /** Those who handed in or were marked: they keep it, whomever it is for. */
  working: Type.Array(IdOf<PersonId>()),
  extensions: Type.Array(Extension),
  /** The class as it is today. */
  attending: Type.Array(Pupil),
})
export type Setting = Static<typeof Setting>

/** When it is to be seen; null for now. */
export const Publication = Type.Object({ at: Type.Union([Instant, Type.Null()]) })
export type Publication = Static<typeof Publication>

/** More time for some pupils, or none any more with null. */
export const ExtensionDraft = Type.Object({
  pupils: Type.Array(IdOf<PersonId>(), { minItems: 1, maxItems: 500 }),
  dueAt: Type.Union([Instant, Type.Null()]),
  word: Type.Optional(Type.String({ maxLength: 300 })),
})
export type ExtensionDraft = Static<typeof ExtensionDraft>

const { dueAt, lessonId, pupils, version: _version, ...same } = HomeworkDraft.properties

/** The same homework for several classes, each with a date of its own. */
export const HomeworkSet = Type.Object({
  ...same,
  classes: Type.Array(Type.Object({ classId: IdOf<ClassId>(), dueAt, lessonId, pupils }), {
    minItems: 1,
    maxItems: 20,
  }),
})
export type HomeworkSet = Static<typeof HomeworkSet>

export const HomeworkIsSet = Type.Object({ homework: Type.Array(Homework) })
export type HomeworkIsSet = Static<typeof HomeworkIsSet>

export const Level = Type.Union([Type.Literal('primary'), Type.Literal('lower'), Type.Literal('upper')])
export type Level = Static<typeof Level>

/** What is due on a class's days, over all its teachers and groups. */
export const Evenings = Type.Object({
  level: Level,
  /** Minutes a day above which a word is said. */
  limit: Type.Integer(),
  days: Type.Array(
    Type.Object({
      date: Day,
      /** Minutes of the pupil who has most; work without an estimate counts as usual. */
      most: Type.Integer(),
      work: Type.Array(
        Type.Object({
          subject: Type.String(),
          minutes: Type.Optional(Type.Integer()),
          /** Of a group only, or of another class of these pupils. */
          group: Type.Optional(Type.String()),
        }),
      ),
    }),
  ),
})
export type Evenings = Static<typeof Evenings>

export const Earlier = Type.Object({
  homework: Type.Array(
    Type.Object({
      id: IdOf<HomeworkId>(),
      title: Type.String(),
      /** The beginning of its text. */
      words: Type.String(),
      subject: Type.String(),
      /** Of a colleague's. */
      teacher: Type.Optional(Type.String()),
      class: Type.String(),
      setOn: Day,
      handIn: Type.Boolean(),
      minutes: Type.Optional(Type.Integer()),
      documents: Type.Integer(),
    }),
  ),
})
export type Earlier = Static<typeof Earlier>

/** What can be taken over of homework; nothing of what pupils did with it. */
export const Reusable = Type.Object({
  title: Type.String(),
  body: Type.String(),
  handIn: Type.Boolean(),
  minutes: Type.Optional(Type.Integer()),
  attachments: Type.Array(Attachment),
})
export type Reusable = Static<typeof Reusable>
