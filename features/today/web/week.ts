// A week's days as one pupil has them: with work for the pupil alone, and on the pupil's own dates. Pure.
import { addDays, dateIn, type LocalDate } from '#platform/calendar'
import type { SheetWork, WeekSheet } from '../contract.ts'

type Day = WeekSheet['days'][number]

/** The days of the week from `monday` on, each with what is due for this pupil; days with nothing stay out. */
export function daysWithOwn(days: Day[], own: SheetWork[], monday: LocalDate, zone: string): Day[] {
  if (own.length === 0) return days
  const known = new Map(days.map((day) => [day.date, day]))
  const theirs = (work: SheetWork[]) => work.filter((item) => !own.some(({ id }) => id === item.id))
  const all = [0, 1, 2, 3, 4, 5, 6].map((n): Day => {
    const date = addDays(monday, n)
    const { lessons, work } = known.get(date) ?? { lessons: [], work: [] }
    const mine = own.filter((item) => dateIn(Date.parse(item.dueAt), zone) === date)
    return { date, lessons, work: [...theirs(work), ...mine] }
  })
  return all.filter((day) => known.has(day.date) || day.work.length > 0)
}
