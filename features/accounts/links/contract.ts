// One account for somebody whom several schools know: linking what another school calls them, as it crosses the wire.
//
//   GET    /api/session/links                        → Links
//   POST   /api/session/links            LinkProof   → Session    with fresh keys: the children are there
//   DELETE /api/session/links/:recordId              → Session    other devices sign in again
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

/** What proves that the other record is one's own: its activation code, which is used up, or its password. */
export const LinkProof = Type.Union([
  Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }),
  Type.Object({
    username: Type.String({ minLength: 1, maxLength: 200 }),
    password: Type.String({ minLength: 1, maxLength: 500 }),
  }),
])
export type LinkProof = Static<typeof LinkProof>

export const Links = Type.Array(
  Type.Object({
    id: IdOf<PersonId>(),
    school: Type.String(),
    username: Type.String(),
    children: Type.Array(Type.String()),
  }),
)
export type Links = Static<typeof Links>

export const linkRefusals = {
  'link.own-account': 422,
  'link.no-children': 422,
  'link.taken': 409,
  'link.part-of-another': 409,
} as const satisfies Refusals
