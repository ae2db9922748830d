// Which lessons take place on a day, and whether one may be moved. A lesson is a slot on one of its dates; its id keeps
// that date wherever it is moved to.
import { addDays, instantOf, type LocalDate, type LocalTime } from '#platform/calendar'
import type { ClassId, PersonId, SlotId } from '#platform/ids'
import type { LessonChange } from './contract.ts'

export type Slot = {
  id: SlotId
  classId: ClassId
  teacherId: PersonId | null
  title: string
  room: string | null
  start: LocalTime
  end: LocalTime
  dates: readonly LocalDate[]
  /** Those of the dates that the calendar itself cancels. */
  cancelled: readonly LocalDate[]
}

export type Change = {
  slotId: SlotId
  onDate: LocalDate
  kind: string
  toDate: LocalDate | null
  toStart: LocalTime | null
  toEnd: LocalTime | null
  toRoom: string | null
  note: string | null
}

/** A time during which a slot's teacher is away, by the school's wall clock: "YYYY-MM-DDTHH:MM"; the end is not part of it. */
export type Away = { slotId: SlotId; from: string; to: string }

/** What the school put in the place of one lesson of an absent teacher. */
export type Cover = {
  slotId: SlotId
  onDate: LocalDate
  /** Another teacher teaches; the class is in study hall; or pupils are not expected. */
  kind: 'teacher' | 'study' | 'home'
  teacherId: PersonId | null
  teacher: string | null
  subject: string | null
  room: string | null
  start: LocalTime | null
  end: LocalTime | null
  note: string | null
}

/** Who is away, and what stands in for their lessons. */
export type Absences = { away: readonly Away[]; covers: readonly Cover[] }

export type Status = 'on' | 'cancelled' | 'moved' | 'moved-away'

/** A lesson as it stands on one day. */
export type Taking<S extends Slot = Slot> = {
  slot: S
  /** "<slotId>.<date on which the timetable has it>" */
  id: string
  date: LocalDate
  start: LocalTime
  end: LocalTime
  room: string | null
  status: Status
  movedFrom?: { date: LocalDate; start: LocalTime }
  movedTo?: { date: LocalDate; start: LocalTime }
  note?: string
  /** The timetable's teacher is away. Then it is cancelled, unless somebody covers it. */
  absent?: true
  cover?: Cover
  /** When it would be held if its teacher were there. */
  planned?: { start: LocalTime; end: LocalTime }
}

export const lessonId = (slotId: string, onDate: LocalDate): string => `${slotId}.${onDate}`

const noteOf = (change: Change | undefined) => (change?.note ? { note: change.note } : {})

/** Where one lesson stands now: one day, or two when it was moved to another one. */
function standings<S extends Slot>(slot: S, onDate: LocalDate, change: Change | undefined): Taking<S>[] {
  const { start, end, room } = slot
  const id = lessonId(slot.id, onDate)
  const planned = { slot, id, date: onDate, start, end, room }
  if (change?.kind === 'moved' && change.toDate && change.toStart && change.toEnd) {
    const there: Taking<S> = {
      ...planned,
      date: change.toDate,
      start: change.toStart,
      end: change.toEnd,
      room: change.toRoom ?? room,
      status: 'moved',
      movedFrom: { date: onDate, start },
      ...noteOf(change),
    }
    if (change.toDate === onDate) return [there]
    const movedTo = { date: change.toDate, start: change.toStart }
    return [{ ...planned, status: 'moved-away', movedTo, ...noteOf(change) }, there]
  }
  const off = change?.kind === 'cancelled' || slot.cancelled.includes(onDate)
  return [{ ...planned, status: off ? 'cancelled' : 'on', ...noteOf(change) }]
}

/** A lesson whose teacher is away: as it is covered, else cancelled. One that is not held anyway stays as it is. */
function covered<S extends Slot>(
  taking: Taking<S>,
  away: readonly Away[],
  cover: Cover | undefined,
): Taking<S> {
  const { date, start, end } = taking
  const touches = ({ from, to }: Away) => from < `${date}T${end}` && `${date}T${start}` < to
  if (!takesPlace(taking) || !away.some(touches)) return taking
  const gone = { ...taking, absent: true as const, planned: { start, end } }
  if (!cover) return { ...gone, status: 'cancelled' }
  const note = cover.note ?? taking.note
  const known = { ...gone, ...(note ? { note } : {}), cover }
  if (cover.kind === 'home') return { ...known, status: 'cancelled' }
  const held = { ...known, room: cover.room ?? taking.room }
  if (!cover.start || !cover.end || (cover.start === start && cover.end === end)) return held
  const movedFrom = taking.movedFrom ?? { date, start }
  return { ...held, start: cover.start, end: cover.end, status: 'moved', movedFrom }
}

