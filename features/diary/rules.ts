// What the diary allows.
import type { EntryDraft } from './contract.ts'

export type DiaryLesson = { teacherId: string | null; cancelled: boolean }

/** Whose lesson it is writes its entry: the timetable's teacher, or any teacher of the class when it names none. */
export function mayWrite(lesson: DiaryLesson, account: string, teachesClass: boolean): boolean {
  return lesson.teacherId === null ? teachesClass : lesson.teacherId === account
}

/** Why an entry cannot be written; null when it can. `text` is the draft without markup. */
export function obstacleToWriting(
  lesson: DiaryLesson,
  text: string,
  draft: EntryDraft,
): 'diary.lesson-cancelled' | 'diary.empty' | null {
  if (lesson.cancelled) return 'diary.lesson-cancelled'
  return text === '' && draft.attachments.length === 0 ? 'diary.empty' : null
}
