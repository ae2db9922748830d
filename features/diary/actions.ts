// Writing, withdrawing and reading the class diary.

import { filesUsableBy } from '#features/documents'
import { classSeenBy, type SeenClass, schoolDay, type Who } from '#features/people'
import { groupsOf, lessonStanding } from '#features/timetable'
import { addDays } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { violates } from '#platform/db'
import { type ClassId, type DiaryEntryId, newId, occurrenceIn, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, plainText } from '#platform/rich-text'
import type { DiaryWeek, Entry, EntryDraft } from './contract.ts'
import { isAhead, mayWrite, mayWriteAsCover, obstacleToWriting } from './rules.ts'
import * as store from './store.ts'

/** An entry as it crosses the wire. */
export const present = ({ classId: _class, slotId: _slot, onDate: _day, ...entry }: store.EntryRow): Entry =>
  entry

/** The lesson, for whoever may write its entry. @throws `absent` */
export async function lessonWrittenBy(ctx: Ctx, who: Who, lessonId: string) {
  const named = occurrenceIn<SlotId>(lessonId)
  const lesson = await lessonStanding(ctx, lessonId)
  if (!named || !lesson) throw absent()
  const { slot, cover, date } = lesson
  const asCover = { coverTeacherId: cover?.teacherId ?? null, date }
  if (!mayWriteAsCover(asCover, who.account, schoolDay(ctx, slot.zone))) {
    // Who is named by the timetable need not be enrolled in the class: somebody who stands in, for instance.
    const ofClass =
      slot.teacherId === null && (await classSeenBy(ctx, who, slot.classId)).relations.includes('teacher')
    if (!mayWrite(slot, who.account, ofClass)) throw absent()
  }
  // What an absent teacher leaves for study hall or for home is written, too.
  const cancelled = lesson.status === 'cancelled' && !lesson.absent
  return {
    ...slot,
    slotId: named.id,
    date: named.date,
    heldOn: date,
    cancelled,
    subject: cover?.subject ?? slot.title,
  }
}

/**
 * Writes what was done in a lesson, in place of what stood there. The text is sanitised.
 * @throws `absent`, `diary.lesson-cancelled`, `diary.empty`
 */
export async function writeEntry(ctx: Ctx, who: Who, lessonId: string, draft: EntryDraft): Promise<Entry> {
  const lesson = await lessonWrittenBy(ctx, who, lessonId)
  const { slotId, date } = lesson
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
    shownOnDay: draft.shownOnDay ?? false,
    subject: lesson.subject,
    startsAt: lesson.start,
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
export async function entryWrittenBy(ctx: Ctx, who: Who, id: DiaryEntryId) {
  const entry = await store.findEntry(ctx.db, id)
  if (!entry?.slotId) throw absent()
  await lessonWrittenBy(ctx, who, entry.lessonId)
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
  { id, key, title, type, zone }: Pick<SeenClass, 'id' | 'key' | 'title' | 'type' | 'zone'>,
  monday: string,
): Promise<{ classes: ClassId[]; week: DiaryWeek }> {
  const groups = type === 'homeroom' ? await groupsOf(ctx, [id]) : []
  const classes = [id, ...groups.map((group) => group.id)]
  const whole = new Set(groups.filter((group) => group.whole).map((group) => group.key))
  const today = schoolDay(ctx, zone)
  const found = await store.listEntries(ctx.db, classes, monday, addDays(monday, 6))
  const shown = found.filter((entry) => !isAhead(entry, today))
  const entries = shown.map(present).map(({ group, ...entry }) => {
    const all = !group || group.key === key || whole.has(group.key)
    return all ? entry : { ...entry, group }
  })
  return { classes, week: { classId: id, class: title, monday, entries } }
}
