// Pure calendar arithmetic: school days are local dates ("2026-11-24") and wall-clock times ("08:00") in a zone.

/** A calendar day without zone, as YYYY-MM-DD. */
export type LocalDate = string
/** A wall-clock time, as HH:MM. */
export type LocalTime = string

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(zone, format)
  }
  return format
}

/** The wall clock of `zone` at an instant (ms since 1970). */
export function wallClock(
  instant: number,
  zone: string,
): { date: LocalDate; time: LocalTime; seconds: string } {
  const text = formatIn(zone).format(instant)
  return { date: text.slice(0, 10), time: text.slice(11, 16), seconds: text.slice(11, 19) }
}

/** The local date of an instant. */
export function dateIn(instant: number, zone: string): LocalDate {
  return wallClock(instant, zone).date
}

/**
 * The instant (ms since 1970) of a wall-clock time. A time skipped in spring is read as the hour after the gap;
 * a time that occurs twice in autumn is its first occurrence.
 */
export function instantOf(date: LocalDate, time: LocalTime, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`)
  const offsetAt = (instant: number) => {
    const { date: d, seconds } = wallClock(instant, zone)
    return Date.parse(`${d}T${seconds}Z`) - instant
  }
  const before = asUtc - offsetAt(asUtc - 86_400_000)
  const after = asUtc - offsetAt(asUtc + 86_400_000)
  if (before === after) return before
  const fits = (instant: number) => instant + offsetAt(instant) === asUtc
  if (fits(before)) return before
  return fits(after) ? after : before
}

/** Where a school says nothing else, and for what an installation shows of itself. */
export const usualZone = 'Europe/Paris'

/** `days` later (or earlier, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

/** The Monday of the week that holds `date`. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekday(date))
}

/** ISO 8601 week, e.g. "2026-W48". */
export function isoWeek(date: LocalDate): string {
  const thursday = addDays(mondayOf(date), 3)
  const year = thursday.slice(0, 4)
  const days = (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / 86_400_000
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text names a day that exists. */
export function isLocalDate(text: string): boolean {
  return datePattern.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text
}

/** The wall-clock times between which nothing that can wait begins. */
export const morning = { from: '07:00', to: '09:30' } as const

/** Whether a wall-clock time lies in it. */
export const inMorning = (time: LocalTime): boolean => time >= morning.from && time < morning.to

/** Whether a school's day is just beginning in `zone`. `now` in ms since 1970. */
export const isMorning = (now: number, zone: string): boolean => inMorning(wallClock(now, zone).time)
