// Reads iCalendar files (RFC 5545) as other systems write them: event by event, so that one broken event costs itself
// and nothing else, and each fault names its line. What dates an event falls on is in occurrences.ts.
import ICAL from 'ical.js'
import { isLocalDate, type LocalDate, type LocalTime } from './calendar.ts'
import { OperatorError } from './operator-error.ts'

/** A wall-clock time in a zone. `zone` null: floating, the reader's own. `time` null: the whole day. */
export type Moment = { date: LocalDate; time: LocalTime | null; zone: string | null }

export type CalendarEvent = {
  /** Where it begins in the file, from 1. */
  line: number
  uid: string
  sequence: number
  cancelled: boolean
  /** Which occurrence of the event of the same UID it replaces. */
  replaces: Moment | null
  start: Moment & { time: LocalTime }
  minutes: number
  rules: ICAL.Recur[]
  alsoOn: Moment[]
  notOn: Moment[]
  /** The values of a property, decoded; empty when it is not there. `name` in lower case. */
  texts(name: string): string[]
}

/** What is wrong with one event. `code` says what, `value` what was found. */
export type CalendarFault = { line: number; uid: string; code: string; value?: string }

export type CalendarFile = {
  /** The calendar's own X- properties, by name in upper case. */
  properties: ReadonlyMap<string, string>
  events: CalendarEvent[]
  faults: CalendarFault[]
}

export const calendarLimits = { bytes: 64 * 1024 * 1024, events: 50_000, eventLines: 2_000 } as const

class Fault extends Error {
  readonly code: string
  readonly value: string | undefined
  constructor(code: string, value?: string) {
    super(code)
    this.code = code
    this.value = value?.slice(0, 80)
  }
}

