// Codes for several classes of a school at once, as they cross the wire.
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { ClassId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

/** Guardians stand in their children's classes. */
export const CodesWho = Type.Union([Type.Literal('student'), Type.Literal('guardian')])
export type CodesWho = Static<typeof CodesWho>

/**
 * Drawn anew for each wish. The same wish with the same key is answered with the same codes, as long as they work:
 * pressed twice, or sent again after an answer was lost, it ends no code.
 */
export const WishKey = Type.String({ minLength: 20, maxLength: 64 })

/** How many earlier codes the reader was told will end. More than that: `codes.made-meanwhile`, and none is made. */
const ending = Type.Integer({ minimum: 0 })

/** A code for one person. */
export const CodeWish = Type.Object({ key: WishKey })
export type CodeWish = Static<typeof CodeWish>

/** Codes for all of a class who have no password yet. */
export const ClassCodesWish = Type.Object({ key: WishKey, ending })
export type ClassCodesWish = Static<typeof ClassCodesWish>

export const CodesWish = Type.Object({
  key: WishKey,
  who: CodesWho,
  /** Homerooms; without them the whole school. */
  classes: Type.Optional(Type.Array(IdOf<ClassId>(), { minItems: 1, maxItems: 500 })),
  ending,
})
export type CodesWish = Static<typeof CodesWish>

/** One making of codes for a class or several. */
export const CodesRun = Type.Object({
  at: Instant,
  by: Type.String(),
  audience: CodesWho,
  /** Of the one class concerned. */
  title: Type.Union([Type.String(), Type.Null()]),
  /** How many classes were chosen; null for the whole school. */
  classes: Type.Union([Type.Integer(), Type.Null()]),
  made: Type.Integer(),
  /** Earlier codes, still unused, that stopped working. */
  ended: Type.Integer(),
})
export type CodesRun = Static<typeof CodesRun>

export const CodesPlan = Type.Object({
  /** The newest of them first, of thirty days: older slips do not work. */
  runs: Type.Array(CodesRun),
  classes: Type.Array(
    Type.Object({
      id: IdOf<ClassId>(),
      title: Type.String(),
      /** Accounts in use, with a password or without. */
      people: Type.Integer(),
      waiting: Type.Integer(),
    }),
  ),
  /** Who waits, by the classes in which they stand: whoever stands in two is in one group, and gets one slip. */
  groups: Type.Array(
    Type.Object({
      classes: Type.Array(IdOf<ClassId>()),
      people: Type.Integer(),
      /** Of these, how many hold a code that would stop working, and when the newest of those was made. */
      ending: Type.Integer(),
      lastMade: Type.Union([Instant, Type.Null()]),
    }),
  ),
  /** Left out since they also work at a school: they get their codes one by one. */
  working: Type.Integer(),
})
export type CodesPlan = Static<typeof CodesPlan>

export const schoolCodesRefusals = {
  /** facts.most. */
  'codes.too-many': 422,
  /** Somebody made codes that the reader was not told of; facts.ending. */
  'codes.made-meanwhile': 409,
} as const satisfies Refusals
