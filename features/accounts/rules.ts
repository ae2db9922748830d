// What slows down guessing, how activation codes are read from paper, and who may let somebody start anew.

/** Wrong passwords that cost nothing but the try. */
export const freeFailures = 4
/** The longest wait after failures, in seconds. */
export const longestDelay = 900

/**
 * Seconds to wait after so many failures in a row: none for the first four, then 2, 4, 8 … up to 15 minutes
 * (the throttling that NIST SP 800-63B §5.2.2 asks for).
 */
export function delaySeconds(failures: number): number {
  return failures <= freeFailures ? 0 : Math.min(2 ** (failures - freeFailures), longestDelay)
}

/** The delays by number of failures; the last one holds for all more. */
export const delayTable: readonly number[] = Array.from({ length: freeFailures + 11 }, (_, n) =>
  delaySeconds(n),
)

export type Failures = { failures: number; lastAt: number }

/** Whole seconds until the next try, 0 when it may be now. Times in milliseconds since 1970. */
export function secondsToWait(after: Failures, now: number): number {
  return Math.max(0, Math.ceil((after.lastAt - now) / 1000 + delaySeconds(after.failures)))
}

/** A token bucket: `tokens` were left at `at` (ms). */
export type Bucket = { tokens: number; at: number }
export type Limit = { capacity: number; perSecond: number }

/** Wrong passwords of one browser, over all accounts: a class that shares a computer stays below, spraying does not. */
export const deviceLimit: Limit = { capacity: 20, perSecond: 1 / 30 }
/** Failures of all senders together that come without any device pass, as no browser does after its first page. */
export const devicelessLimit: Limit = { capacity: 300, perSecond: 5 }

/** Takes one token, or says how many seconds until there is one. */
export function takeToken(bucket: Bucket | undefined, limit: Limit, now: number): Bucket & { wait: number } {
  const before = bucket ?? { tokens: limit.capacity, at: now }
  const tokens = Math.min(
    limit.capacity,
    before.tokens + (Math.max(0, now - before.at) / 1000) * limit.perSecond,
  )
  if (tokens >= 1) return { tokens: tokens - 1, at: now, wait: 0 }
  return { tokens, at: now, wait: Math.ceil((1 - tokens) / limit.perSecond - 1e-6) }
}

// Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Letters of an activation code, five bits each: 80 bits, so that a fast hash is enough. */
export const codeLength = 16
export const codeDays = 30

/** An activation code's letters from ten random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let i = codeLength - 1; i >= 0; i--) code += alphabet[Number((bits >> BigInt(5 * i)) & 31n)]
  return code
}

/** As it is printed: XXXX-XXXX-XXXX-XXXX. */
export function printedCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? ''
}

/** A code as somebody typed it from paper, in the form that is hashed; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return code.length === codeLength && [...code].every((c) => alphabet.includes(c)) ? code : null
}

export type Care = 'administrator' | 'teacher' | 'guardian'

/** What the one who would start anew is, beside a pupil or guardian. */
export type Weight = {
  /** Works at some school: teaches, is staff or runs it. */
  works: boolean
  /** Works at a school that the asker runs. */
  worksUnderAsker: boolean
  /** Runs a school or organisation that the asker does not run. */
  runsElsewhere: boolean
}

/**
 * Whether somebody in this capacity may hand out a code that takes over an account: teachers and guardians for those
 * who are only pupils; administrators also for their own staff, but never up (who runs something that they do not run)
 * or sideways (a guardian of theirs who works at another school).
 */
export function mayStartAnew(care: Care, weight: Weight): boolean {
  if (!weight.works) return true
  return care === 'administrator' && weight.worksUnderAsker && !weight.runsElsewhere
}
