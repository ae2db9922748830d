// Writing, withdrawing and reading the class diary.

import { filesUsableBy } from '#features/documents'
import { classSeenBy, type Who } from '#features/people'
import { announce } from '#platform/bus'
import { addDays } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import { violates } from '#platform/db'
import { type ClassId, type DiaryEntryId, newId, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, plainText } from '#platform/rich-text'
import type { DiaryWeek, Entry, EntryDraft } from './contract.ts'
import { mayWrite, reasonAgainst } from './rules.ts'
import * as store from './store.ts'

const present = ({ classId: _class, slotId: _slot, ...entry }: store.EntryRow): Entry => entry

function partsOf(lessonId: string): { slotId: SlotId; date: string } {
  return { slotId: lessonId.slice(0, 36) as SlotId, date: lessonId.slice(37) }
}

/** The lesson, for whoever may write its entry. @throws `absent` */
async function lessonWrittenBy(ctx: Ctx, who: Who, slotId: SlotId, date: string) {
  const lesson = await store.findLesson(ctx.db, slotId, date)
  if (!lesson) throw absent()
  const inClass = await classSeenBy(ctx, who, lesson.classId)
  if (!mayWrite(lesson, who.account, inClass.relations.includes('teacher'))) throw absent()
  return { lesson, schoolId: inClass.schoolId }
}

/**
 * Writes what was done in a lesson, in place of what stood there. The text is sanitised.
 * @throws `absent`, `diary.lesson-cancelled`, `diary.empty`
 */
export async function writeEntry(ctx: Ctx, who: Who, lessonId: string, draft: EntryDraft): Promise<Entry> {
  const { slotId, date } = partsOf(lessonId)
  const { lesson, schoolId } = await lessonWrittenBy(ctx, who, slotId, date)
  const body = cleanRichText(draft.body)
  const reason = reasonAgainst(lesson, plainText(body), draft)
  if (reason) throw new Refused(reason)
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
  const id = await ctx.db.transaction().execute(async (tx) => {
    const written = await store.putEntry(tx, schoolId, entry, now)
    await announce(tx, 'class', [lesson.classId])
    return written
  })
  return found(await store.findEntry(ctx.db, id))
}

function found(entry: store.EntryRow | undefined): Entry {
  if (!entry) throw absent()
  const { withdrawn: _, ...rest } = entry as store.EntryRow & { withdrawn?: boolean }
  return present(rest)
}

/** An entry, for whoever may write it. @throws `absent` */
async function entryWrittenBy(ctx: Ctx, who: Who, id: DiaryEntryId) {
  const entry = await store.findEntry(ctx.db, id)
  if (!entry?.slotId) throw absent()
  await lessonWrittenBy(ctx, who, entry.slotId, entry.date)
  return entry
}

async function setWithdrawn(ctx: Ctx, entry: store.EntryRow, at: number | null): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await store.setWithdrawn(tx, entry.id, at)
    await announce(tx, 'class', [entry.classId])
  })
}

/** Takes an entry out of the diary; it can be brought back. @throws `absent` */
export async function withdrawEntry(ctx: Ctx, who: Who, id: DiaryEntryId): Promise<void> {
  await setWithdrawn(ctx, await entryWrittenBy(ctx, who, id), ctx.clock.now())
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

/** A class's diary of one week, for whoever sees the class. @throws `absent` */
export async function readWeek(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  monday: string,
): Promise<{ key: string; week: DiaryWeek }> {
  const { key, title } = await classSeenBy(ctx, who, classId)
  const entries = await store.listEntries(ctx.db, [classId], monday, addDays(monday, 6))
  return { key, week: { classId, class: title, monday, entries: entries.map(present) } }
}
