// Writing, withdrawing and reading the class diary.

import { filesUsableBy } from '#features/documents'
import { classSeenBy, type SeenClass, schoolDay, type Who } from '#features/people'
import { groupsOf, isOnStaff, lessonStanding } from '#features/timetable'
import { addDays } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { violates } from '#platform/db'
import {
  type ClassId,
  type DiaryEntryId,
  newId,
  occurrenceIn,
  type SchoolId,
  type SlotId,
} from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, plainText } from '#platform/rich-text'
import type { DiaryWeek, Entry, EntryDraft, Standing, Written } from './contract.ts'
import {
  isAhead,
  mayWrite,
  mayWriteAsCover,
  obstacleToOverwriting,
  obstacleToWriting,
  sameContent,
} from './rules.ts'
import * as store from './store.ts'

/** An entry as its readers get it. */
export function present({
  classId: _class,
  slotId: _slot,
  onDate: _day,
  authorId: _author,
  version: _version,
  attempt: _attempt,
  savedAt: _saved,
  ...entry
}: store.EntryRow): Entry {
  return entry
}

/** An entry for whoever may write it. */
function presentWritten(who: Who, entry: store.EntryRow | undefined): Written {
  if (!entry) throw absent()
  const { version, savedAt, authorId, attempt } = entry
  const own = attempt ? { attempt: attempt as NonNullable<Written['attempt']> } : {}
  return {
    ...present(entry),
    ...own,
    version,
    savedAt: savedAt.toISOString(),
    mine: authorId === who.account,
  }
}

/** The lesson, for whoever may write its entry. @throws `absent` */
export async function lessonWrittenBy(ctx: Ctx, who: Who, lessonId: string) {
  const named = occurrenceIn<SlotId>(lessonId)
  const lesson = await lessonStanding(ctx, lessonId)
  if (!named || !lesson) throw absent()
  const { slot, cover, date } = lesson
  const asCover = { coverTeacherId: cover?.teacherId ?? null, date }
  const covers = mayWriteAsCover(asCover, who.account, schoolDay(ctx, slot.zone))
  if (!covers || !(await isOnStaff(ctx, slot, who.account))) {
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

/** What stands in a lesson's diary now, for whoever may write it. @throws `absent` */
export async function standingEntry(ctx: Ctx, who: Who, lessonId: string): Promise<Standing> {
  const { slotId, date } = await lessonWrittenBy(ctx, who, lessonId)
  const entry = await store.findStanding(ctx.db, slotId, date)
  return { written: entry ? presentWritten(who, entry) : null }
}

/**
 * Writes what was done in a lesson, in place of the version that the draft began from. The text is sanitised; what stands
 * there already is not written a second time.
 * @throws `absent`, `diary.lesson-cancelled`, `diary.empty`, `diary.changed-meanwhile`, `file.not-yours`
 */
export async function writeEntry(ctx: Ctx, who: Who, lessonId: string, draft: EntryDraft): Promise<Written> {
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
    attempt: draft.attempt ?? null,
  }
  const id = await change(ctx, async (tx, news) => {
    const put = await putEntry(tx, lesson.schoolId, draft, entry, now)
    if (put.written) await news('class', [lesson.classId])
    return put.id
  })
  return presentWritten(who, await store.findEntry(ctx.db, id))
}

type Put = { id: DiaryEntryId; written: boolean }

/** Writes an entry where nothing stands, or over what its author has read. @throws `diary.changed-meanwhile` */
async function putEntry(
  tx: Db,
  schoolId: SchoolId,
  draft: EntryDraft,
  entry: store.Writing,
  now: number,
): Promise<Put> {
  const standing = await store.lockEntry(tx, entry.slotId, entry.date)
  if (standing) {
    const { id, body, attachments, shownOnDay = false } = standing
    const there = { body, attachments: attachments.map((file) => file.id), shownOnDay }
    if (sameContent(there, entry)) return { id, written: false }
  }
  const obstacle = obstacleToOverwriting(draft, standing ?? null)
  if (obstacle) throw new Refused(obstacle)
  if (standing) await store.updateEntry(tx, standing.id, entry, now)
  // Somebody else has written the first one at this very moment: it is looked at as any other.
  else if (!(await store.insertEntry(tx, schoolId, entry, now)))
    return putEntry(tx, schoolId, draft, entry, now)
  return { id: standing?.id ?? entry.id, written: true }
}

/** An entry, for whoever may write it. @throws `absent` */
export async function entryWrittenBy(ctx: Ctx, who: Who, id: DiaryEntryId) {
  const entry = await store.findEntry(ctx.db, id)
  if (!entry?.slotId) throw absent()
  await lessonWrittenBy(ctx, who, entry.lessonId)
  return entry
}

/**
 * Takes an entry out of the diary; it can be brought back. With a `version`, only that one.
 * @throws `absent`, `diary.changed-meanwhile`
 */
export async function withdrawEntry(ctx: Ctx, who: Who, id: DiaryEntryId, version?: number): Promise<void> {
  const { slotId, onDate, classId } = await entryWrittenBy(ctx, who, id)
  await change(ctx, async (tx, news) => {
    const standing = slotId && (await store.lockEntry(tx, slotId, onDate))
    if (version !== undefined && standing && standing.version !== version)
      throw new Refused('diary.changed-meanwhile')
    await store.setWithdrawn(tx, id, new Date(ctx.clock.now()))
    await news('class', [classId])
  })
}

/** Brings a withdrawn entry back. @throws `absent`, `diary.written-anew` when another one stands in its place */
export async function restoreEntry(ctx: Ctx, who: Who, id: DiaryEntryId): Promise<Written> {
  const { classId } = await entryWrittenBy(ctx, who, id)
  try {
    await change(ctx, async (tx, news) => {
      await store.setWithdrawn(tx, id, null)
      await news('class', [classId])
    })
  } catch (error) {
    if (violates(error, 'diary_entry_by_lesson')) throw new Refused('diary.written-anew')
    throw error
  }
  return presentWritten(who, await store.findEntry(ctx.db, id))
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
