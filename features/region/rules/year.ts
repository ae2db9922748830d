// A French school year: its first and last day, terms, and the days on which schools are closed (zone C).
import { addDays, type LocalDate, mondayOf, weekday } from '#platform/calendar'

export type Term = { sourcedId: string; title: string; start: LocalDate /** exclusive */; end: LocalDate }

export type SchoolYear = {
  /** The year in which it starts: 2026 is 2026-2027. */
  year: number
  sourcedId: string
  title: string
  start: LocalDate
  /** The first day of the summer holidays. */
  end: LocalDate
  terms: Term[]
  closed: ReadonlySet<LocalDate>
}

/** The school year that holds a date; from August on it is the coming one. */
export function schoolYearOf(date: LocalDate): number {
  const [year, month] = date.split('-').map(Number) as [number, number]
  return month >= 8 ? year : year - 1
}

const SATURDAY = 6

function saturdayFrom(date: LocalDate): LocalDate {
  return addDays(date, (SATURDAY - weekday(date) + 7) % 7)
}

/** Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876). */
export function easter(year: number): LocalDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  const month = String(Math.floor(f / 31)).padStart(2, '0')
  return `${year}-${month}-${String((f % 31) + 1).padStart(2, '0')}`
}

/** First Saturdays of the four two-week holidays; the rules give the published dates of 2022 to 2027. */
function holidaysOf(year: number): LocalDate[] {
  const next = year + 1
  // The three zones take turns: zone C is first, second and third in winter from one year to the next.
  const winter = addDays(saturdayFrom(`${next}-02-06`), ((next + 1) % 3) * 7)
  return [saturdayFrom(`${year}-10-16`), saturdayFrom(`${year}-12-17`), winter, addDays(winter, 56)]
}

function closedDays(year: number): Set<LocalDate> {
  const closed = new Set<LocalDate>()
  for (const saturday of holidaysOf(year)) for (let i = 0; i < 16; i++) closed.add(addDays(saturday, i))
  const sunday = easter(year + 1)
  // Easter Monday, Ascension and the Friday after it, Whit Monday.
  for (const days of [1, 39, 40, 50]) closed.add(addDays(sunday, days))
  for (const date of [`${year}-11-01`, `${year}-11-11`, `${year + 1}-05-01`, `${year + 1}-05-08`]) {
    closed.add(date)
  }
  return closed
}

/** The school year that starts in September of `year`. */
export function schoolYear(year: number): SchoolYear {
  const first = `${year}-09-01`
  const start = weekday(first) >= 5 ? addDays(mondayOf(first), 7) : first
  const end = saturdayFrom(`${year + 1}-07-03`)
  const bounds = [start, `${year}-12-01`, `${year + 1}-03-08`, end]
  const terms = ['1er trimestre', '2e trimestre', '3e trimestre'].map((title, i) => ({
    sourcedId: `trimestre-${year}-${i + 1}`,
    title: `${title} ${year}-${year + 1}`,
    start: bounds[i] as LocalDate,
    end: bounds[i + 1] as LocalDate,
  }))
  const title = `${year}-${year + 1}`
  return { year, sourcedId: `annee-${year}`, title, start, end, terms, closed: closedDays(year) }
}

/** The days of lessons on the given weekdays: every week (3), in weeks A only (1) or B only (2). The first week is A. */
export function lessonDays(
  year: SchoolYear,
  days: readonly number[],
  weeks: number,
): { on: LocalDate[]; off: LocalDate[] } {
  const on: LocalDate[] = []
  const off: LocalDate[] = []
  let bit = 1
  for (let monday = mondayOf(year.start); monday < year.end; monday = addDays(monday, 7), bit = 3 - bit) {
    if (!(weeks & bit)) continue
    for (const day of days) {
      const date = addDays(monday, day - 1)
      if (date < year.start || date >= year.end) continue
      if (year.closed.has(date)) off.push(date)
      else on.push(date)
    }
  }
  return { on, off }
}
