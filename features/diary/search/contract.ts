// Searching the diary, as it crosses the wire.
//
//   GET /api/diary/search?q&in&subject&from&to&page → Found   (whoever sees a class: of their classes, and nothing else)
import { type Static, Type } from 'typebox'
import { Day, IdOf } from '#platform/contract'
import type { ClassId, PersonId } from '#platform/ids'

export const Ask = Type.Object({
  /** Words in any order, "a phrase" in quotes; the last word may be unfinished. */
  q: Type.String({ maxLength: 200 }),
  /** One class alone. */
  in: Type.Optional(IdOf<ClassId>()),
  /** A guardian's child: the classes of that child alone. */
  child: Type.Optional(IdOf<PersonId>()),
  subject: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** From 0. */
  page: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
})
export type Ask = Static<typeof Ask>

/** Plain text in pieces; those that match are marked. */
const Pieces = Type.Array(Type.Object({ text: Type.String(), hit: Type.Optional(Type.Literal(true)) }))

export const Hit = Type.Object({
  kind: Type.Union([Type.Literal('entry'), Type.Literal('homework')]),
  id: Type.String(),
  classId: Type.String(),
  class: Type.String(),
  subject: Type.String(),
  teacher: Type.Optional(Type.String()),
  /** The lesson's day; of homework, the day on which it was set. */
  date: Day,
  /** Of homework. */
  title: Type.Optional(Pieces),
  snippet: Pieces,
  documents: Type.Integer(),
})
export type Hit = Static<typeof Hit>

export const Found = Type.Object({
  hits: Type.Array(Hit),
  /** How many there are, `most` at the most: then there are more. */
  total: Type.Integer(),
  most: Type.Integer(),
  /** The next page, when there is one. */
  next: Type.Optional(Type.Integer()),
})
export type Found = Static<typeof Found>