/** The text of a file: UTF-8 with or without a mark, else Windows-1252, as old exports are. */
export function decodeCalendar(bytes: Uint8Array): string {
  if (bytes.length > calendarLimits.bytes) {
    throw new OperatorError(`The calendar is larger than ${calendarLimits.bytes / 1024 ** 2} MB: split it.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Every event of a calendar. @throws OperatorError when it is no calendar, or was cut off. */
export function readCalendar(text: string): CalendarFile {
  const blocks = blocksOf(text)
  const file: CalendarFile = { properties: blocks.properties, events: [], faults: blocks.faults }
  for (const { line, text: block } of blocks.events) {
    let uid = ''
    try {
      const component = new ICAL.Component(ICAL.parse(block) as unknown[])
      uid = textsOf(component, 'uid')[0]?.slice(0, 300) ?? ''
      const interval = noInterval.exec(block)?.[0]
      if (interval) throw new Fault('rule-refused', interval)
      file.events.push(eventOf(component, line, uid))
    } catch (error) {
      const { code, value } = error instanceof Fault ? error : new Fault('unreadable', firstLine(error))
      file.faults.push({ line, uid, code, ...(value === undefined ? {} : { value }) })
    }
  }
  return file
}

const firstLine = (error: unknown) => String((error as Error).message ?? error).split('\n')[0] ?? ''

type Block = { line: number; text: string }

type Blocks = { properties: Map<string, string>; events: Block[]; faults: CalendarFault[] }

const ownProperty = /^(X-[A-Z0-9-]{1,60})(?:;[^:]{0,200})?:(.{0,500})/i

function blocksOf(text: string): Blocks {
  const lines = text.split(/\r\n|\n|\r/)
  const found: Blocks = { properties: new Map(), events: [], faults: [] }
  let from = -1
  let ended = false
  lines.forEach((line, i) => {
    const word = line.length < 40 ? line.trim().toUpperCase() : ''
    if (word === 'BEGIN:VEVENT') {
      if (from >= 0) found.faults.push({ line: from + 1, uid: '', code: 'unreadable', value: 'END:VEVENT' })
      from = i
    } else if (word === 'END:VEVENT' && from >= 0) {
      if (i - from > calendarLimits.eventLines)
        found.faults.push({ line: from + 1, uid: '', code: 'too-long' })
      else found.events.push({ line: from + 1, text: lines.slice(from, i + 1).join('\r\n') })
      from = -1
    } else if (word === 'END:VCALENDAR') ended = true
    else if (from < 0) {
      const [, name, value] = ownProperty.exec(line) ?? []
      if (name && value)
        found.properties.set(name.toUpperCase(), value.trim().replaceAll(/\\([,;\\])/g, '$1'))
    }
  })
  if (!/^\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 10_000)))
    throw new OperatorError('This is not an iCalendar file: it does not begin with BEGIN:VCALENDAR.')
  if (!ended || from >= 0)
    throw new OperatorError('The calendar was cut off: END:VCALENDAR is missing. Export it again.')
  if (found.events.length > calendarLimits.events)
    throw new OperatorError(`The calendar has more than ${calendarLimits.events} events: split it.`)
  return found
}

function textsOf(component: ICAL.Component, name: string): string[] {
  return component
    .getAllProperties(name)
    .flatMap((property) => property.getValues().map(String))
    .map((value) => value.trim())
    .filter(Boolean)
}

function eventOf(component: ICAL.Component, line: number, uid: string): CalendarEvent {
  if (!uid) throw new Fault('uid-missing')
  const start = momentsOf(component, 'dtstart')[0]
  if (!start) throw new Fault('start-missing')
  if (start.time === null) throw new Fault('all-day')
  const event = {
    line,
    uid,
    sequence: Number(textsOf(component, 'sequence')[0] ?? 0) || 0,
    cancelled: textsOf(component, 'status')[0]?.toUpperCase() === 'CANCELLED',
    replaces: momentsOf(component, 'recurrence-id')[0] ?? null,
    start: { ...start, time: start.time },
    minutes: minutesOf(component, start),
    rules: rulesOf(component),
    alsoOn: momentsOf(component, 'rdate'),
    notOn: momentsOf(component, 'exdate'),
    texts: (name: string) => textsOf(component, name),
  }
  if (component.getFirstProperty('exrule')) throw new Fault('rule-refused', 'EXRULE')
  if (component.getFirstProperty('recurrence-id')?.getFirstParameter('range'))
    throw new Fault('rule-refused', 'RANGE=THISANDFUTURE')
  return event
}

// Of days or weeks; a rule that skips more repeats nothing within a school year.
const mostInterval = 400
// The library reads it as 1.
const noInterval = /^RRULE[^\r\n]*\bINTERVAL=(0+|-\d+)\b/im

function rulesOf(component: ICAL.Component): ICAL.Recur[] {
  return component.getAllProperties('rrule').map((property) => {
    const rule = property.getFirstValue() as ICAL.Recur
    const parts = Object.keys(rule.parts).filter((part) => part !== 'BYDAY')
    const byDay = (rule.parts.BYDAY ?? []) as unknown[]
    // Whatever could repeat within a day, or search for a day that never comes, is no timetable.
    const refused =
      !['DAILY', 'WEEKLY'].includes(rule.freq) ||
      parts.length > 0 ||
      rule.interval > mostInterval ||
      (rule.count ?? 1) < 1 ||
      byDay.some((day) => !/^(MO|TU|WE|TH|FR|SA|SU)$/.test(String(day)))
    // The library reads an end that no calendar has, such as the 99th month, and stumbles over it later.
    const endless =
      rule.until &&
      !/^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:\d{2}Z?)?$/.test(rule.until.toString())
    if (refused || endless) throw new Fault('rule-refused', rule.toString())
    return rule
  })
}

function minutesOf(component: ICAL.Component, start: Moment): number {
  const end = momentsOf(component, 'dtend')[0]
  const asUtc = (m: Moment) => Date.parse(`${m.date}T${m.time ?? '00:00'}:00Z`)
  const duration = component.getFirstPropertyValue('duration')
  if (duration instanceof ICAL.Duration) {
    const minutes = Math.round(duration.toSeconds() / 60)
    if (minutes > 24 * 60) throw new Fault('crosses-midnight')
    return minutes
  }
  if (!end?.time) throw new Fault('end-missing')
  if (end.zone !== start.zone) throw new Fault('zones-differ', `${start.zone} ${end.zone}`)
  return (asUtc(end) - asUtc(start)) / 60_000
}

function momentsOf(component: ICAL.Component, name: string): Moment[] {
  return component.getAllProperties(name).flatMap((property) => {
    const tzid = property.getFirstParameter('tzid')
    const written = property.jCal.slice(3) as unknown[]
    return property.getValues().map((value, i) => {
      const time = value instanceof ICAL.Period ? value.start : value
      if (!(time instanceof ICAL.Time)) throw new Fault('unreadable', `${name.toUpperCase()}:${value}`)
      const moment = momentOf(time, tzid)
      // The library reads 31 February as 3 March.
      const raw = written[i]
      if (typeof raw === 'string' && !raw.startsWith(moment.date)) throw new Fault('unreadable', raw)
      return moment
    })
  })
}

// Years of which all calendars think alike, a day before and after included.
const schoolYears = /^(19|20|21)\d\d-/

function momentOf(time: ICAL.Time, tzid: string | undefined): Moment {
  const pad = (n: number, digits = 2) => String(n).padStart(digits, '0')
  const date = `${pad(time.year, 4)}-${pad(time.month)}-${pad(time.day)}`
  if (!isLocalDate(date) || !schoolYears.test(date)) throw new Fault('unreadable', date)
  if (time.isDate) return { date, time: null, zone: null }
  const clock = `${pad(time.hour)}:${pad(time.minute)}`
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) throw new Fault('unreadable', clock)
  if (time.zone === ICAL.Timezone.utcTimezone) return { date, time: clock, zone: 'UTC' }
  return { date, time: clock, zone: tzid ? zoneNamed(tzid) : null }
}

// What Windows and Outlook call the zones that French schools lie in.
const windowsZones: Record<string, string> = {
  'romance standard time': 'Europe/Paris',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'gmt standard time': 'Europe/London',
  'sa western standard time': 'America/Guadeloupe',
  'sa eastern standard time': 'America/Cayenne',
}
const known = new Map<string, string>()

/** The IANA zone that a TZID means: its name, a name with a prefix (as some programs write), or a Windows name. */
function zoneNamed(tzid: string): string {
  const seen = known.get(tzid)
  if (seen) return seen
  const words = tzid.split('/')
  const names = [windowsZones[tzid.toLowerCase()], tzid, words.slice(-3).join('/'), words.slice(-2).join('/')]
  const zone = names.find((name) => name && isZone(name))
  if (!zone) throw new Fault('zone-unknown', tzid)
  if (known.size < 1000) known.set(tzid, zone)
  return zone
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('sv-SE', { timeZone: name }))
  } catch {
    return false
  }
}
