// What a school lets guardians see of a child, as it crosses the wire.
//
//   GET /api/pupils/:pupilId/guardians                          → Guardians   (administrators of the pupil's school)
//   PUT /api/pupils/:pupilId/guardians/:guardianId  Decision    → Guardians
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

/** Everything; the school day alone, without copies, marks and feedback; nothing, as if the child were not theirs. */
export const Decided = Type.Union([Type.Literal('all'), Type.Literal('day'), Type.Literal('nothing')])
export type Decided = Static<typeof Decided>

const Name = Type.Object({ id: IdOf<PersonId>(), givenName: Type.String(), familyName: Type.String() })

export const Guardians = Type.Object({
  pupil: Name,
  guardians: Type.Array(
    Type.Intersect([
      Name,
      Type.Object({
        sees: Decided,
        /** Who decided last; absent when nobody ever did. */
        decided: Type.Optional(Type.Object({ by: Type.Union([Type.String(), Type.Null()]), at: Instant })),
      }),
    ]),
  ),
})
export type Guardians = Static<typeof Guardians>

/** `before`: what the page showed, so that nobody overwrites a decision that they have not seen. */
export const Decision = Type.Object({ sees: Decided, before: Decided })
export type Decision = Static<typeof Decision>

export const refusals = {
  /** Nobody decides about the guardians of their own child. */
  'guardian.own-child': 409,
  /** facts.sees: what stands there now. */
  'guardian.decided-meanwhile': 409,
} as const satisfies Refusals
