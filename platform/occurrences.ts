// On which days a calendar event falls, in the wall clock of one zone: rules, additions and exceptions resolved, within
// a horizon. A rule without end, or one written to keep a computer busy, stops at a fixed number of steps.
import ICAL from 'ical.js'
import { addDays, instantOf, type LocalDate, type LocalTime, wallClock } from './calendar.ts'
import type { CalendarEvent, Moment } from './icalendar.ts'

export type Occurrence = { date: LocalDate; start: LocalTime; end: LocalTime }
export type Horizon = { from: LocalDate; to: LocalDate }

/** Most days that one event may fall on within the horizon: more than one a day for a school year is no lesson. */
export const mostOccurrences = 400
// From a rule's beginning; four years of days.
const mostSteps = 1500

/** A moment in the wall clock of `zone`; a whole day stays the day it is. */
export function inZone(moment: Moment, zone: string): { date: LocalDate; time: LocalTime | null } {
  if (moment.time === null || moment.zone === null || moment.zone === zone) return moment
  return wallClock(instantOf(moment.date, moment.time, moment.zone), zone)
}

/** Whether an occurrence is the one that `moment` names, which may be given as its whole day. */
export function isAt(occurrence: Occurrence, moment: { date: LocalDate; time: LocalTime | null }): boolean {
  return moment.date === occurrence.date && (moment.time === null || moment.time === occurrence.start)
}

/**
 * Every occurrence within the horizon (both days included), soonest first, or a code that says why there is none:
 * `ends-before-start`, `crosses-midnight`, `rule-too-long`, `too-many`.
 */
export function occurrencesOf(
  event: CalendarEvent,
  horizon: Horizon,
  zone: string,
): { at: Occurrence[]; fault?: string } {
  if (event.minutes <= 0) return { at: [], fault: 'ends-before-start' }
  const { starts, complete } = startsOf(event, horizon, zone)
  if (!complete) return { at: [], fault: 'rule-too-long' }
  const except = event.notOn.map((moment) => inZone(moment, zone))
  const found = new Map<string, Occurrence>()
  for (const start of starts) {
    const from = inZone(start, zone)
    const to = inZone(later(start, event.minutes), zone)
    if (from.date < horizon.from || from.date > horizon.to || from.time === null || to.time === null) continue
    if (to.date !== from.date) return { at: [], fault: 'crosses-midnight' }
    const occurrence = { date: from.date, start: from.time, end: to.time }
    if (!except.some((moment) => isAt(occurrence, moment))) found.set(`${from.date}T${from.time}`, occurrence)
    if (found.size > mostOccurrences) return { at: [], fault: 'too-many' }
  }
  return { at: [...found.keys()].sort().map((key) => found.get(key) as Occurrence) }
}

function later(start: Moment, minutes: number): Moment {
  const end = new Date(Date.parse(`${start.date}T${start.time}:00Z`) + minutes * 60_000).toISOString()
  return { date: end.slice(0, 10), time: end.slice(11, 16), zone: start.zone }
}

function startsOf(
  event: CalendarEvent,
  horizon: Horizon,
  zone: string,
): { starts: Moment[]; complete: boolean } {
  const { start } = event
  const starts: Moment[] = [start, ...event.alsoOn.map((m) => ({ ...m, time: m.time ?? start.time }))]
  // A day more, since the rule runs in the event's zone.
  const last = addDays(horizon.to, 1)
  for (const rule of event.rules) {
    const dtstart = ICAL.Time.fromDateTimeString(`${start.date}T${start.time}:00`)
    const iterator = localRule(rule, start.zone ?? zone, start).iterator(dtstart)
    for (let step = 0; ; step++) {
      const next = iterator.next()
      const date = next?.toString().slice(0, 10)
      if (!date || date > last) break
      if (step === mostSteps) return { starts, complete: false }
      if (date >= start.date) starts.push({ date, time: start.time, zone: start.zone })
    }
  }
  return { starts, complete: true }
}

/**
 * The rule with UNTIL in the event's own wall clock: RFC 5545 gives it in UTC for events with a zone, and the library
 * would compare it as if it were local. A mere day includes that day.
 */
function localRule(rule: ICAL.Recur, zone: string, start: Moment): ICAL.Recur {
  if (!rule.until) return rule
  const copy = rule.clone()
  const until = rule.until.toString()
  // Programs write the last day of time for "no end"; the horizon ends it.
  if (until > '2199') {
    copy.until = null
    return copy
  }
  if (rule.until.isDate) copy.until = ICAL.Time.fromDateTimeString(`${until.slice(0, 10)}T23:59:59`)
  else if (until.endsWith('Z') && start.zone !== 'UTC') {
    const { date, seconds } = wallClock(Date.parse(until), zone)
    copy.until = ICAL.Time.fromDateTimeString(`${date}T${seconds}`)
  } else copy.until = ICAL.Time.fromDateTimeString(until.slice(0, 19))
  return copy
}
