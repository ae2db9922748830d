// When homework may be due: the choices one is offered before picking a date oneself. Pure: the time is an argument.
import { addDays, instantOf, type LocalDate, type LocalTime, wallClock } from '#platform/calendar'

export type Due = { date: LocalDate; time: LocalTime }
export type Offer = Due & { kind: 'lesson' | 'tomorrow' | 'week' }

const evening = '18:00'

/** The next lesson of the class where one is known, tomorrow evening, and in a week: the first is what stands there. */
export function offersFor(now: number, zone: string, next: Due | null): Offer[] {
  const today = wallClock(now, zone).date
  const offers: Offer[] = [
    { kind: 'tomorrow', date: addDays(today, 1), time: evening },
    { kind: 'week', date: addDays(today, 7), time: evening },
  ]
  return next ? [{ kind: 'lesson', ...next }, ...offers] : offers
}

/** The instant of a due date and hour as ISO text; null while one of them is missing. */
export function dueInstant(due: Due, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(due.date) || !/^\d{2}:\d{2}/.test(due.time)) return null
  return new Date(instantOf(due.date, due.time.slice(0, 5), zone)).toISOString()
}

/** A due instant as date and hour of the school. */
export function dueParts(dueAt: string, zone: string): Due {
  const { date, time } = wallClock(Date.parse(dueAt), zone)
  return { date, time: time.slice(0, 5) }
}
