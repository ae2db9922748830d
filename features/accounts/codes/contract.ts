// Codes for several classes of a school at once, as they cross the wire.
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { ClassId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

/** Guardians stand in their children's classes. */
export const CodesWho = Type.Union([Type.Literal('student'), Type.Literal('guardian')])
export type CodesWho = Static<typeof CodesWho>

export const CodesWish = Type.Object({
  who: CodesWho,
  /** Homerooms; without them the whole school. */
  classes: Type.Optional(Type.Array(IdOf<ClassId>(), { minItems: 1, maxItems: 500 })),
  /** How many earlier codes the reader was told will end. More than that: `codes.made-meanwhile`, and none is made. */
  ending: Type.Integer({ minimum: 0 }),
})
export type CodesWish = Static<typeof CodesWish>

export const CodesPlan = Type.Object({
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
      /** Of these, how many hold a code that would stop working. */
      ending: Type.Integer(),
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
