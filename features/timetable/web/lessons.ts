// A teacher's own lessons as the week's sheets tell them, for pages that need the next one or a certain one.
import { sheetPath } from '#door/formats/feed'
import type { DaySheet, SheetLesson, WeekSheet } from '#feature/today/contract.ts'
import { readSheet } from '#feature/today/web/sheets.svelte.ts'
import { addDays, instantOf, mondayOf, wallClock } from '#platform/calendar'
import { occurrenceIn } from '#platform/ids'
import { views } from '#web/views.svelte.ts'

/** A lesson with its day; times are the school's wall clock, in `zone`. */
export type Dated = SheetLesson & { date: string; zone: string }

const held = (lesson: SheetLesson) => lesson.status === 'on' || lesson.status === 'moved'
const mySheets = () => views().filter((view) => view.role === 't')

/** The start of a lesson, in milliseconds since 1970. */
export const startOf = (lesson: Dated) => instantOf(lesson.date, lesson.start, lesson.zone)

/** My lessons of some weeks, in the order of time. @throws {Refusal} when no sheet could be read. */
export async function myLessons(mondays: readonly string[]): Promise<Dated[]> {
  const paths = mySheets().flatMap((view) => mondays.map((monday) => sheetPath(view.sheet, `week/${monday}`)))
  const read = await Promise.all(paths.map((path) => readSheet<WeekSheet>(path)))
  const all = read.flatMap(({ sheet }) =>
    sheet.days.flatMap(({ date, lessons }) => lessons.map((l) => ({ ...l, date, zone: sheet.zone }))),
  )
  return all.sort((a, b) => startOf(a) - startOf(b))
}

/** The mondays of the week of `now` and of those after it. */
export function weeksFrom(now: number, zone: string, weeks: number): string[] {
  const monday = mondayOf(wallClock(now, zone).date)
  return Array.from({ length: weeks }, (_, i) => addDays(monday, 7 * i))
}

/** When a class's lessons that take place after an instant begin. */
export function comingLessons(
  lessons: readonly Dated[],
  classId: string,
  after: number,
): { date: string; time: string }[] {
  const coming = lessons.filter((l) => held(l) && l.class?.id === classId && startOf(l) > after)
  return coming.map(({ date, start }) => ({ date, time: start }))
}

/** The lessons of a class that have begun by an instant, the latest first. */
export function begunLessons(lessons: readonly Dated[], classId: string, by: number): Dated[] {
  return lessons.filter((l) => held(l) && l.class?.id === classId && startOf(l) <= by).reverse()
}

export type Found = { lesson: Dated; sheet: DaySheet }

async function dayWith(lessonId: string, date: string): Promise<Found | null> {
  for (const view of mySheets()) {
    const { sheet } = await readSheet<DaySheet>(sheetPath(view.sheet, `day/${date}`))
    const lesson = sheet.lessons.find((l) => l.id === lessonId)
    if (lesson) return { lesson: { ...lesson, date, zone: sheet.zone }, sheet }
  }
  return null
}

/** One lesson by its id, where it takes place now: on its new day when it was moved. Null when it is not mine. */
export async function findLesson(lessonId: string): Promise<Found | null> {
  const named = occurrenceIn(lessonId)
  const planned = named && (await dayWith(lessonId, named.date))
  const to = planned?.lesson.status === 'moved-away' ? planned.lesson.movedTo : undefined
  return (to && (await dayWith(lessonId, to.date))) ?? planned
}
