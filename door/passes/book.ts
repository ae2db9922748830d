// Who asks: session passes opened once and remembered, so that a returning pupil costs a look-up and no signature.
import {
  cookieNames,
  isRevoked,
  type KeyRing,
  openPass,
  type PassKeys,
  type PassRole,
  type Revocations,
  type SessionPass,
  sessionPassSeconds,
} from '../formats/pass.ts'
import { cookieOf } from '../request/cookie.ts'

export type Reader = {
  pass: SessionPass
  /** Every key that the pass lists, in whatever role. */
  keys: ReadonlySet<string>
  /** Milliseconds since 1970. */
  endsAt: number
}

/**
 * What a cookie header says of its sender. `unsure`: signed by a key that this door has not heard of (yet), so only
 * the workspace can tell.
 */
export type Sender = Reader | 'unsure' | null

export type PassBook = {
  read(cookies: string | undefined, now: number): Sender
  /** To be called when the keys changed: what was opened with a retired key no longer holds. */
  forget(): void
  /** How many are remembered. */
  size(): number
}

function readerOf(pass: SessionPass): Reader {
  const keys = new Set<string>()
  const lists: PassKeys = pass.keys
  for (const role in lists) for (const key of lists[role as PassRole] ?? []) keys.add(key)
  return { pass, keys, endsAt: (pass.issuedAt + sessionPassSeconds) * 1000 }
}

/**
 * A bounded memory of opened passes: two generations of `most / 2`, the older one dropped when the younger is full.
 * End and revocation are checked anew at each reading. Forged passes are not remembered: they would push out good ones.
 */
export function passBook(ring: () => KeyRing, revocations: Revocations, most = 50_000): PassBook {
  let young = new Map<string, Reader>()
  let old = new Map<string, Reader>()

  function remember(text: string, reader: Reader): void {
    if (young.size >= most / 2) {
      old = young
      young = new Map()
    }
    young.set(text, reader)
  }

  function open(text: string, now: number): Sender {
    const keys = ring()
    if (!keys.all.has(text.slice(0, Math.max(0, text.indexOf('.'))))) return 'unsure'
    const pass = openPass(text, keys, now)
    if (pass?.kind !== 'session') return null
    const reader = readerOf(pass)
    remember(text, reader)
    return reader
  }

  return {
    read(cookies, now) {
      const text = cookieOf(cookies, cookieNames.session)
      if (!text) return null
      let sender: Sender = young.get(text) ?? null
      if (!sender) {
        const aged = old.get(text)
        if (aged) remember(text, aged)
        sender = aged ?? open(text, now)
      }
      if (sender === null || sender === 'unsure') return sender
      return sender.endsAt > now && !isRevoked(sender.pass, revocations) ? sender : null
    },
    forget() {
      young = new Map()
      old = new Map()
    },
    size: () => young.size + old.size,
  }
}
