// What stands on a sheet: the lessons and the work of whoever shares it, each tagged with the group that it concerns.
// A "matter" is all that one key opens; days and weeks are cut out of it.
import { addDays, type LocalDate } from '#platform/calendar'
import type { DaySheet, SheetLesson, SheetWork, WeekSheet } from '../contract.ts'

export type DatedWork = SheetWork & { dueOn: LocalDate }

export type Matter = {
  kind: DaySheet['kind']
  /** Opens its sheets. */
  key: string
  title: string
  school: string
  zone: string
  days: ReadonlyMap<LocalDate, readonly SheetLesson[]>
  /** Soonest first. */
  work: readonly DatedWork[]
  /** What is to be said of a day on which lessons are held at a distance. */
  remote(date: LocalDate): DaySheet['remote'] | null
}

/** Days ahead for which a day's sheet lists work. */
export const workAhead = 21
/** Days ahead in which the next school day is looked for: longer than any holiday but the summer's. */
export const lessonsAhead = 60

const takesPlace = ({ status }: SheetLesson) => status === 'on' || status === 'moved'

/** The next day after `date` with a lesson that takes place, within sixty days. */
export function nextSchoolDay({ days }: Pick<Matter, 'days'>, date: LocalDate): LocalDate | null {
  let next: LocalDate | null = null
  const last = addDays(date, lessonsAhead)
  for (const [day, lessons] of days) {
    if (day > date && day <= last && (!next || day < next) && lessons.some(takesPlace)) next = day
  }
  return next
}

function withoutDay({ dueOn: _, ...work }: DatedWork): SheetWork {
  return work
}

/** The sheet of a day. On a day without lessons it names the next one that has some. */
export function daySheet(matter: Matter, date: LocalDate): DaySheet {
  const { kind, title, school, zone } = matter
  const lessons = [...(matter.days.get(date) ?? [])]
  const next = lessons.some(takesPlace) ? null : nextSchoolDay(matter, date)
  const last = addDays(date, workAhead)
  const work = matter.work.filter(({ dueOn }) => dueOn >= date && dueOn <= last).map(withoutDay)
  const remote = matter.remote(date)
  const said = { ...(next ? { next } : {}), ...(remote ? { remote } : {}) }
  return { kind, title, school, zone, date, ...said, lessons, work }
}

/** The sheet of a week, Monday to Sunday; days without lessons and work are left out. */
export function weekSheet(matter: Matter, monday: LocalDate): WeekSheet {
  const { kind, title, school, zone } = matter
  const days = [0, 1, 2, 3, 4, 5, 6].map((n) => {
    const date = addDays(monday, n)
    const all = matter.days.get(date) ?? []
    // A whole school's week would be hundreds of lessons: what matters there is what is not as planned.
    const lessons = kind === 'school' ? all.filter(({ status, cover }) => status !== 'on' || cover) : [...all]
    return { date, lessons, work: matter.work.filter(({ dueOn }) => dueOn === date).map(withoutDay) }
  })
  return { kind, title, school, zone, monday, days: days.filter((d) => d.lessons.length + d.work.length > 0) }
}

/** The days whose sheets the doors hold: today, and the next school day. */
export function daysToPublish(matter: Matter, today: LocalDate): LocalDate[] {
  const next = nextSchoolDay(matter, today)
  return next ? [today, next] : [today]
}
