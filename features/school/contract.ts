// A school's own page as it crosses the wire: settings, days at a distance, who has not connected.
//
//   GET    /api/schools/:schoolId/settings                    → Settings   (those who run the school, as all below)
//   PUT    /api/schools/:schoolId/settings       SettingsWish → Settings
//   GET    /api/schools/:schoolId/remote                      → RemoteView
//   POST   /api/schools/:schoolId/remote         RemoteDraft  → RemoteView
//   DELETE /api/schools/:schoolId/remote/:periodId            → RemoteView  ends it, or takes it back before its first day
//   GET    /api/schools/:schoolId/missing?who=&since=         → Missing
//   GET    /api/classes/:classId/missing?since=               → Missing    (the class's teachers too)
//   GET    /files/schools/:schoolId/missing.csv?who=&since=&lang=
//   PUT    /api/people/:personId/call            CallDraft    → 204        (teachers of that pupil too)
//   DELETE /api/people/:personId/call                         → 204
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { ClassId, PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

export const SettingsWish = Type.Object(
  {
    calendarFeeds: Type.Optional(Type.Boolean()),
    remoteHandIn: Type.Optional(Type.Boolean()),
    teachersSeeContacts: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type SettingsWish = Static<typeof SettingsWish>

export const RemoteDraft = Type.Object({
  from: Day,
  /** Inclusive. */
  to: Day,
  /** The homerooms concerned; without them the whole school. */
  classes: Type.Optional(Type.Array(IdOf<ClassId>(), { minItems: 1, maxItems: 500 })),
  /** The head's word to everybody. */
  word: Type.String({ maxLength: 400 }),
})
export type RemoteDraft = Static<typeof RemoteDraft>

const NameOrNull = Type.Union([Type.String(), Type.Null()])

export const RemotePeriod = Type.Object({
  id: Type.String(),
  from: Day,
  /** Inclusive; the last day that counts, also when it was ended early. */
  to: Day,
  /** Titles of the classes concerned; null for the whole school. */
  classes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  word: Type.String(),
  state: Type.Union([
    Type.Literal('planned'),
    Type.Literal('on'),
    Type.Literal('over'),
    /** Taken back before its first day. */
    Type.Literal('taken-back'),
  ]),
  madeBy: NameOrNull,
  madeAt: Instant,
  endedBy: NameOrNull,
  endedAt: Type.Union([Instant, Type.Null()]),
})
export type RemotePeriod = Static<typeof RemotePeriod>

export const RemoteView = Type.Object({
  today: Day,
  /** Newest first, also those that are over. */
  periods: Type.Array(RemotePeriod),
})
export type RemoteView = Static<typeof RemoteView>

export const MissingWho = Type.Union([
  Type.Literal('student'),
  Type.Literal('guardian'),
  Type.Literal('teacher'),
])
export type MissingWho = Static<typeof MissingWho>
/** Not since Monday, or not today. */
export const Since = Type.Union([Type.Literal('week'), Type.Literal('day')])
export type Since = Static<typeof Since>

export const Contact = Type.Object({ name: Type.String(), email: NameOrNull })

export const Missing = Type.Object({
  since: Day,
  /** Those who need it most first: by the share that is missing. Staff stand under no class. */
  classes: Type.Array(
    Type.Object({
      id: Type.Union([IdOf<ClassId>(), Type.Null()]),
      title: Type.String(),
      people: Type.Integer(),
      /** Of them, who has not connected, and who never has. */
      missing: Type.Integer(),
      never: Type.Integer(),
      list: Type.Array(
        Type.Object({
          id: IdOf<PersonId>(),
          givenName: Type.String(),
          familyName: Type.String(),
          lastSeenOn: Type.Union([Day, Type.Null()]),
          /** Of a pupil: guardians and what the directory holds of them. Of a guardian: the guardian's own. */
          contacts: Type.Array(Contact),
          /** Of a guardian: the children. */
          children: Type.Array(Type.String()),
          call: Type.Union([Type.Object({ note: Type.String(), by: NameOrNull, at: Instant }), Type.Null()]),
        }),
      ),
    }),
  ),
})
export type Missing = Static<typeof Missing>

export const CallDraft = Type.Object({ note: Type.String({ maxLength: 80 }) })

export const refusals = {
  'remote.ends-before-it-starts': 422,
  'remote.in-the-past': 422,
  'remote.too-long': 422,
  'remote.class-unknown': 422,
  'remote.overlaps': 409,
  'remote.over': 409,
} as const satisfies Refusals
