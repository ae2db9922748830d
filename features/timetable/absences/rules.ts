// What an absence may be, what stands against covering a lesson in a certain way, and who suits best. Times are the
// school's wall clock, so that a change of the clock makes nobody's absence an hour longer.
import { addDays, type LocalDate, type LocalTime } from '#platform/calendar'
import type { ClassId, PersonId } from '#platform/ids'
import { cleanLine } from '#platform/text'
import type { AbsenceSpan, Clash, CoverDraft } from './contract.ts'

/** A year and a bit: what is longer is rather a typing error in the year. */
export const longestAbsenceDays = 400

type Span = Pick<AbsenceSpan, 'from' | 'to'>

/** An absence's first and last moment, comparable as text: without a time it is whole days. */
const momentsOf = ({ from, to }: Span) => ({
  first: `${from.date}T${from.time ?? '00:00'}`,
  last: `${to.date}T${to.time ?? '24:00'}`,
})

/** Whether an absence takes in some of a day's time from start to end. */
export function isAwayAt(span: Span, date: LocalDate, start: LocalTime, end: LocalTime): boolean {
  const { first, last } = momentsOf(span)
  return first < `${date}T${end}` && `${date}T${start}` < last
}

/** Why an absence cannot be from here to there; null when it can. */
export function obstacleToAbsence(span: Span): string | null {
  const { from, to } = span
  const { first, last } = momentsOf(span)
  if (first >= last) return 'absence.ends-before-it-starts'
  return to.date > addDays(from.date, longestAbsenceDays) ? 'absence.too-long' : null
}

/** One lesson that takes place, as the clashes of a day look at it. */
export type Occupied = {
  id: string
  classId: ClassId
  teacherId: PersonId | null
  room: string | null
  start: LocalTime
  end: LocalTime
}

export type Wanted = Pick<Occupied, 'id' | 'teacherId' | 'room' | 'start' | 'end'> & {
  /** The lesson takes place at another time than planned, so that its pupils may be busy. */
  otherTime: boolean
}

/** What a day holds: lessons that take place, the classes that share pupils with the lesson's, and who is away then. */
export type DayBesides = {
  lessons: readonly Occupied[]
  sharing: ReadonlySet<ClassId>
  away: ReadonlySet<PersonId>
}

/** Whether two names mean one room of a school, however they are spaced and capitalised. */
export const sameRoom = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && cleanLine(a).toLowerCase() === cleanLine(b).toLowerCase()

/** Everything that stands against a cover, the gravest first. */
export function clashesOf(wanted: Wanted, day: DayBesides): Clash[] {
  const beside = day.lessons.filter((l) => l.id !== wanted.id && l.start < wanted.end && wanted.start < l.end)
  const found: [boolean, Clash][] = [
    [wanted.teacherId !== null && day.away.has(wanted.teacherId), 'cover.teacher-is-absent'],
    [
      wanted.teacherId !== null && beside.some((l) => l.teacherId === wanted.teacherId),
      'cover.teacher-is-busy',
    ],
    [beside.some((l) => sameRoom(l.room, wanted.room)), 'cover.room-is-taken'],
    [wanted.otherTime && beside.some((l) => day.sharing.has(l.classId)), 'cover.class-is-busy'],
  ]
  return found.filter(([is]) => is).map(([, clash]) => clash)
}

/** Why a cover makes no sense by itself; null when it does. */
export function obstacleToCover(
  draft: CoverDraft,
  planned: { start: LocalTime; end: LocalTime },
): string | null {
  if (draft.kind === 'teacher' && !draft.teacherId) return 'cover.teacher-missing'
  const { start = planned.start, end = planned.end } = draft
  return end <= start ? 'lesson.ends-before-it-starts' : null
}

export type Suited = { name: string; free: boolean; ofClass: boolean; ofSubject: boolean }

/** Who suits best comes first: whoever is free, then whoever knows the class, then whoever teaches the subject. */
export function bySuitability(a: Suited, b: Suited): number {
  const worth = (s: Suited) => Number(s.free) * 4 + Number(s.ofClass) * 2 + Number(s.ofSubject)
  return worth(b) - worth(a) || a.name.localeCompare(b.name, 'fr')
}
