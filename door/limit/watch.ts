// Looks every two seconds at all who are sending or reading, and cuts the slow ones: one timer for everybody.
import { isTooSlow, type Pace, type PaceLimits } from './pace.ts'

export type Watched = { pace: Pace; limits: PaceLimits; cut: () => void }

export type Watch = { add(one: Watched): void; remove(one: Watched): void; look(now: number): void }

/** A watch that nobody winds: the owner calls `look`. */
export function watch(): Watch {
  const all = new Set<Watched>()
  return {
    add: (one) => void all.add(one),
    remove: (one) => void all.delete(one),
    look(now) {
      for (const one of all) {
        if (!isTooSlow(one.pace, one.limits, now)) continue
        all.delete(one)
        one.cut()
      }
    },
  }
}
