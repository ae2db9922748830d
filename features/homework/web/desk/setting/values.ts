// What the form for setting homework holds, how it begins, and what is sent of it. Pure.
import { addDays, type LocalDate, wallClock } from '#platform/calendar'
import { cleanLine } from '#platform/text'
import type { HomeworkDraft } from '../../../contract.ts'
import { type Obstacle, obstacleToSetting } from '../../../rules.ts'
import type { HomeworkSet, Setting } from '../../../setting/contract.ts'
import { obstacleToPublishing } from '../../../setting/setting-rules.ts'
import { type Due, dueInstant, dueParts } from '../due.ts'

/** Another class that gets the same, with its own date. */
export type Also = Due & { classId: string }

export type Values = {
  title: string
  body: string
  date: string
  time: string
  handIn: boolean
  lessonId: string
  minutes: number | null
  /** Published at a moment of its own, instead of at once. */
  later: boolean
  publish: Due
  /** Null for the whole class. */
  pupils: string[] | null
  also: Also[]
  /** The version that this began from; 0 for something new. */
  version: number
}

const morning = '08:00'

/** A new one: due at the moment that is offered first, set in the lesson that led here or runs. */
export function newValues(now: number, zone: string, due: Due | undefined, lessonId: string): Values {
  return {
    ...{ title: '', body: '', date: due?.date ?? '', time: due?.time ?? '', handIn: true, lessonId },
    ...{ minutes: null, later: false, publish: tomorrow(now, zone), pupils: null, also: [], version: 0 },
  }
}

const tomorrow = (now: number, zone: string): Due => ({
  date: addDays(wallClock(now, zone).date, 1),
  time: morning,
})

/** What was set, to be changed. */
export function valuesOf(setting: Setting, now: number, zone: string): Values {
  const { homework, version, publishAt, pupils } = setting
  const { title, body, handIn, dueAt, minutes } = homework
  return {
    ...{ title, body, handIn, ...dueParts(dueAt, zone), lessonId: '', minutes: minutes ?? null },
    ...{ later: publishAt !== null, publish: publishAt ? dueParts(publishAt, zone) : tomorrow(now, zone) },
    ...{ pupils, also: [], version },
  }
}

/** The moment of publication as ISO text; undefined for at once. Null while date or hour is missing. */
export function publishInstant({ later, publish }: Values, zone: string): string | null | undefined {
  return later ? dueInstant(publish, zone) : undefined
}

/** What stands in the way of sending it, before the server is asked; `setting` is what is changed. */
export function obstacleOf(values: Values, setting: Setting | null, now: number, zone: string): Obstacle {
  const dueAt = dueInstant(values, zone)
  if (dueAt === null) return 'homework.due-in-past'
  const due = Date.parse(dueAt)
  const before = setting ? { dueAt: Date.parse(setting.homework.dueAt) } : undefined
  const found = obstacleToSetting({ title: cleanLine(values.title), dueAt: due }, now, before)
  if (found) return found
  if (values.pupils?.length === 0) return 'homework.nobody'
  const publishAt = publishInstant(values, zone)
  if (publishAt === null) return 'homework.published-after-due'
  return publishAt === undefined ? null : obstacleToPublishing(Date.parse(publishAt), due)
}

/** What is sent to set or change it for one class; null while a date is missing. */
export function draftOf(values: Values, zone: string, attachments: string[]): HomeworkDraft | null {
  const dueAt = dueInstant(values, zone)
  const publishAt = publishInstant(values, zone)
  if (dueAt === null || publishAt === null) return null
  const { title, body, handIn, minutes, pupils, lessonId, version } = values
  return {
    ...{ title: cleanLine(title), body, dueAt, handIn, attachments: attachments as never[] },
    ...(minutes !== null && { minutes: minutes as HomeworkDraft['minutes'] }),
    ...(publishAt && { publishAt }),
    ...(pupils && { pupils: pupils as never[] }),
    ...(lessonId && { lessonId }),
    ...(version > 0 && { version }),
  }
}

/** The same for this class and others; null while a date is missing. */
export function setOf(
  values: Values,
  zone: string,
  draft: HomeworkDraft,
  classId: string,
): HomeworkSet | null {
  const { dueAt, lessonId, pupils, version: _, ...same } = draft
  const classes = [{ classId, dueAt, ...(lessonId && { lessonId }), ...(pupils && { pupils }) }]
  for (const also of values.also) {
    const dueAt = dueInstant(also, zone)
    if (dueAt === null) return null
    classes.push({ classId: also.classId, dueAt })
  }
  return { ...same, classes: classes as HomeworkSet['classes'] }
}

/** Days around a due date for which one asks how full they are: from today to two weeks after it. */
export function daysAround(date: LocalDate, today: LocalDate): { from: LocalDate; to: LocalDate } {
  return { from: today, to: addDays(date > today ? date : today, 14) }
}