/** Who stands before the class: whoever covers the lesson, else the timetable's teacher. */
export function teacherOf({ slot, cover }: Pick<Taking, 'slot' | 'cover'>): PersonId | null {
  return cover ? cover.teacherId : slot.teacherId
}

const inOrder = (a: Taking, b: Taking) =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/**
 * Every lesson of a span of days by its day, in the order of the clock. A change to a date that the slot no longer has
 * counts for nothing.
 */
export function lessonsBetween<S extends Slot>(
  slots: readonly S[],
  changes: readonly Change[],
  from: LocalDate,
  to: LocalDate,
  { away, covers }: Absences = { away: [], covers: [] },
): Map<LocalDate, Taking<S>[]> {
  const awayOf = Map.groupBy(away, ({ slotId }) => slotId)
  const coverOf = new Map(covers.map((cover) => [lessonId(cover.slotId, cover.onDate), cover]))
  const changeOf = new Map(changes.map((change) => [lessonId(change.slotId, change.onDate), change]))
  const days = new Map<LocalDate, Taking<S>[]>()
  for (const slot of slots) {
    const gone = awayOf.get(slot.id) ?? []
    for (const onDate of slot.dates) {
      for (const planned of standings(slot, onDate, changeOf.get(lessonId(slot.id, onDate)))) {
        if (planned.date < from || planned.date > to) continue
        const taking = gone.length > 0 ? covered(planned, gone, coverOf.get(planned.id)) : planned
        const day = days.get(taking.date)
        if (day) day.push(taking)
        else days.set(taking.date, [taking])
      }
    }
  }
  for (const day of days.values()) day.sort(inOrder)
  return days
}

/** Whether anybody is expected: a lesson that is cancelled or held elsewhere makes no school day. */
export function takesPlace(taking: Pick<Taking, 'status'>): boolean {
  return taking.status === 'on' || taking.status === 'moved'
}

/** The first day from `after` on (exclusive), within 60 days, that has a lesson which takes place. */
export function nextDayWithLessons(
  days: ReadonlyMap<LocalDate, readonly Pick<Taking, 'status'>[]>,
  after: LocalDate,
): LocalDate | null {
  const last = addDays(after, 60)
  let next: LocalDate | null = null
  for (const [date, lessons] of days) {
    if (date > after && date <= last && (next === null || date < next) && lessons.some(takesPlace))
      next = date
  }
  return next
}

export type Busy = {
  id: string
  classId: ClassId
  teacherId: PersonId | null
  start: LocalTime
  end: LocalTime
}

/** A lesson is moved by two months at most: what is further away is rather a typing error, and no diary looks there. */
export const furthestMoveDays = 60

/**
 * Why a lesson may not be changed in this way, as a refusal's code; null when it may. `others`: what takes place on the
 * day it would move to, for its teacher and for any class that shares a pupil. `now` in milliseconds since 1970.
 */
export function obstacleToChange(
  lesson: { id: string; onDate: LocalDate; teacherId: PersonId | null },
  change: LessonChange,
  others: readonly Busy[],
  now: number,
  zone: string,
): string | null {
  if (change.kind === 'cancelled') return null
  if (change.toEnd <= change.toStart) return 'lesson.ends-before-it-starts'
  if (instantOf(change.toDate, change.toStart, zone) < now) return 'lesson.moved-to-the-past'
  if (change.toDate > addDays(lesson.onDate, furthestMoveDays)) return 'lesson.moved-too-far'
  const clashing = others.filter(
    (other) => other.id !== lesson.id && other.start < change.toEnd && change.toStart < other.end,
  )
  if (lesson.teacherId && clashing.some((other) => other.teacherId === lesson.teacherId))
    return 'lesson.teacher-is-busy'
  return clashing.length > 0 ? 'lesson.class-is-busy' : null
}
