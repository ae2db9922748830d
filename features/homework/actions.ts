// What teachers do: set homework, change it, withdraw it and bring it back.
import { filesUsableBy } from '#features/documents'
import { classSeenBy, classTaughtBy, type SeenClass, schoolDay, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { type ClassId, type HomeworkId, newId, occurrenceIn, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText } from '#platform/rich-text'
import { cleanLine, cleanText } from '#platform/text'
import type { Homework, HomeworkDraft } from './contract.ts'
import * as rules from './rules.ts'
import { type Kept, opens, type Shelf } from './shelf.ts'
import * as store from './store.ts'
import * as work from './work-store.ts'

/** @throws the obstacle's code, when there is one. */
export function refuse(obstacle: rules.Obstacle): void {
  if (obstacle) throw new Refused(obstacle)
}

/** What the class shares of homework, as the sender's pass or the directory allows. @throws `absent`, `homework.withdrawn` */
export async function readHomework(ctx: Ctx, shelf: Shelf, who: Who, id: HomeworkId): Promise<Kept> {
  const found = await shelf.find(id)
  if (!found) throw absent()
  if (!opens(who, found.row)) await classSeenBy(ctx, who, found.row.classId)
  if (found.row.withdrawn) throw new Refused('homework.withdrawn')
  return found
}

/** Homework and its class, for the class's teachers. @throws `absent` */
export async function taughtHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
): Promise<{ homework: store.HomeworkRow; taught: SeenClass }> {
  const homework = await store.findHomework(ctx.db, id)
  if (!homework) throw absent()
  return { homework, taught: await classTaughtBy(ctx, who, homework.classId) }
}

async function valuesOf(ctx: Ctx, classId: ClassId, zone: string, draft: HomeworkDraft) {
  const lesson = draft.lessonId === undefined ? null : occurrenceIn<SlotId>(draft.lessonId)
  const slotId = lesson && (await store.findSlot(ctx.db, classId, lesson.id, lesson.date))
  if (draft.lessonId !== undefined && !slotId) throw new Refused('homework.lesson-unknown')
  return {
    title: cleanLine(draft.title),
    body: cleanRichText(cleanText(draft.body)),
    dueAt: Date.parse(draft.dueAt),
    handIn: draft.handIn,
    slotId: slotId ?? null,
    setOn: lesson?.date ?? schoolDay(ctx, zone),
  }
}

async function shared(ctx: Ctx, id: HomeworkId): Promise<Homework> {
  const found = await store.findHomework(ctx.db, id)
  if (!found) throw absent()
  return found.shared
}

/**
 * Sets homework for a class.
 * @throws `absent`, `homework.title-missing`, `homework.due-in-past`, `homework.lesson-unknown`, `file.not-yours`
 */
export async function setHomework(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  draft: HomeworkDraft,
): Promise<Homework> {
  const taught = await classTaughtBy(ctx, who, classId)
  const now = ctx.clock.now()
  const values = await valuesOf(ctx, classId, taught.zone, draft)
  refuse(rules.obstacleToSetting(values, now))
  const files = await filesUsableBy(ctx, who, draft.attachments)
  const id = newId<HomeworkId>(now)
  await change(ctx, async (tx, news) => {
    await store.insertHomework(tx, taught.schoolId, { id, classId, author: who.account }, values, now)
    await store.setAttachments(tx, id, files)
    await news('class', [classId])
    await news('homework-set', [classId])
  })
  return shared(ctx, id)
}

/**
 * Changes homework, of whichever teacher of the class. A due date that stays as it was may have passed.
 * @throws as `setHomework`, and `homework.withdrawn`, `homework.already-handed-in`
 */
export async function changeHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  draft: HomeworkDraft,
): Promise<Homework> {
  const { taught } = await taughtHomework(ctx, who, id)
  const now = ctx.clock.now()
  const values = await valuesOf(ctx, taught.id, taught.zone, draft)
  await change(ctx, async (tx, news) => {
    const before = await store.lockHomework(tx, id, 'to-change')
    if (!before) throw absent()
    refuse(rules.obstacleToChanging(before, draft, await work.countSubmissions(tx, id)))
    refuse(rules.obstacleToSetting(values, now, before))
    const attached = before.shared.attachments.map((a) => a.id)
    const files = await filesUsableBy({ db: tx }, who, draft.attachments, attached)
    await store.updateHomework(tx, before.schoolId, id, values, now)
    await store.setAttachments(tx, id, files)
    await news('class', [before.classId])
    await news('homework-changed', [before.classId])
  })
  return shared(ctx, id)
}

/** Withdraws homework, or brings it back: it is never deleted, and neither is what was handed in. @throws `absent` */
export async function withdrawHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  withdrawn: boolean,
): Promise<Homework> {
  const { schoolId, id: classId } = (await taughtHomework(ctx, who, id)).taught
  await change(ctx, async (tx, news) => {
    await store.setWithdrawn(tx, schoolId, id, withdrawn ? new Date(ctx.clock.now()) : null)
    await news('class', [classId])
    await news('homework-changed', [classId])
  })
  return shared(ctx, id)
}
