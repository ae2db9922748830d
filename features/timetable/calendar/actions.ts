// Imports a calendar into a school's timetable: read, resolved and planned first, then written in one transaction, or
// not at all. The report is written for whoever runs the school.

import { announce } from '#platform/bus'
import { addDays, dateIn, type LocalDate } from '#platform/calendar'
import type { Ctx, Db } from '#platform/ctx'
import { type CalendarEvent, type CalendarFault, decodeCalendar, readCalendar } from '#platform/icalendar'
import type { SchoolId } from '#platform/ids'
import { type Horizon, inZone, isAt, occurrencesOf } from '#platform/occurrences'
import { OperatorError } from '#platform/operator-error'
import { reattachCovers, rememberCovered } from '../absences/cover-store.ts'
import { type Directory, directoryOf, meaningOf } from './matching-rules.ts'
import { planImport, type SlotRow, slotsOf } from './planning-rules.ts'
import * as store from './store.ts'

export type CalendarReport = {
  source: string
  school: string
  applied: boolean
  /** Events in the file, and the dated lessons that came of them. */
  events: number
  lessons: number
  /** Slots of the timetable. */
  created: number
  changed: number
  removed: number
  unchanged: number
  /** The first 500, in the order of the file. `problemCount` counts all. */
  problems: CalendarFault[]
  problemCount: number
}

export type CalendarWish = {
  schoolId: SchoolId
  bytes: Uint8Array
  /** Which calendar this is; the same one again replaces what it brought. Its own name unless given. */
  source?: string
  dryRun?: boolean
  /** Written in the import's own transaction, with its report; not on a dry run. */
  alongside?: (tx: Db, report: CalendarReport) => Promise<void>
}

const mostProblems = 500

/**
 * Imports a calendar; the same one twice changes nothing. Events with a fault are left out and told, with what they
 * brought earlier kept; a file that is no calendar or was cut off is refused. @throws OperatorError
 */
export async function importCalendar(ctx: Ctx, wish: CalendarWish): Promise<CalendarReport> {
  const school = await store.findSchool(ctx.db, wish.schoolId)
  if (!school) throw new OperatorError('There is no such school.')
  const file = readCalendar(decodeCalendar(wish.bytes))
  if (file.events.length === 0 && file.faults.length === 0)
    throw new OperatorError('The calendar has no event: nothing was changed.')
  const source = wish.source ?? (file.properties.get('X-WR-CALNAME') || 'calendar')
  return ctx.db.transaction().execute(async (tx) => {
    await store.lockTimetable(tx, school.id)
    const directory = directoryOf(
      await store.listKnownClasses(tx, school.id),
      await store.listKnownTeachers(tx, school.id),
    )
    const horizon = await horizonOf({ ...ctx, db: tx }, school.zone)
    const { slots, faults, kept } = slotsIn(file.events, { directory, horizon, zone: school.zone })
    const problems = [...file.faults, ...faults].sort((a, b) => a.line - b.line)
    for (const { uid } of file.faults) kept.add(uid)
    const plan = planImport(await store.listSlotsOf(tx, school.id, source), slots, kept)
    const { created, changed, removed, unchanged } = plan
    const report: CalendarReport = {
      source,
      school: school.name,
      applied: !wish.dryRun,
      events: file.events.length + file.faults.length,
      lessons: slots.reduce((sum, slot) => sum + slot.dates.length, 0),
      ...{ created, changed, removed, unchanged },
      problems: problems.slice(0, mostProblems),
      problemCount: problems.length,
    }
    if (wish.dryRun) return report
    await rememberCovered(tx, school.id)
    await store.upsertSlots(tx, school.id, source, plan.write)
    await store.deleteSlots(tx, school.id, source, plan.remove)
    await reattachCovers(tx, school.id, { source, uids: plan.write.map(({ uid }) => uid) })
    await store.insertImportRun(tx, source, ctx.clock.now(), report)
    await wish.alongside?.(tx, report)
    if (created + changed + removed > 0) await announce(tx, 'timetable', [school.id])
    return report
  })
}

