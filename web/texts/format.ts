// Dates and times as people say them. School days are local dates: the school's zone decides, never the device's.
import { addDays, type LocalDate, type LocalTime, wallClock } from '#platform/calendar'
import { language } from './language.svelte.ts'

const made = new Map<string, Intl.DateTimeFormat>()
const locales = { fr: 'fr', en: 'en-GB' }

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()}${JSON.stringify(options)}`
  let found = made.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language()], { timeZone: 'UTC', ...options })
    made.set(key, found)
  }
  return found
}

const shapes = {
  /** mardi 24 novembre */
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  /** mar. 24 nov. */
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  /** 24 novembre */
  dayMonth: { day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  weekdayShort: { weekday: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A school day in words. */
export function dayText(date: LocalDate, shape: keyof typeof shapes = 'long'): string {
  return first(format(shapes[shape]).format(Date.parse(`${date}T12:00:00Z`)))
}

/** French says "1er décembre". */
function first(text: string): string {
  return language() === 'fr' ? text.replace(/(^|\s)1(?=\s\p{L})/u, '$11er') : text
}

/** A span of days: "23–27 novembre". */
export function spanText(from: LocalDate, to: LocalDate): string {
  return first(
    format(shapes.dayMonth).formatRange(Date.parse(`${from}T12:00:00Z`), Date.parse(`${to}T12:00:00Z`)),
  )
}

/** "8:00" of "08:00". */
export function clockText(time: LocalTime): string {
  return time.replace(/^0/, '').slice(0, 5)
}

/** With a capital first letter, for the start of a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

const near = {
  fr: { yesterday: 'hier', today: 'aujourd’hui', tonight: 'ce soir', tomorrow: 'demain' },
  en: { yesterday: 'yesterday', today: 'today', tonight: 'this evening', tomorrow: 'tomorrow' },
}

/** A day as seen from today: "demain", "lundi" within the week, else "lun. 30 nov.". */
export function nearDay(date: LocalDate, today: LocalDate): string {
  const words = near[language()]
  if (date === today) return words.today
  if (date === addDays(today, 1)) return words.tomorrow
  if (date === addDays(today, -1)) return words.yesterday
  if (date > today && date < addDays(today, 7)) return dayText(date, 'weekday')
  return dayText(date, 'short')
}

/** A due instant as seen from now: "ce soir, 18:00", "demain, 8:00", "lundi, 8:00". */
export function dueText(due: string, now: number, zone: string): string {
  const at = wallClock(Date.parse(due), zone)
  const today = wallClock(now, zone).date
  const tonight = at.date === today && at.time >= '17:00'
  return `${tonight ? near[language()].tonight : nearDay(at.date, today)}, ${clockText(at.time)}`
}
