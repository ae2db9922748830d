// Homework as it crosses the wire: set, seen, ticked or handed in, given back.
//
//   POST   /api/classes/:classId/homework       HomeworkDraft → Homework     (its teachers)
//   PUT    /api/homework/:homeworkId            HomeworkDraft → Homework     (its class's teachers)
//   DELETE /api/homework/:homeworkId                          → 204          withdrawn, not deleted
//   POST   /api/homework/:homeworkId/restore                  → Homework     undo
//   GET    /api/homework/:homeworkId                          → Homework     what the class shares, the same for all
//   GET    /api/homework?child=<personId>                     → WorkList     all of a pupil's work, own or a child's
//   GET    /api/homework/:homeworkId/mine?child=<personId>    → MyWork       what one pupil handed in and got back
//   GET    /api/homework/:homeworkId/whose                    → Whose        whose work it is: mine, of which children
//   PUT    /api/homework/:homeworkId/tick                     → MyWork       (pupil; homework without hand-in)
//   DELETE /api/homework/:homeworkId/tick                     → MyWork
//   POST   /api/homework/:homeworkId/submissions SubmissionDraft → HandedIn  (pupil) with the receipt
//   GET    /api/submissions/:submissionId/receipt             → Receipt      as a file to keep
//   GET    /api/classes/:classId/grid                         → Grid         (its teachers)
//   GET    /api/homework/:homeworkId/pupils/:pupilId          → Copy         (its class's teachers)
//   PUT    /api/homework/:homeworkId/pupils/:pupilId/result   ResultDraft → Copy
//   POST   /api/homework/:homeworkId/give-back  GiveBack      → GivenBack
//   GET    /files/homework/:homeworkId/copies.zip?lang=fr|en  → every copy, as an archive       (its class's teachers)
//   GET    /files/classes/:classId/oneroster.zip              → its marks as OneRoster 1.2        (its teachers)
//   GET    /files/schools/:schoolId/oneroster.zip             → the school's                 (its administrators)
//   GET    /files/homework/:homeworkId/marks.csv?lang=fr|en   → marks and remarks, for a spreadsheet
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant, Occurrence } from '#platform/contract'
import type { FileId, HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'
import { Filled, Marking, markRefusals, Rubric } from './scales/contract.ts'

export const Attachment = Type.Object({
  id: IdOf<FileId>(),
  name: Type.String(),
  type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.Optional(Type.String()),
  view: Type.Optional(Type.Boolean()),
  /** What a virus scanner makes of it, where that is not as usual (see documents' contract). */
  scan: Type.Optional(
    Type.Union([Type.Literal('waiting'), Type.Literal('infected'), Type.Literal('unchecked')]),
  ),
})
export type Attachment = Static<typeof Attachment>

/** The choices of estimated time, in minutes. */
const Minutes = Type.Union([
  Type.Literal(10),
  Type.Literal(20),
  Type.Literal(30),
  Type.Literal(45),
  Type.Literal(60),
  Type.Literal(90),
  Type.Literal(120),
])

export const HomeworkDraft = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 200 }),
  body: Type.String({ maxLength: 100_000 }),
  dueAt: Instant,
  handIn: Type.Boolean(),
  attachments: Type.Array(IdOf<FileId>(), { maxItems: 20 }),
  /** The lesson in which it is set, "<slotId>.<date>". */
  lessonId: Type.Optional(Occurrence),
  /** Estimated time. */
  minutes: Type.Optional(Minutes),
  /** When the class is to see it; at once when it is missing or has passed. */
  publishAt: Type.Optional(Instant),
  /** Only these pupils of the class have it; everybody when it is missing. */
  pupils: Type.Optional(Type.Array(IdOf<PersonId>(), { maxItems: 500 })),
  /** Of a change: the version that was read. When another one is there by now, or none is named, nothing is overwritten. */
  version: Type.Optional(Type.Integer()),
})
export type HomeworkDraft = Static<typeof HomeworkDraft>

const Extension = Type.Object({ was: Instant, word: Type.String() })

