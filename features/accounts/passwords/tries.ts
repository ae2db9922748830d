// Budgets of wrong tries that need no table: per browser over all accounts, for senders without any device pass
// together, and for user names that do not exist (which must look as if they did).
import { LRUCache } from 'lru-cache'
import type { Clock } from '#platform/clock'
import { Refused } from '#platform/refusal'
import {
  type Bucket,
  deviceLimit,
  devicelessLimit,
  type Failures,
  type Limit,
  secondsToWait,
  takeToken,
} from '../rules.ts'

export type Guessed = 'password' | 'code'

export type Tries = {
  /** Spends one try of a browser's budget for passwords or codes. @throws `sign-in.wait` */
  spend(what: Guessed, device: string | null): void
  /** It was no failure. */
  refund(what: Guessed, device: string | null): void
  /** Counts a try for a name that nobody has, like one for a name that somebody has. @throws `sign-in.wait` */
  countUnknown(name: string): void
}

const mostRemembered = 20_000

/** @throws `sign-in.wait` when there is something to wait for. */
export function orWait(seconds: number): void {
  if (seconds > 0) throw new Refused('sign-in.wait', { seconds })
}

/** Budgets in this process's memory; bounded. */
export function openTries(clock: Clock): Tries {
  const buckets = new LRUCache<string, Bucket>({ max: mostRemembered })
  const unknown = new LRUCache<string, Failures>({ max: mostRemembered })
  const limitOf = (device: string | null): Limit => (device ? deviceLimit : devicelessLimit)
  return {
    spend(what, device) {
      const key = `${what}:${device ?? ''}`
      const { wait, ...bucket } = takeToken(buckets.get(key), limitOf(device), clock.now())
      buckets.set(key, bucket)
      orWait(wait)
    },
    refund(what, device) {
      const bucket = buckets.get(`${what}:${device ?? ''}`)
      if (bucket) bucket.tokens = Math.min(bucket.tokens + 1, limitOf(device).capacity)
    },
    countUnknown(name) {
      const now = clock.now()
      const before = unknown.get(name)
      const fresh = !before || now - before.lastAt > 86_400_000
      if (!fresh) orWait(secondsToWait(before, now))
      unknown.set(name, { failures: fresh ? 1 : before.failures + 1, lastAt: now })
    },
  }
}
