// What may be done with an import when, and how long it is safe to wait. Pure.
import { type LocalDate, type LocalTime, weekday } from '#platform/calendar'
import type { ImportState, refusals } from './contract.ts'

/** The hour in which everybody comes, on a weekday. */
export function isRush(date: LocalDate, time: LocalTime): boolean {
  return weekday(date) <= 5 && time >= '07:30' && time < '09:00'
}

/** By its name: a calendar is a timetable, everything else is tried as a directory. */
export const kindOf = (name: string): 'directory' | 'timetable' =>
  /\.ics$/i.test(name) ? 'timetable' : 'directory'

/** Why an import may not be applied, as a refusal's code; null when it may. */
export function obstacleToApplying(
  one: { state: ImportState; hasFile: boolean },
  wanted: readonly number[],
  typed: number | undefined,
): keyof typeof refusals | null {
  if (one.state === 'applying' || one.state === 'trying') return 'import.running'
  if (!one.hasFile) return 'import.file-gone'
  if (one.state !== 'tried') return 'import.not-tried'
  return wanted.length > 0 && !wanted.includes(typed ?? -1) ? 'import.not-confirmed' : null
}