export const Homework = Type.Object({
  id: IdOf<HomeworkId>(),
  classId: Type.String(),
  class: Type.String(),
  /** Present when only a group has it. */
  group: Type.Optional(Type.Object({ key: Type.String(), title: Type.String() })),
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  title: Type.String(),
  /** Sanitised HTML. */
  body: Type.String(),
  setOn: Day,
  /** To one pupil it is the date that counts for that pupil. */
  dueAt: Instant,
  handIn: Type.Boolean(),
  /** Estimated time. */
  minutes: Type.Optional(Type.Integer()),
  /** What is looked at, for everybody to know before. */
  rubric: Type.Optional(Rubric),
  /** Only to the pupil who was given more time, the guardians and the teachers: the class's date, and a word. */
  extension: Type.Optional(Extension),
  attachments: Type.Array(Attachment),
})
export type Homework = Static<typeof Homework>

export const WorkStateName = Type.Union([
  Type.Literal('to-do'),
  Type.Literal('done'), // ticked off
  Type.Literal('handed-in'),
  Type.Literal('given-back'),
])
export type WorkStateName = Static<typeof WorkStateName>

/** Where one pupil stands with one piece of homework, small enough to be kept warm for everybody. */
export const WorkState = Type.Object({
  homeworkId: IdOf<HomeworkId>(),
  state: WorkStateName,
  late: Type.Optional(Type.Boolean()),
  submittedAt: Type.Optional(Instant),
  /** That counts, of all rounds that were given back. */
  mark: Type.Optional(Type.String()),
  /** From the second on: it was given back to be done again. */
  round: Type.Optional(Type.Integer()),
})
export type WorkState = Static<typeof WorkState>

export const WorkList = Type.Object({ homework: Type.Array(Homework), states: Type.Array(WorkState) })
export type WorkList = Static<typeof WorkList>

export const Submission = Type.Object({
  id: IdOf<SubmissionId>(),
  text: Type.String(),
  files: Type.Array(Attachment),
  submittedAt: Instant,
  late: Type.Boolean(),
})
export type Submission = Static<typeof Submission>

export const Result = Type.Object({
  mark: Type.Union([Type.String(), Type.Null()]),
  /** Sanitised HTML. */
  feedback: Type.String(),
  /** The level chosen for each criterion of the homework's rubric. */
  rubric: Type.Union([Filled, Type.Null()]),
  givenBackAt: Type.Union([Instant, Type.Null()]),
})
export type Result = Static<typeof Result>

/** A copy that was given back to be done again by a date, as it was then. */
export const Round = Type.Object({
  round: Type.Integer(),
  submission: Submission,
  result: Result,
  againUntil: Instant,
  /** What to do better. */
  word: Type.String(),
})
export type Round = Static<typeof Round>

export const MyWork = Type.Object({
  homework: Homework,
  state: WorkState,
  submission: Type.Union([Submission, Type.Null()]),
  /** Only once given back. */
  result: Type.Union([Result, Type.Null()]),
  /** Whether a (new) hand-in would be taken now: until the due date, and afterwards only if there is none yet. */
  mayHandIn: Type.Boolean(),
  /** Earlier rounds, the first one first. */
  rounds: Type.Array(Round),
  /** The rubric comes with the homework. */
  marking: Type.Union([Type.Omit(Marking, ['rubric']), Type.Null()]),
  /** The school lets this guardian see the day alone: copy, mark and feedback are kept back. */
  withheld: Type.Optional(Type.Boolean()),
})
export type MyWork = Static<typeof MyWork>

/** Of the asker and their children those who have this homework, or had it and did something with it. */
export const Whose = Type.Object({ mine: Type.Boolean(), children: Type.Array(IdOf<PersonId>()) })
export type Whose = Static<typeof Whose>

/** The signed receipt: a flattened JWS (RFC 7515 §7.2.2), with the same in words, which the signature does not cover. */
export const Receipt = Type.Object({
  lisible: Type.Array(Type.String()),
  payload: Type.String(),
  protected: Type.String(),
  signature: Type.String(),
})
export type Receipt = Static<typeof Receipt>

