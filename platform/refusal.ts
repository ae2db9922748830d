// The one way in which an action says no: a code that the contract lists, the server maps to a status (RFC 9457)
// and the web maps to a sentence.

/** What a feature may refuse: code → HTTP status. Each contract exports one such list. */
export type Refusals = Readonly<Record<string, number>>

/** An expected "no". Anything else that is thrown is a bug. */
export class Refused extends Error {
  readonly code: string
  /** Facts for the reader of the refusal, such as a limit or the seconds to wait; never personal data. */
  readonly facts: Readonly<Record<string, string | number>>

  constructor(code: string, facts: Record<string, string | number> = {}) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.facts = facts
  }
}

/** Refusals that every feature shares. Absent and forbidden look the same, so there is no "forbidden". */
export const commonRefusals = {
  'request.invalid': 400,
  'session.needed': 401,
  'request.cross-site': 403,
  absent: 404,
  'request.too-large': 413,
  /** The server's disk is full: nothing of what was sent was kept. */
  'server.disk-full': 507,
  /** The object storage does not answer, or says no: what was sent is kept where it was, and not taken in yet. */
  'server.files-away': 503,
  /** The database does not answer; as the door says it when the workspace does not: what was sent is not done. */
  'workspace.away': 503,
  /** The database broke off: what was sent may be done or not. */
  'workspace.silent': 504,
} as const satisfies Refusals

/** Absent, or not yours to see: the two are not told apart. */
export function absent(): Refused {
  return new Refused('absent')
}
