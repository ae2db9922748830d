// Which lesson of a parallel class matches which entry. Pure.
import type { LocalDate } from '#platform/calendar'
import { cleanLine, folded } from '#platform/text'

/** A lesson may be carried over to one so many days before or after it. */
export const reachDays = 21

const key = (subject: string) => folded(cleanLine(subject))

/** Whether two lessons are of the same subject, however it is written. */
export const sameSubject = (a: string, b: string) => key(a) === key(b)

const days = (a: LocalDate, b: LocalDate) =>
  Math.abs(Date.parse(`${a}T00:00:00Z`) - Date.parse(`${b}T00:00:00Z`)) / 86_400_000

/** Whether two classes' titles begin with the same level: "3e A" and "3e B, groupe 1". */
export const sameLevel = (a: string, b: string) => key(a).split(' ')[0] === key(b).split(' ')[0]

type Place = {
  lessonId: string
  classId: string
  date: LocalDate
  start: string
  sameLevel: boolean
  written: boolean
}
type Source = { date: LocalDate; subject: string }

/** By class, then the nearest first; of two equally near the later, since one prepares for what is to come. */
export function byNearness(source: Pick<Source, 'date'>) {
  return (a: Place, b: Place): number =>
    a.classId.localeCompare(b.classId) ||
    days(a.date, source.date) - days(b.date, source.date) ||
    b.date.localeCompare(a.date) ||
    a.start.localeCompare(b.start)
}

type Offered = {
  date: LocalDate
  lessons: readonly Place[]
  /** Classes that have it already: pressing once more is not to write it a second time. */
  carried?: ReadonlySet<string>
}

/**
 * For each source, one free lesson of each class of the same level that does not have it yet, no lesson twice: in the
 * order of time, as a class goes through a subject. Sources are in that order.
 */
export function proposals(sources: readonly Offered[]): string[][] {
  const given = new Set<string>()
  const last = new Map<string, string>()
  return sources.map((source) => {
    const proposed: string[] = []
    const near = source.lessons.filter(
      ({ sameLevel, written, classId }) => sameLevel && !written && !source.carried?.has(classId),
    )
    const classes = new Set(near.map(({ classId }) => classId))
    for (const classId of classes) {
      const after = last.get(classId) ?? ''
      const at = (lesson: Place) => `${lesson.date}T${lesson.start}`
      const lesson = near
        .filter((l) => l.classId === classId && !given.has(l.lessonId) && at(l) > after)
        .sort(byNearness(source))[0]
      if (!lesson) continue
      given.add(lesson.lessonId)
      last.set(classId, at(lesson))
      proposed.push(lesson.lessonId)
    }
    return proposed
  })
}
