// The only place that reads the time. Everything else is handed a clock, or the time itself.

export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

/** The machine's clock, moved by `offset` milliseconds (0 in production; a demo or a rehearsal may shift it). */
export function systemClock(offset = 0): Clock {
  return { now: () => Date.now() + offset }
}

/** A clock for tests: stands still until it is told to move. */
export function fakeClock(
  start: string | number,
): Clock & { set(to: string | number): void; advance(ms: number): void } {
  let at = new Date(start).getTime()
  return {
    now: () => at,
    set: (to) => {
      at = new Date(to).getTime()
    },
    advance: (ms) => {
      at += ms
    },
  }
}

/** Milliseconds from a steady clock, for measuring how long something took. */
export function ticks(): number {
  return performance.now()
}
