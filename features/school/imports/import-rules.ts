// What may be done with an import when. Pure.
import { dateIn, isMorning, weekday } from '#platform/calendar'
import type { ImportState, refusals } from './contract.ts'

/** The hours in which everybody comes, on a day of school. `now` in ms since 1970. */
export const isRush = (now: number, zone: string): boolean =>
  isMorning(now, zone) && weekday(dateIn(now, zone)) <= 6

/** Whether a process works, or worked, on it. */
export const isRunning = (state: ImportState): boolean => state === 'trying' || state === 'applying'

/** By its name: a calendar is a timetable, everything else is tried as a directory. */
export const kindOf = (name: string): 'directory' | 'timetable' =>
  /\.ics$/i.test(name) ? 'timetable' : 'directory'

/** Why an import may not be applied, as a refusal's code; null when it may. */
export function obstacleToApplying(
  one: { state: ImportState; hasFile: boolean },
  wanted: readonly number[],
  typed: number | undefined,
): keyof typeof refusals | null {
  if (isRunning(one.state)) return 'import.running'
  if (!one.hasFile) return 'import.file-gone'
  if (one.state !== 'tried') return 'import.not-tried'
  return wanted.length > 0 && !wanted.includes(typed ?? -1) ? 'import.not-confirmed' : null
}
