// Passes: signed values that a browser keeps and that anybody with the key checks without a look-up.
// They hold no names. HMAC-SHA256, since checking it is some fifty times cheaper than an Ed25519 signature.
import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'

/** s: pupil, t: teacher, g: guardian (reads a child's sheets, nothing more), a: administrator of a school. */
export type PassRole = 's' | 't' | 'g' | 'a'

/** The keys of classes, people and schools that the holder may read, by role. */
export type PassKeys = Partial<Record<PassRole, readonly string[]>>

export type SessionPass = {
  kind: 'session'
  /** Random; names this one sign-in, so that it alone can be revoked. */
  id: string
  account: string
  keys: PassKeys
  /** Seconds since 1970. */
  issuedAt: number
}

export type DevicePass = {
  kind: 'device'
  /** Random; names a browser that was here, never a person. */
  id: string
  /** Seconds since 1970, of its first visit. */
  issuedAt: number
}

export type Pass = SessionPass | DevicePass

/** Session passes are renewed by use and void after this long; device passes last a year. */
export const sessionPassSeconds = 180 * 86_400
export const devicePassSeconds = 365 * 86_400

export const cookieNames = {
  session: 'preau_pass',
  others: 'preau_others',
  device: 'preau_device',
  views: 'preau_views',
} as const

/** Signing keys by key id. `current` signs; every key in `all` is accepted. */
export type KeyRing = { current: string; all: ReadonlyMap<string, KeyObject> }

/** A key ring from raw secrets, oldest first; the last one signs. Secrets are at least 32 bytes. */
export function keyRing(secrets: Iterable<readonly [kid: string, secret: Uint8Array]>): KeyRing {
  const all = new Map<string, KeyObject>()
  let current = ''
  for (const [kid, secret] of secrets) {
    all.set(kid, createSecretKey(secret))
    current = kid
  }
  return { current, all }
}

/** A random id for a pass: 96 bits. */
export function newPassId(): string {
  return randomBytes(12).toString('base64url')
}

function mac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** The text that goes into the cookie: key id, payload and HMAC, joined by dots. @throws if the ring is empty. */
export function sealPass(pass: Pass, ring: KeyRing): string {
  const key = ring.all.get(ring.current)
  if (!key) throw new Error('there is no key to sign passes with')
  const payload =
    pass.kind === 'session'
      ? { i: pass.id, a: pass.account, k: pass.keys, t: pass.issuedAt }
      : { d: pass.id, t: pass.issuedAt }
  const text = `${ring.current}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
  return `${text}.${mac(key, text).toString('base64url')}`
}

type Payload = { i?: string; a?: string; k?: PassKeys; d?: string; t: number }

/**
 * The pass in a cookie's text, or null when it is forged, damaged, signed by an unknown key or too old.
 * `now` is in milliseconds since 1970. Revocation is the caller's: see {@link isRevoked}.
 */
export function openPass(text: string, ring: KeyRing, now: number): Pass | null {
  const first = text.indexOf('.')
  const last = text.lastIndexOf('.')
  if (first < 1 || last <= first || text.length > 4096) return null
  const key = ring.all.get(text.slice(0, first))
  if (!key) return null
  // As text, since a decoder forgives: a pass has one form, or its variants would crowd out others where it is remembered.
  const given = Buffer.from(text.slice(last + 1))
  const expected = Buffer.from(mac(key, text.slice(0, last)).toString('base64url'))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const payload = JSON.parse(Buffer.from(text.slice(first + 1, last), 'base64url').toString()) as Payload
  return passOf(payload, now / 1000)
}

function passOf(p: Payload, nowSeconds: number): Pass | null {
  if (p.d !== undefined) {
    return p.t + devicePassSeconds > nowSeconds ? { kind: 'device', id: p.d, issuedAt: p.t } : null
  }
  if (p.i === undefined || p.a === undefined || p.t + sessionPassSeconds <= nowSeconds) return null
  return { kind: 'session', id: p.i, account: p.a, keys: p.k ?? {}, issuedAt: p.t }
}

/** Whether a pass lists a key, in any role or in the given one. */
export function holds(pass: Pick<SessionPass, 'keys'>, key: string, role?: PassRole): boolean {
  if (role) return pass.keys[role]?.includes(key) ?? false
  for (const r in pass.keys) if (pass.keys[r as PassRole]?.includes(key)) return true
  return false
}

/** Passes that were ended before their time: single ones, and all of an account issued before an instant (seconds). */
export type Revocations = { passes: ReadonlySet<string>; accounts: ReadonlyMap<string, number> }

/** Whether a session pass was ended. Two look-ups in memory. */
export function isRevoked(pass: SessionPass, revocations: Revocations): boolean {
  const from = revocations.accounts.get(pass.account)
  return (from !== undefined && pass.issuedAt < from) || revocations.passes.has(pass.id)
}
