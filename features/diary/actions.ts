// Writing, withdrawing and reading the class diary.

import { filesUsableBy } from '#features/documents'
import { classSeenBy, type SeenClass, type Who } from '#features/people'
import { groupsOf } from '#features/timetable'
import { addDays } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { violates } from '#platform/db'
import { type ClassId, type DiaryEntryId, newId, occurrenceIn, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, plainText } from '#platform/rich-text'
import type { DiaryWeek, Entry, EntryDraft } from './contract.ts'
import { mayWrite, obstacleToWriting } from './rules.ts'
import * as store from './store.ts'

const present = ({ classId: _class, slotId: _slot, onDate: _day, ...entry }: store.EntryRow): Entry => entry

/** The lesson, for whoever may write its entry. @throws `absent` */
async function lessonWrittenBy(ctx: Ctx, who: Who, slotId: SlotId, date: string) {
  const lesson = await store.findLesson(ctx.db, slotId, date)
  if (!lesson) throw absent()
  // Who is named by the timetable need not be enrolled in the class: somebody who stands in, for instance.
  const ofClass =
    lesson.teacherId === null && (await classSeenBy(ctx, who, lesson.classId)).relations.includes('teacher')
  if (!mayWrite(lesson, who.account, ofClass)) throw absent()
  return lesson
}

/**
 * Writes what was done in a lesson, in place of what stood there. The text is sanitised.
 * @throws `absent`, `diary.lesson-cancelled`, `diary.empty`
 */
export async function writeEntry(ctx: Ctx, who: Who, lessonId: string, draft: EntryDraft): Promise<Entry> {
  const named = occurrenceIn<SlotId>(lessonId)
  if (!named) throw absent()
  const { id: slotId, date } = named
  const lesson = await lessonWrittenBy(ctx, who, slotId, date)
  const body = cleanRichText(draft.body)
  const obstacle = obstacleToWriting(lesson, plainText(body), draft)
  if (obstacle) throw new Refused(obstacle)
  const attached = await store.listAttached(ctx.db, slotId, date)
  const attachments = await filesUsableBy(ctx, who, draft.attachments, attached)
  const now = ctx.clock.now()
  const entry = {
    id: newId<DiaryEntryId>(now),
    classId: lesson.classId,
    slotId,
    date,
    author: who.account,
    body,
    attachments,
  }
  const id = await change(ctx, async (tx, news) => {
    const written = await store.putEntry(tx, lesson.schoolId, entry, now)
    await news('class', [lesson.classId])
    return written
  })
  return found(await store.findEntry(ctx.db, id))
}

function found(entry: store.EntryRow | undefined): Entry {
  if (!entry) throw absent()
  return present(entry)
}

/** An entry, for whoever may write it. @throws `absent` */
async function entryWrittenBy(ctx: Ctx, who: Who, id: DiaryEntryId) {
  const entry = await store.findEntry(ctx.db, id)
  if (!entry?.slotId) throw absent()
  await lessonWrittenBy(ctx, who, entry.slotId, entry.onDate)
  return entry
}

async function setWithdrawn(ctx: Ctx, entry: store.EntryRow, at: Date | null): Promise<void> {
  await change(ctx, async (tx, news) => {
    await store.setWithdrawn(tx, entry.id, at)
    await news('class', [entry.classId])
  })
}

/** Takes an entry out of the diary; it can be brought back. @throws `absent` */
export async function withdrawEntry(ctx: Ctx, who: Who, id: DiaryEntryId): Promise<void> {
  await setWithdrawn(ctx, await entryWrittenBy(ctx, who, id), new Date(ctx.clock.now()))
}

/** Brings a withdrawn entry back. @throws `absent`, `diary.written-anew` when another one stands in its place */
export async function restoreEntry(ctx: Ctx, who: Who, id: DiaryEntryId): Promise<Entry> {
  const entry = await entryWrittenBy(ctx, who, id)
  try {
    await setWithdrawn(ctx, entry, null)
  } catch (error) {
    if (violates(error, 'diary_entry_by_lesson')) throw new Refused('diary.written-anew')
    throw error
  }
  return found(await store.findEntry(ctx.db, id))
}

/**
 * A class's diary of one week: of a homeroom with what its groups did, tagged, unless the whole class was there; and the
 * classes whose changes make it another week. The caller has checked who asks.
 */
export async function readWeek(
  ctx: Ctx,
  { id, key, title, type }: Pick<SeenClass, 'id' | 'key' | 'title' | 'type'>,
  monday: string,
): Promise<{ classes: ClassId[]; week: DiaryWeek }> {
  const groups = type === 'homeroom' ? await groupsOf(ctx, [id]) : []
  const classes = [id, ...groups.map((group) => group.id)]
  const whole = new Set(groups.filter((group) => group.whole).map((group) => group.key))
  const found = await store.listEntries(ctx.db, classes, monday, addDays(monday, 6))
  const entries = found.map(present).map(({ group, ...entry }) => {
    const all = !group || group.key === key || whole.has(group.key)
    return all ? entry : { ...entry, group }
  })
  return { classes, week: { classId: id, class: title, monday, entries } }
}
