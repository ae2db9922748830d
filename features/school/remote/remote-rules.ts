// When a school, or some of its classes, is at a distance: lessons are held at home. Pure, days are the school's.
import { addDays, type LocalDate } from '#platform/calendar'
import type { ClassId } from '#platform/ids'
import type { refusals } from '../contract.ts'

export type Period = {
  from: LocalDate
  /** Inclusive. */
  to: LocalDate
  /** Homerooms, and where lessons are asked for the groups of their pupils; null: the whole school. */
  classes: readonly ClassId[] | null
  word: string
  /** From this day on it no longer counts; null while nobody ended it. */
  endedOn: LocalDate | null
}

/** A period is two school months at most: what is longer is decided anew. */
export const longestDays = 62

/** The last day that counts. */
export const lastDay = ({ to, endedOn }: Pick<Period, 'to' | 'endedOn'>): LocalDate =>
  endedOn !== null && endedOn <= to ? addDays(endedOn, -1) : to

/** Whether it counts on a day. */
export const covers = (period: Period, day: LocalDate): boolean =>
  period.from <= day && day <= lastDay(period)

/** Whether it concerns a class. */
export const concerns = ({ classes }: Pick<Period, 'classes'>, classId: ClassId): boolean =>
  classes === null || classes.includes(classId)

/** What is told of the period that a class is in on a day; null when its lessons are held at school. */
export function remoteOn(
  periods: readonly Period[],
  classId: ClassId | null,
  day: LocalDate,
): { from: LocalDate; to: LocalDate; word: string } | null {
  const found = periods.find(
    (period) =>
      covers(period, day) && (classId === null ? period.classes === null : concerns(period, classId)),
  )
  return found ? { from: found.from, to: lastDay(found), word: found.word } : null
}

/** Days ahead on which a period at a distance is told. */
export const toldAhead = 7

/** The same for a day's page: what holds on the day, or else what begins within a week. */
export function remoteTold(
  periods: readonly Period[],
  classId: ClassId | null,
  day: LocalDate,
): ReturnType<typeof remoteOn> {
  const coming = periods
    .map(({ from }) => from)
    .filter((from) => from > day && from <= addDays(day, toldAhead))
    .sort()
  for (const on of [day, ...coming]) {
    const found = remoteOn(periods, classId, on)
    if (found) return found
  }
  return null
}

/** What state a period is in. */
export function stateOf(period: Period, today: LocalDate): 'planned' | 'on' | 'over' | 'taken-back' {
  const last = lastDay(period)
  if (last < period.from) return 'taken-back'
  return today < period.from ? 'planned' : today <= last ? 'on' : 'over'
}

const overlap = (a: Period, b: Pick<Period, 'from' | 'to' | 'classes'>): boolean =>
  a.from <= b.to &&
  b.from <= lastDay(a) &&
  (a.classes === null || b.classes === null || a.classes.some((id) => b.classes?.includes(id)))

/** Why a period cannot be planned, as a refusal's code; null when it can. */
export function obstacleToPeriod(
  wish: Pick<Period, 'from' | 'to' | 'classes'>,
  others: readonly Period[],
  today: LocalDate,
): keyof typeof refusals | null {
  if (wish.to < wish.from) return 'remote.ends-before-it-starts'
  if (wish.from < today) return 'remote.in-the-past'
  if (wish.to > addDays(wish.from, longestDays)) return 'remote.too-long'
  return others.some((other) => overlap(other, wish)) ? 'remote.overlaps' : null
}
