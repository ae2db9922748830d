// When codes that are still out were made, for the question before they end.
import { usualZone, wallClock } from '#platform/calendar'
import { dayText } from '#web/texts/format.ts'
import { codeDays } from '../rules.ts'

/** The day of an instant, as a text: "3 novembre". */
export const dayOf = (instant: string) => dayText(wallClock(Date.parse(instant), usualZone).date, 'dayMonth')

/** The day on which the newest of some codes was made, from when they expire. */
export function madeOn(expiries: readonly (string | null)[]): string {
  const newest = expiries.reduce<string>((last, at) => (at && at > last ? at : last), '')
  return newest ? dayOf(new Date(Date.parse(newest) - codeDays * 86_400_000).toISOString()) : ''
}