/** The school year around now; where the directory tells of none, from August to August. */
async function horizonOf(ctx: Ctx, zone: string): Promise<Horizon> {
  const today = dateIn(ctx.clock.now(), zone)
  const year = await store.findSchoolYear(ctx.db, today)
  if (year) return { from: year.from, to: addDays(year.to, -1) }
  const first = Number(today.slice(0, 4)) - (today.slice(5, 7) < '08' ? 1 : 0)
  return { from: `${first}-08-01`, to: `${first + 1}-08-31` }
}

type Found = { slots: SlotRow[]; faults: CalendarFault[]; kept: Set<string> }
type School = { directory: Directory; horizon: Horizon; zone: string }
type When = { date: LocalDate; time: string | null }

/** An event with the occurrences that others replace, and those others. */
type Series = { uid: string; main: CalendarEvent | null; replacements: { event: CalendarEvent; at: When }[] }

function seriesOf(events: readonly CalendarEvent[], zone: string, found: Found): Iterable<Series> {
  const all = new Map<string, Series>()
  for (const event of events) {
    const { uid } = event
    const series = all.get(uid) ?? { uid, main: null, replacements: [] }
    all.set(uid, series)
    if (event.replaces) series.replacements.push({ event, at: inZone(event.replaces, zone) })
    else if (!series.main) series.main = event
    else {
      found.faults.push({ line: event.line, uid, code: 'uid-twice' })
      if (event.sequence > series.main.sequence) series.main = event
    }
  }
  return all.values()
}

/** One event of a series: its main one less what is replaced, or a replacement. */
type Part = {
  event: CalendarEvent
  main: CalendarEvent | null
  uid: string
  without: When[]
  cancelledAt: When[]
}

function partsOf({ uid, main, replacements }: Series): Part[] {
  const cancelledAt = replacements.filter(({ event }) => event.cancelled).map(({ at }) => at)
  const moved = replacements.filter(({ event }) => !event.cancelled)
  const without = moved.map(({ at }) => at)
  const parts = moved.map(({ event, at }): Part => {
    const mark = `#${at.date}${at.time ? `T${at.time}` : ''}`
    return { event, main, uid: uid + mark, without: [], cancelledAt: [] }
  })
  return main ? [{ event: main, main, uid, without, cancelledAt }, ...parts] : parts
}

function slotsIn(events: readonly CalendarEvent[], school: School): Found {
  const found: Found = { slots: [], faults: [], kept: new Set() }
  const taken = new Set<string>()
  for (const series of seriesOf(events, school.zone, found)) {
    for (const part of partsOf(series)) {
      for (const slot of slotsOfPart(part, school, found)) {
        if (taken.has(slot.uid))
          found.faults.push({ line: part.event.line, uid: series.uid, code: 'uid-twice' })
        else found.slots.push(slot)
        taken.add(slot.uid)
      }
    }
  }
  return found
}

function slotsOfPart(part: Part, school: School, found: Found): SlotRow[] {
  const { event, main } = part
  const { at, fault } = occurrencesOf(event, school.horizon, school.zone)
  // What an exception does not repeat, it has from its series.
  const texts = (name: string) => {
    const own = event.texts(name)
    return own.length > 0 || !main ? own : main.texts(name)
  }
  const { classIds, problems, ...meaning } = meaningOf({ texts }, school.directory)
  const faults = [...(fault ? [{ code: fault }] : []), ...problems]
  found.faults.push(...faults.map((what) => ({ line: event.line, uid: event.uid, ...what })))
  if (fault || classIds.length === 0) found.kept.add(event.uid)
  const dated = at
    .filter((o) => !part.without.some((when) => isAt(o, when)))
    .map((o) => ({ ...o, cancelled: event.cancelled || part.cancelledAt.some((when) => isAt(o, when)) }))
  if (dated.length === 0) return []
  return slotsOf({ ...meaning, uid: part.uid, classIds, at: dated })
}

/** The school (UAI code) that a calendar says it is of, by its own X-PREAU-SCHOOL. */
export function schoolInCalendar(bytes: Uint8Array): string | undefined {
  const head = decodeCalendar(bytes.subarray(0, 20_000))
  return /^X-PREAU-SCHOOL(?:;[^:\r\n]*)?:(.+)$/im.exec(head)?.[1]?.trim()
}