/** `submission` is the current hand-in; `receipt` is that of the hand-in just sent, also when the sending was repeated. */
export const HandedIn = Type.Intersect([MyWork, Type.Object({ receipt: Receipt })])
export type HandedIn = Static<typeof HandedIn>

export const SubmissionDraft = Type.Object({
  text: Type.String({ maxLength: 100_000 }),
  files: Type.Array(IdOf<FileId>(), { maxItems: 20 }),
  /** Made by the sender; the same one again is the same hand-in, so that a retry after a cut is harmless. */
  id: Type.Optional(IdOf<SubmissionId>()),
})
export type SubmissionDraft = Static<typeof SubmissionDraft>

/** What is left out stays as it is saved. */
export const ResultDraft = Type.Object({
  mark: Type.Optional(Type.Union([Type.String({ maxLength: 20 }), Type.Null()])),
  feedback: Type.Optional(Type.String({ maxLength: 50_000 })),
  rubric: Type.Optional(Type.Union([Filled, Type.Null()])),
  /** The version of the result that was read, 0 for none: nobody overwrites what they have not seen. */
  version: Type.Optional(Type.Integer()),
  /** The hand-in that was read, null for none: a mark never goes to a copy that its teacher has not seen. */
  submissionId: Type.Union([IdOf<SubmissionId>(), Type.Null()]),
})
export type ResultDraft = Static<typeof ResultDraft>

/** Everybody whose result is saved, or only the pupils named; `again`: some of them are to do it again. */
export const GiveBack = Type.Object({
  pupils: Type.Optional(Type.Array(IdOf<PersonId>(), { maxItems: 500 })),
  again: Type.Optional(
    Type.Object({
      pupils: Type.Array(IdOf<PersonId>(), { minItems: 1, maxItems: 500 }),
      until: Instant,
      word: Type.String({ maxLength: 300 }),
    }),
  ),
})
export type GiveBack = Static<typeof GiveBack>

/**
 * How many see theirs now, and how many of them are to do it again; `renewed`: whose saved result was left, since a newer
 * copy came after it was written.
 */
export const GivenBack = Type.Object({
  givenBack: Type.Integer(),
  renewed: Type.Integer(),
  again: Type.Integer(),
})
export type GivenBack = Static<typeof GivenBack>

export const Pupil = Type.Object({
  id: IdOf<PersonId>(),
  givenName: Type.String(),
  familyName: Type.String(),
})

export const Copy = Type.Object({
  pupil: Pupil,
  homework: Homework,
  submission: Type.Union([Submission, Type.Null()]),
  result: Type.Union([Result, Type.Null()]),
  /** The result was written for an earlier hand-in and is not given back yet: this one waits to be read. */
  renewed: Type.Boolean(),
  /** Who saved the result last, and when; `version` 0 when nobody has ever written anything. */
  saved: Type.Object({
    version: Type.Integer(),
    by: Type.Union([Type.String(), Type.Null()]),
    mine: Type.Boolean(),
    at: Type.Union([Instant, Type.Null()]),
  }),
  round: Type.Integer(),
  rounds: Type.Array(Round),
  marking: Type.Union([Marking, Type.Null()]),
})
export type Copy = Static<typeof Copy>

export const refusals = {
  'homework.due-in-past': 422,
  'homework.title-missing': 422,
  'homework.lesson-unknown': 422,
  'homework.already-handed-in': 409,
  'homework.nobody': 422,
  'homework.pupil-unknown': 422,
  'homework.published-after-due': 422,
  'homework.published-already': 409,
  'homework.changed-meanwhile': 409,
  'extension.not-later': 422,
  'homework.no-hand-in': 409,
  'homework.hand-in-asked': 409,
  'homework.withdrawn': 410,
  'submission.empty': 422,
  'submission.closed': 409,
  'result.nothing-saved': 409,
  'result.copy-renewed': 409,
  'annotation.changed-meanwhile': 409,
  'annotation.too-much': 422,
  'annotation.not-possible': 422,
  'voice.not-a-sound': 422,
  'voice.too-many': 422,
  'result.changed-meanwhile': 409,
  'again.until-passed': 422,
  'again.nothing-to-do-again': 409,
  ...markRefusals,
} as const satisfies Refusals
