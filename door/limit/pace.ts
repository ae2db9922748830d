// Whether somebody sends or reads too slowly to be let hold a place. Pure: time is told, in milliseconds of any clock.
// Only the time in which it is the other side's turn counts: nobody is cut because the workspace is slow.

export type Pace = {
  bytes: number
  /** Time spent waiting for the other side, in stretches that are over. */
  spent: number
  /** Since when we wait for it; null while it is not its turn. */
  since: number | null
  /** When its last byte came. */
  last: number
}

export type PaceLimits = {
  /** Cut after so long without a byte. */
  idleMs: number
  /** After `graceMs` of waiting, cut below so many bytes a second. */
  graceMs: number
  bytesPerSecond: number
}

/** A pace that begins with the other side's turn. */
export function startPace(now: number): Pace {
  return { bytes: 0, spent: 0, since: now, last: now }
}

/** The other side moved `bytes`. */
export function moved(pace: Pace, bytes: number, now: number): void {
  pace.bytes += bytes
  pace.last = now
}

/** It is our turn: time stands still. */
export function pausePace(pace: Pace, now: number): void {
  if (pace.since === null) return
  pace.spent += now - pace.since
  pace.since = null
}

/** It is the other side's turn again. */
export function resumePace(pace: Pace, now: number): void {
  if (pace.since !== null) return
  pace.since = now
  pace.last = now
}

/** Whether the other side is to be cut. */
export function isTooSlow(pace: Pace, limits: PaceLimits, now: number): boolean {
  if (pace.since === null) return false
  if (now - pace.last >= limits.idleMs) return true
  const waited = pace.spent + (now - pace.since)
  return waited >= limits.graceMs && pace.bytes < (waited / 1000) * limits.bytesPerSecond
}
