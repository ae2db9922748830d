// Who reads slower than the workspace writes: the workspace is held back, and the reader's pace is watched.
import type { ServerResponse } from 'node:http'
import { ticks } from '#platform/clock'
import { moved, type PaceLimits, pausePace, resumePace, startPace } from '../limit/pace.ts'
import type { Watch, Watched } from '../limit/watch.ts'

export type Reading = {
  /** These bytes did not fit: nothing more is to be written until `resume` is called. */
  full(bytes: number): void
  end(): void
}

/** Watches the reader of an answer, from the first time that it falls behind. One that is too slow is cut. */
export function readingOf(
  res: ServerResponse,
  watch: Watch,
  limits: PaceLimits,
  resume: () => void,
): Reading {
  let watched: Watched | null = null

  function onDrain(): void {
    if (watched) pausePace(watched.pace, ticks())
    resume()
  }

  return {
    full(bytes) {
      const now = ticks()
      if (!watched) {
        watched = { pace: startPace(now), limits, cut: () => res.destroy() }
        watch.add(watched)
        res.on('drain', onDrain)
      }
      resumePace(watched.pace, now)
      moved(watched.pace, bytes, now)
    },
    end() {
      if (!watched) return
      watch.remove(watched)
      res.off('drain', onDrain)
    },
  }
}
