// Today's page: the shared part (sheets, which the door answers) and the personal part.
//
//   GET /sheets/<key>/day/<date>      → DaySheet    by the door, from memory
//   GET /sheets/<key>/week/<Monday>   → WeekSheet
//   GET /sheets/<key>/homework/<id>   → Homework   what is due soon, under the homeroom's key
//   GET /api/today                    → PersonalPart   by the workspace, from memory
//
// Which sheets: the cookie `preau_views` lists them (door/formats/feed, View). A homeroom's sheet holds the lessons
// and the work of its groups too, tagged with the group's key: a pupil's page shows what is untagged or mine.
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { HomeworkId, PersonId } from '#platform/ids'

const Group = Type.Object({ key: Type.String(), title: Type.String() })
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

export const SheetLesson = Type.Object({
  /** "<slotId>.<date>" */
  id: Type.String(),
  start: Type.String(),
  end: Type.String(),
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  room: Type.Optional(Type.String()),
  /** Held at a distance: there is no room. */
  remote: Type.Optional(Type.Literal(true)),
  group: Type.Optional(Group),
  /** On a teacher's or a school's sheet: which class attends. */
  class: Type.Optional(Type.Object({ id: Type.String(), title: Type.String() })),
  status: Type.Union([
    Type.Literal('on'),
    Type.Literal('cancelled'),
    Type.Literal('moved'),
    Type.Literal('moved-away'),
  ]),
  movedFrom: Type.Optional(Type.Object({ date: Day, start: Type.String() })),
  movedTo: Type.Optional(Type.Object({ date: Day, start: Type.String() })),
  note: Type.Optional(Type.String()),
  /** Its teacher is away: cancelled, or covered in this way instead of by `insteadOf`. */
  absent: Type.Optional(Type.Literal(true)),
  cover: Type.Optional(Type.Union([Type.Literal('teacher'), Type.Literal('study'), Type.Literal('home')])),
  insteadOf: Type.Optional(Type.String()),
  /** What was done or is to be read: sanitised HTML and documents. */
  diary: Type.Optional(
    Type.Object({
      id: Type.String(),
      body: Type.String(),
      attachments: Type.Array(Attachment),
      /** On a teacher's sheet alone: the class sees it from the lesson's day on. */
      shownOnDay: Type.Optional(Type.Literal(true)),
      /** On a teacher's sheet alone: what a change to it begins from. */
      version: Type.Optional(Type.Integer()),
    }),
  ),
})
export type SheetLesson = Static<typeof SheetLesson>

export const SheetWork = Type.Object({
  id: IdOf<HomeworkId>(),
  subject: Type.String(),
  title: Type.String(),
  teacher: Type.Optional(Type.String()),
  group: Type.Optional(Group),
  class: Type.Optional(Type.Object({ id: Type.String(), title: Type.String() })),
  setOn: Day,
  dueAt: Instant,
  handIn: Type.Boolean(),
  /** Estimated time. */
  minutes: Type.Optional(Type.Integer()),
  /** Number of documents with it. */
  documents: Type.Integer(),
})
export type SheetWork = Static<typeof SheetWork>

export const DaySheet = Type.Object({
  kind: Type.Union([Type.Literal('class'), Type.Literal('teacher'), Type.Literal('school')]),
  title: Type.String(),
  school: Type.String(),
  zone: Type.String(),
  date: Day,
  /** On a day without lessons: the next day that has some, whose sheet is the one to show. */
  next: Type.Optional(Day),
  /** Lessons are held at a distance, until `to` (inclusive), with the head's word. */
  remote: Type.Optional(Type.Object({ from: Day, to: Day, word: Type.String() })),
  lessons: Type.Array(SheetLesson),
  /** Work that is due from this day on (three weeks), soonest first; on a school's sheet, none. */
  work: Type.Array(SheetWork),
})
export type DaySheet = Static<typeof DaySheet>

export const WeekSheet = Type.Object({
  kind: DaySheet.properties.kind,
  title: Type.String(),
  school: Type.String(),
  zone: Type.String(),
  monday: Day,
  days: Type.Array(Type.Object({ date: Day, lessons: Type.Array(SheetLesson), work: Type.Array(SheetWork) })),
})
export type WeekSheet = Static<typeof WeekSheet>

/** Where a pupil stands with one piece of work (as in the homework contract). */
export const TodayWorkState = Type.Object({
  homeworkId: IdOf<HomeworkId>(),
  state: Type.Union([
    Type.Literal('to-do'),
    Type.Literal('done'),
    Type.Literal('handed-in'),
    Type.Literal('given-back'),
  ]),
  late: Type.Optional(Type.Boolean()),
  submittedAt: Type.Optional(Instant),
  mark: Type.Optional(Type.String()),
})

/** What a class's sheet does not tell: work for one pupil alone, or with a due date of the pupil's own. */
export const OwnWork = Type.Intersect([
  SheetWork,
  Type.Object({ extension: Type.Optional(Type.Object({ was: Instant, word: Type.String() })) }),
])
export type OwnWork = Static<typeof OwnWork>

export const PersonalPart = Type.Object({
  person: Type.Object({ id: IdOf<PersonId>(), givenName: Type.String(), familyName: Type.String() }),
  /** Pupil: where I stand with what the sheet lists, and what came back in the last three weeks. */
  work: Type.Array(TodayWorkState),
  own: Type.Array(OwnWork),
  /** Guardian: each child, in the order of `preau_views` (View.child is the child's id). */
  children: Type.Array(
    Type.Object({
      id: IdOf<PersonId>(),
      givenName: Type.String(),
      class: Type.String(),
      school: Type.String(),
      /** What the school lets this guardian see; `day`: no copies, marks and feedback. */
      sees: Type.Union([Type.Literal('all'), Type.Literal('day')]),
      work: Type.Array(TodayWorkState),
      own: Type.Array(OwnWork),
    }),
  ),
  /** Teacher: homework with copies to read (`toRead`) or to give back (`ready`), or still to come. */
  teaching: Type.Array(
    Type.Object({
      homeworkId: IdOf<HomeworkId>(),
      classId: Type.String(),
      class: Type.String(),
      title: Type.String(),
      dueAt: Instant,
      /** Still to come: the class does not see it yet. */
      publishAt: Type.Optional(Instant),
      handIn: Type.Boolean(),
      pupils: Type.Integer(),
      handedIn: Type.Integer(),
      toRead: Type.Integer(),
      ready: Type.Integer(),
    }),
  ),
  /** Teacher: the classes of the side bar. Administrator: none. */
  classes: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      subject: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  /** Administrator: how the school stands. */
  schools: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      pupils: Type.Integer(),
      notActivated: Type.Integer(),
    }),
  ),
})
export type PersonalPart = Static<typeof PersonalPart>
