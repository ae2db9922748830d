// What a day's sheet means at a given minute for whoever looks: now, next, pauses, what is due. Pure.
import type { LocalTime } from '#platform/calendar'
import { dateIn, instantOf } from '#platform/calendar'
import type { DaySheet, PersonalPart, SheetLesson, SheetWork } from '../contract.ts'

type WorkState = PersonalPart['work'][number]

/** Lessons and work that concern the holder of these group keys; without keys, those of a teacher or a school: all. */
export function concerning<T extends { group?: { key: string } }>(
  list: T[],
  groups: string[] | undefined,
  all: boolean,
): T[] {
  return all ? list : list.filter((item) => !item.group || groups?.includes(item.group.key))
}

export const takesPlace = (lesson: SheetLesson) => lesson.status === 'on' || lesson.status === 'moved'

export type Moment =
  /** Lessons are on; `left` and `share` are of the one that ends first. */
  | { kind: 'during'; now: SheetLesson[]; next: SheetLesson[]; left: number; share: number }
  /** Before the first lesson or in a pause; `wait` in minutes. */
  | { kind: 'before' | 'pause'; next: SheetLesson[]; wait: number }
  | { kind: 'over' }
  | { kind: 'none' }

const minutes = (time: LocalTime) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

function soonest(lessons: SheetLesson[], after: LocalTime): SheetLesson[] {
  const later = lessons.filter((lesson) => lesson.start > after)
  const start = later.reduce((first, l) => (l.start < first ? l.start : first), '99:99')
  return later.filter((lesson) => lesson.start === start)
}

/** Where in the day we are at a wall-clock time of the school. */
export function momentOf(lessons: SheetLesson[], time: LocalTime): Moment {
  const held = lessons.filter(takesPlace)
  if (!held.length) return { kind: 'none' }
  const now = held.filter((lesson) => lesson.start <= time && time < lesson.end)
  const next = soonest(held, time)
  const first = now[0]
  if (first) {
    const ends = now.reduce((end, l) => (l.end < end ? l.end : end), first.end)
    const left = minutes(ends) - minutes(time)
    const share = (minutes(time) - minutes(first.start)) / (minutes(first.end) - minutes(first.start))
    return { kind: 'during', now, next, left, share }
  }
  const upcoming = next[0]
  if (!upcoming) return { kind: 'over' }
  const begun = held.some((lesson) => lesson.end <= time)
  return { kind: begun ? 'pause' : 'before', next, wait: minutes(upcoming.start) - minutes(time) }
}

export type Entry =
  | { kind: 'lesson'; lesson: SheetLesson; past: boolean; now: boolean }
  | { kind: 'pause'; start: LocalTime; end: LocalTime; length: number; lunch: boolean }

/** The day as a list, with the pauses that one may want to see (10 minutes or more). */
export function timeline(lessons: SheetLesson[], time: LocalTime | null): Entry[] {
  const sorted = [...lessons].sort((a, b) => a.start.localeCompare(b.start) || a.end.localeCompare(b.end))
  const list: Entry[] = []
  let end = ''
  for (const lesson of sorted) {
    const gap = end ? minutes(lesson.start) - minutes(end) : 0
    if (gap >= 10) {
      const lunch = gap >= 40 && end < '14:00' && lesson.start > '12:00'
      list.push({ kind: 'pause', start: end, end: lesson.start, length: gap, lunch })
    }
    const now = time !== null && takesPlace(lesson) && lesson.start <= time && time < lesson.end
    list.push({ kind: 'lesson', lesson, past: time !== null && lesson.end <= time, now })
    if (lesson.end > end) end = lesson.end
  }
  return list
}

/** What is due from a day on as one pupil has it: with work for the pupil alone, and the pupil's own dates. */
export function withOwn(
  work: SheetWork[],
  own: SheetWork[] | undefined,
  from: string,
  zone: string,
): SheetWork[] {
  if (!own) return work
  const mine = own.filter((item) => dateIn(Date.parse(item.dueAt), zone) >= from)
  return [...work.filter((item) => !own.some(({ id }) => id === item.id)), ...mine]
}

export type DueState = 'to-do' | 'done' | 'handed-in' | 'given-back' | 'late'
export type Due = { work: SheetWork; state: DueState; mine: WorkState | null; soon: boolean }

/**
 * What is due, the open first and by date. Done things stay for the day they are due (a list that empties itself
 * under the finger is unsettling). Late is only what is to be handed in. `soon`: within 36 hours of `now`.
 */
export function dueList(work: SheetWork[], states: WorkState[], now: number): Due[] {
  const byId = new Map(states.map((state) => [state.homeworkId, state]))
  const list = work.map((item): Due => {
    const mine = byId.get(item.id) ?? null
    const due = Date.parse(item.dueAt)
    const open = !mine || mine.state === 'to-do'
    const state = open ? (item.handIn && due < now ? 'late' : 'to-do') : mine.state
    return { work: item, state, mine, soon: open && due - now < 36 * 3_600_000 }
  })
  const open = (due: Due) => due.state === 'to-do' || due.state === 'late'
  return list.sort(
    (a, b) =>
      Number(open(b)) - Number(open(a)) ||
      a.work.dueAt.localeCompare(b.work.dueAt) ||
      a.work.title.localeCompare(b.work.title),
  )
}

/** The instant (ms since 1970) at which a lesson of this sheet starts. */
export function startOf(sheet: DaySheet, lesson: SheetLesson): number {
  return instantOf(sheet.date, lesson.start, sheet.zone)
}
