// Calendar addresses as they cross the wire; the calendar itself is text (RFC 5545).
//
//   GET    /api/feeds                     → Feeds    one's own
//   POST   /api/feeds           FeedDraft → NewFeed  with the address, shown this once
//   POST   /api/feeds/:feedId/renew       → NewFeed  another address; the old one is absent from now on
//   DELETE /api/feeds/:feedId             → 204
//   GET    /api/calendars/<secret>.ics    → text/calendar, for whoever has the address
import { type Static, Type } from 'typebox'
import { Day, IdOf, Instant } from '#platform/contract'
import type { PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

/** none; as an event of the whole day; or as one that ends when it is due. */
export const FeedHomework = Type.Union([Type.Literal('none'), Type.Literal('all-day'), Type.Literal('due')])
export type FeedHomework = Static<typeof FeedHomework>

export const FeedDraft = Type.Object({
  /** Whose: a child of a guardian; without it one's own. */
  child: Type.Optional(IdOf<PersonId>()),
  homework: FeedHomework,
  language: Type.Union([Type.Literal('fr'), Type.Literal('en')]),
})
export type FeedDraft = Static<typeof FeedDraft>

export const Feed = Type.Object({
  id: Type.String(),
  child: Type.Union([Type.String(), Type.Null()]),
  homework: FeedHomework,
  madeAt: Instant,
  lastUsedOn: Type.Union([Day, Type.Null()]),
})
export type Feed = Static<typeof Feed>

export const Feeds = Type.Object({
  feeds: Type.Array(Feed),
  /** For whom one can be made: null is oneself. */
  whose: Type.Array(Type.Object({ child: Type.Union([IdOf<PersonId>(), Type.Null()]), name: Type.String() })),
})
export type Feeds = Static<typeof Feeds>

export const NewFeed = Type.Object({ id: Type.String(), path: Type.String() })
export type NewFeed = Static<typeof NewFeed>

export const refusals = { 'feed.too-many': 409 } as const satisfies Refusals
