// Who asks: what a verified pass says of the sender of a request.
import type { PassKeys } from '#door/formats/pass'
import type { PersonId } from '#platform/ids'
import { Refused } from '#platform/refusal'

export type Who = {
  account: PersonId
  /** What the pass may read, by role; enough to read what a class shares, never enough to change anything. */
  keys: PassKeys
  passId: string
  /** Seconds since 1970. */
  issuedAt: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the accounts feature for every request that carries a valid session pass. */
    who: Who | null
  }
}

/** The sender of a request. @throws `session.needed` when nobody is signed in. */
export function whoOf(request: { who: Who | null }): Who {
  if (!request.who) throw new Refused('session.needed')
  return request.who
}
