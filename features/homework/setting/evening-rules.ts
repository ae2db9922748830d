// How much is due on one day, and when it is worth a word. Pure.
import type { LocalDate } from '#platform/calendar'
import { weekday } from '#platform/calendar'
import type { Evenings, Level } from './contract.ts'

/** Our choice: what a piece of homework without an estimate is taken for, in minutes. */
export const usualMinutes = 20

/**
 * The level by a class's title as French schools write it ("CM2", "3e B", "Tle 4"), "lower" where it says nothing:
 * collège.
 */
export function levelOf(title: string): Level {
  const name = title.trim().toLowerCase()
  if (/^(ps|ms|gs|cp|ce\s?[12]|cm\s?[12]|ulis école)\b/.test(name)) return 'primary'
  if (
    /^(2\s?n?de|seconde|1\s?(re|ère|ere)|première|premiere|te?r?mi?n?a?le\b|tle|term|t\s?\d|bts|cap)/.test(
      name,
    )
  )
    return 'upper'
  return 'lower'
}

/**
 * Minutes a day above which a teacher is told. Ten for each year of school, as H. Cooper found of use (Review of
 * Educational Research 76, 2006), taken at the middle of the level: years 1 to 5, 6 to 9, 10 to 12. A number of our
 * choice, for a word that never stops anybody; French primary schools set no written homework at all (circular of 29
 * December 1956).
 */
export function eveningLimit(level: Level): number {
  return { primary: 30, lower: 75, upper: 110 }[level]
}

type Day = Pick<Evenings['days'][number], 'date' | 'most'>

/** Whether a day that takes so many minutes more is fuller than is good. */
export function isFull(day: Day | undefined, more: number, limit: number): boolean {
  return (day?.most ?? 0) + more > limit && (day?.most ?? 0) > 0
}

/**
 * Up to three days to offer in place of a full one: Monday to Friday, after `today`, that stay below the limit; those with
 * a lesson of the class first, then the nearest.
 */
export function lighterDays(
  days: readonly Day[],
  of: { today: LocalDate; chosen: LocalDate; more: number; limit: number; lessons: readonly LocalDate[] },
): LocalDate[] {
  const known = new Map(days.map((day) => [day.date, day]))
  const far = (date: LocalDate) => Math.abs(Date.parse(date) - Date.parse(of.chosen))
  const candidates = days
    .map(({ date }) => date)
    .filter((date) => date !== of.chosen && date > of.today && weekday(date) <= 5)
    .filter((date) => (known.get(date)?.most ?? 0) + of.more <= of.limit)
  const lesson = (date: LocalDate) => (of.lessons.includes(date) ? 0 : 1)
  return candidates
    .sort((a, b) => lesson(a) - lesson(b) || far(a) - far(b))
    .slice(0, 3)
    .sort()
}
