// A school's timetable as iCalendar (RFC 5545): one weekly rule per lesson, with the closed days as exceptions.
import type { MadeLesson, MadeSchool } from './rules/model.ts'
import { subjects } from './rules/programme.ts'
import { lessonDays, type SchoolYear } from './rules/year.ts'

/** Octets of a UTF-16 unit in UTF-8; a surrogate counts for half of the four that its pair takes. */
function octets(unit: number): number {
  if (unit < 0x80) return 1
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
}

/** A content line, folded at 75 octets (§3.1), with its line end. */
export function line(text: string): string {
  let folded = ''
  let from = 0
  let width = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const first = unit < 0xdc00 || unit >= 0xe000
    width += octets(unit)
    // A pair is never torn apart: where its first half ends at 74 or 75, it goes to the next line.
    if (!first || width + (unit >= 0xd800 && unit < 0xdc00 ? 2 : 0) <= 75) continue
    folded += `${text.slice(from, at)}\r\n `
    from = at
    width = 1 + octets(unit)
  }
  return `${folded}${text.slice(from)}\r\n`
}

/** A TEXT value (§3.3.11). */
function text(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
}

const zone = 'Europe/Paris'
const timezone = `BEGIN:VTIMEZONE
TZID:${zone}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
`.replaceAll('\n', '\r\n')

const dayNames = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const compact = (date: string, time: string) => `${date.replaceAll('-', '')}T${time.replace(':', '')}00`

function recurrence(year: SchoolYear, { days, weeks, start, end }: MadeLesson): string {
  const { on, off } = lessonDays(year, days, weeks)
  const first = on[0] as string
  const last = on.at(-1) as string
  const byDay = days.map((day) => dayNames[day]).join(',')
  // UNTIL is in UTC where the start has a zone (§3.3.10); no lesson starts between 22:00 UTC and midnight.
  const rule = `FREQ=WEEKLY;INTERVAL=${weeks === 3 ? 1 : 2};WKST=MO;UNTIL=${compact(last, '22:00')}Z;BYDAY=${byDay}`
  const exceptions = off.filter((date) => date > first && date < last).map((date) => compact(date, start))
  return (
    line(`DTSTART;TZID=${zone}:${compact(first, start)}`) +
    line(`DTEND;TZID=${zone}:${compact(first, end)}`) +
    line(`RRULE:${rule}`) +
    line(`EXDATE;TZID=${zone}:${exceptions.join(',')}`)
  )
}

/** Writes calendars of one school year; what many lessons have in common is worked out once. */
export function calendarWriter(year: SchoolYear): (school: MadeSchool) => string {
  const known = new Map<string, string>()
  const recurrenceOf = (lesson: MadeLesson) => {
    const key = `${lesson.days} ${lesson.start} ${lesson.end} ${lesson.weeks}`
    const found = known.get(key) ?? recurrence(year, lesson)
    known.set(key, found)
    return found
  }
  const stamp = `DTSTAMP:${compact(year.start, '00:00')}Z\r\n`
  const event = (lesson: MadeLesson) => {
    const teacher = `${lesson.teacher.givenName} ${lesson.teacher.familyName}`
    return (
      'BEGIN:VEVENT\r\n' +
      line(`UID:${lesson.uid}@${year.title}.region.preau.example`) +
      stamp +
      recurrenceOf(lesson) +
      line(`SUMMARY:${text(subjects[lesson.subject]?.title as string)}`) +
      line(`LOCATION:${text(lesson.room)}`) +
      line(`CATEGORIES:${text(lesson.class.title)}`) +
      line(`DESCRIPTION:${text(`Classe : ${lesson.class.title}\nEnseignant : ${teacher}`)}`) +
      line(`X-PREAU-CLASS:${lesson.class.sourcedId}`) +
      line(`X-PREAU-TEACHER:${lesson.teacher.sourcedId}`) +
      line(`X-PREAU-COURSE:${lesson.courseId}`) +
      'END:VEVENT\r\n'
    )
  }
  return ({ plan, lessons }) =>
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Preau//region//FR\r\nCALSCALE:GREGORIAN\r\n' +
    line(`X-WR-CALNAME:${text(`${plan.name} ${year.title}`)}`) +
    line(`X-WR-TIMEZONE:${zone}`) +
    line(`X-PREAU-SCHOOL:${plan.uai}`) +
    timezone +
    lessons.map(event).join('') +
    'END:VCALENDAR\r\n'
}
