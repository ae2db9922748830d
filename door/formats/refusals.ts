// What the door itself may refuse: code → HTTP status, as in the contracts of the features. The web maps each code to
// a sentence.

export const doorRefusals = {
  /** No pass, or one that no longer holds. */
  'session.needed': 401,
  absent: 404,
  /** An address, a method or a header that no browser of ours sends. */
  'request.malformed': 400,
  'request.method': 405,
  'request.too-large': 431,
  /** The body came too slowly. */
  'request.too-slow': 408,
  /** Too many at once: come again after `retryAfter` seconds. */
  'door.full': 503,
  /** The workspace does not answer: what was sent is not done. Come again after `retryAfter` seconds. */
  'workspace.away': 503,
  /** The workspace took the request and did not answer in time: what was sent may be done or not. */
  'workspace.silent': 504,
} as const

export type DoorRefusal = keyof typeof doorRefusals
