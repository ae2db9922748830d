// What the diary allows.
import { addDays, type LocalDate } from '#platform/calendar'
import type { EntryDraft } from './contract.ts'

/** Whose lesson it is writes its entry: the timetable's teacher, or any teacher of the class when it names none. */
export function mayWrite(
  lesson: { teacherId: string | null },
  account: string,
  teachesClass: boolean,
): boolean {
  return lesson.teacherId === null ? teachesClass : lesson.teacherId === account
}

/** Whoever covers a lesson writes its entry until so many days after it. */
export const coverWritesDays = 14

/** Whether somebody may write because they cover the lesson: that one, and not for ever. */
export function mayWriteAsCover(
  lesson: { coverTeacherId: string | null; date: LocalDate },
  account: string,
  today: LocalDate,
): boolean {
  return lesson.coverTeacherId === account && today <= addDays(lesson.date, coverWritesDays)
}

/** Why an entry cannot be written; null when it can. `text` is the draft without markup. */
export function obstacleToWriting(
  lesson: { cancelled: boolean },
  text: string,
  draft: EntryDraft,
): 'diary.lesson-cancelled' | 'diary.empty' | null {
  if (lesson.cancelled) return 'diary.lesson-cancelled'
  return text === '' && draft.attachments.length === 0 ? 'diary.empty' : null
}

type Content = { body: string; attachments: readonly string[]; shownOnDay: boolean }

/** Whether two texts are one: saving what stands there already is no change, whoever does it. */
export function sameContent(a: Content, b: Content): boolean {
  return (
    a.body === b.body && a.shownOnDay === b.shownOnDay && a.attachments.join(' ') === b.attachments.join(' ')
  )
}

/**
 * An entry is written over the version that its author has read, or over their own save whose answer they never got;
 * else not at all. `standing` is null where nothing stands.
 */
export function obstacleToOverwriting(
  draft: Pick<EntryDraft, 'version' | 'unanswered'>,
  standing: { version: number; attempt: string | null } | null,
): 'diary.changed-meanwhile' | null {
  const read = (draft.version ?? 0) === (standing?.version ?? 0)
  const own = draft.unanswered?.some((attempt) => attempt === standing?.attempt) ?? false
  return read || own ? null : 'diary.changed-meanwhile'
}

/** Whether the class does not see an entry yet: it was written ahead, to be shown from the lesson's day on. */
export function isAhead(
  entry: { shownOnDay?: boolean | undefined; date: LocalDate },
  today: LocalDate,
): boolean {
  return entry.shownOnDay === true && entry.date > today
}

/**
 * Whether somebody who sees the class sees what it does not see yet: who wrote it, and whoever may write the lesson's
 * entry. `lesson` is null when the timetable has it no more.
 */
export function seesAhead(
  entry: { authorId: string | null },
  lesson: { teacherId: string | null; coverTeacherId: string | null; date: LocalDate } | null,
  reader: { account: string; teachesClass: boolean },
  today: LocalDate,
): boolean {
  if (entry.authorId === reader.account) return true
  if (!lesson) return false
  return (
    mayWrite(lesson, reader.account, reader.teachesClass) || mayWriteAsCover(lesson, reader.account, today)
  )
}
