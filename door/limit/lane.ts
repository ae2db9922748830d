// How many requests are with the workspace at once, and how many may wait a moment for a place. Pure: time is told.

type Waiting = { enter: () => void; turnedAway: () => void; since: number; left: boolean }

export type Lane = {
  /** Takes a place, if one is free. Each place taken is given back by one `leave`. */
  enter(): boolean
  /**
   * Waits for a place: `enter` is called with it, or `turnedAway` without. The answer gives the waiting up; false
   * when too many wait already.
   */
  wait(enter: () => void, turnedAway: () => void, now: number): false | (() => void)
  /** Gives a place back: the one who has waited longest takes it. */
  leave(): void
  /** Turns away all who have waited longer than the lane allows. */
  expire(now: number): void
  inside(): number
  waiting(): number
}

export type LaneOptions = { places: number; queue: number; waitMs: number }

/**
 * A lane of `places`, with a queue of at most `queue` that each wait at most `waitMs`: long enough for a gust, short
 * enough that no work is done for somebody who has gone.
 */
export function lane(options: LaneOptions): Lane {
  let inside = 0
  let waiting = 0
  let queue: Waiting[] = []

  function end(one: Waiting): boolean {
    if (one.left) return false
    one.left = true
    waiting--
    return true
  }

  return {
    enter() {
      if (inside >= options.places) return false
      inside++
      return true
    },
    wait(enter, turnedAway, now) {
      if (waiting >= options.queue) return false
      const one: Waiting = { enter, turnedAway, since: now, left: false }
      queue.push(one)
      waiting++
      return () => void end(one)
    },
    leave() {
      for (let one = queue.shift(); one; one = queue.shift()) if (end(one)) return one.enter()
      inside--
    },
    expire(now) {
      const late = queue.filter((one) => now - one.since >= options.waitMs)
      if (late.length === 0) return
      queue = queue.filter((one) => now - one.since < options.waitMs)
      for (const one of late) if (end(one)) one.turnedAway()
    },
    inside: () => inside,
    waiting: () => waiting,
  }
}
