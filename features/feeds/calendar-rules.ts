// Lessons and homework as an iCalendar (RFC 5545), with the refresh hints of RFC 7986. Pure; times are written in UTC, so
// that no time zone need be described.
import { addDays, instantOf, type LocalDate, type LocalTime } from '#platform/calendar'
import type { FeedHomework } from './contract.ts'

export type FeedLesson = {
  /** "<slotId>.<date>": the same wherever it is moved to. */
  id: string
  date: LocalDate
  start: LocalTime
  end: LocalTime
  subject: string
  /** Where it is held; null when nobody said, or at a distance. */
  room: string | null
  remote: boolean
  /** Class, group or teacher: whatever the reader wants to know beside the subject. */
  detail: string
  cancelled: boolean
  note: string
  zone: string
}

export type FeedWork = { id: string; title: string; subject: string; dueAt: number; dueOn: LocalDate }

export type Calendar = {
  name: string
  language: 'fr' | 'en'
  /** The day of its making; nothing else of the time stands in it, so that it changes only when its content does. */
  stamp: LocalDate
  lessons: readonly FeedLesson[]
  work: readonly FeedWork[]
  homework: FeedHomework
}

const words = {
  fr: { cancelled: 'Annulé', remote: 'À distance', due: 'À rendre' },
  en: { cancelled: 'Cancelled', remote: 'At a distance', due: 'Due' },
}

/** TEXT of RFC 5545 §3.3.11. */
const text = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n')

/** A content line in pieces of at most 75 octets (§3.1), never within a character. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets + size > 73) {
      out += '\r\n '
      octets = 1
    }
    out += char
    octets += size
  }
  return out
}

const utc = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
const day = (date: LocalDate): string => date.replaceAll('-', '')

function lessonEvent(lesson: FeedLesson, { language, stamp }: Calendar): string[] {
  const t = words[language]
  const { id, date, start, end, subject, zone, cancelled, remote, room, detail, note } = lesson
  const location = remote ? t.remote : room
  const about = [detail, note].filter(Boolean).join('\n')
  return [
    'BEGIN:VEVENT',
    `UID:${id}@preau`,
    `DTSTAMP:${day(stamp)}T000000Z`,
    `DTSTART:${utc(instantOf(date, start, zone))}`,
    `DTEND:${utc(instantOf(date, end, zone))}`,
    `SUMMARY:${text(cancelled ? `${t.cancelled} · ${subject}` : subject)}`,
    ...(location ? [`LOCATION:${text(location)}`] : []),
    ...(about ? [`DESCRIPTION:${text(about)}`] : []),
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(cancelled ? ['TRANSP:TRANSPARENT'] : []),
    'END:VEVENT',
  ]
}

function workEvent(work: FeedWork, { language, stamp, homework }: Calendar): string[] {
  const { id, title, subject, dueAt, dueOn } = work
  const when =
    homework === 'all-day'
      ? [`DTSTART;VALUE=DATE:${day(dueOn)}`, `DTEND;VALUE=DATE:${day(addDays(dueOn, 1))}`]
      : [`DTSTART:${utc(dueAt)}`, `DTEND:${utc(dueAt)}`]
  return [
    'BEGIN:VEVENT',
    `UID:${id}@preau`,
    `DTSTAMP:${day(stamp)}T000000Z`,
    ...when,
    `SUMMARY:${text(`${words[language].due} · ${title}`)}`,
    `DESCRIPTION:${text(subject)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** The calendar as text; clients are asked to look again after an hour. */
export function calendarText(calendar: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Preau//Timetable//FR',
    'CALSCALE:GREGORIAN',
    `NAME:${text(calendar.name)}`,
    `X-WR-CALNAME:${text(calendar.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...calendar.lessons.flatMap((lesson) => lessonEvent(lesson, calendar)),
    ...(calendar.homework === 'none' ? [] : calendar.work.flatMap((work) => workEvent(work, calendar))),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
