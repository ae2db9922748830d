// What teachers do: set homework, change it, withdraw it and bring it back.
import { filesUsableBy } from '#features/documents'
import { classSeenBy, classTaughtBy, pupilsOf, type SeenClass, type Who } from '#features/people'
import { dateIn } from '#platform/calendar'
import { change, type News } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import {
  type ClassId,
  type FileId,
  type HomeworkId,
  newId,
  occurrenceIn,
  type PersonId,
  type SlotId,
} from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText } from '#platform/rich-text'
import { cleanLine, cleanText } from '#platform/text'
import type { Homework, HomeworkDraft } from './contract.ts'
import * as rules from './rules.ts'
import { insertUsualMarking } from './scales/scale-store.ts'
import {
  type Content,
  namedAfter,
  obstacleToNaming,
  obstacleToOverwriting,
  obstacleToPublishing,
  publicationOf,
  sameContent,
} from './setting/setting-rules.ts'
import * as setting from './setting/setting-store.ts'
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
  const shared = store.isShared(found.row)
  if (!shared || !opens(who, found.row)) {
    const { relations } = await classSeenBy(ctx, who, found.row.classId)
    if (!shared && !relations.includes('teacher')) await homeworkForSome(ctx, who, found.row)
  }
  if (found.row.withdrawn) throw new Refused('homework.withdrawn')
  return found
}

/** Passes when what is not shared with the whole class is published, and for this person or their child. @throws `absent` */
export async function homeworkForSome(
  ctx: Pick<Ctx, 'db'>,
  who: Who,
  row: Pick<store.HomeworkRow, 'publishAt' | 'forSome' | 'shared'>,
): Promise<void> {
  if (row.publishAt !== null) throw absent()
  if (row.forSome && !(await setting.isNamed(ctx.db, row.shared.id, who.account))) throw absent()
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

async function valuesOf(ctx: Ctx, { id: classId, zone }: SeenClass, draft: HomeworkDraft) {
  const lesson = draft.lessonId === undefined ? null : occurrenceIn<SlotId>(draft.lessonId)
  const slotId = lesson && (await setting.findSlot(ctx.db, classId, lesson.id, lesson.date))
  if (draft.lessonId !== undefined && !slotId) throw new Refused('homework.lesson-unknown')
  const now = ctx.clock.now()
  const publishAt = publicationOf(draft.publishAt, now)
  return {
    title: cleanLine(draft.title),
    body: cleanRichText(cleanText(draft.body)),
    dueAt: Date.parse(draft.dueAt),
    handIn: draft.handIn,
    slotId: slotId ?? null,
    setOn: lesson?.date ?? dateIn(publishAt ?? now, zone),
    minutes: draft.minutes ?? null,
    publishAt: publishAt === null ? null : new Date(publishAt),
    forSome: draft.pupils !== undefined,
  }
}

/** Homework that may be set, before anything is written. */
export type Prepared = { taught: SeenClass; values: store.HomeworkValues; pupils: readonly PersonId[] }

/**
 * Checks what a teacher wants to set for a class.
 * @throws as `setHomework`, but for its files
 */
export async function prepareHomework(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  draft: HomeworkDraft,
): Promise<Prepared> {
  const taught = await classTaughtBy(ctx, who, classId)
  const values = await valuesOf(ctx, taught, draft)
  refuse(rules.obstacleToSetting(values, ctx.clock.now()))
  refuse(obstacleToPublishing(values.publishAt?.getTime() ?? null, values.dueAt))
  if (draft.pupils) {
    const attending = new Set((await pupilsOf(ctx, taught)).map((pupil) => pupil.id))
    refuse(obstacleToNaming(draft.pupils, attending))
  }
  return { taught, values, pupils: [...new Set(draft.pupils)] }
}

/** Writes homework that was prepared, with its news; returns its id. */
export async function insertPrepared(
  { tx, news }: { tx: Db; news: News },
  who: Who,
  { taught, values, pupils }: Prepared,
  files: readonly FileId[],
  now: number,
): Promise<HomeworkId> {
  const id = newId<HomeworkId>(now)
  await store.insertHomework(
    tx,
    taught.schoolId,
    { id, classId: taught.id, author: who.account },
    values,
    now,
  )
  await store.setAttachments(tx, id, files)
  await setting.setNamed(tx, id, pupils)
  const of = { id, classId: taught.id, schoolId: taught.schoolId, by: who.account }
  await insertUsualMarking(tx, of, new Date(now))
  await news('class', [taught.id])
  await news('homework-set', [taught.id])
  if (pupils.length > 0) await news('work', pupils)
  return id
}

async function shared(ctx: Ctx, id: HomeworkId): Promise<Homework> {
  const found = await store.findHomework(ctx.db, id)
  if (!found) throw absent()
  return found.shared
}

/**
 * Sets homework for a class, or for some of its pupils.
 * @throws `absent`, `homework.title-missing`, `homework.due-in-past`, `homework.lesson-unknown`, `homework.nobody`,
 * `homework.pupil-unknown`, `homework.published-after-due`, `file.not-yours`
 */
export async function setHomework(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  draft: HomeworkDraft,
): Promise<Homework> {
  const prepared = await prepareHomework(ctx, who, classId, draft)
  const files = await filesUsableBy(ctx, who, draft.attachments)
  const now = ctx.clock.now()
  const id = await change(ctx, (tx, news) => insertPrepared({ tx, news }, who, prepared, files, now))
  return shared(ctx, id)
}

const contentOf = (
  { shared, dueAt, handIn, publishAt, forSome }: store.HomeworkRow,
  pupils: ReadonlySet<PersonId>,
): Content => ({
  ...{ title: shared.title, body: shared.body, dueAt, handIn, publishAt, forSome, pupils },
  minutes: shared.minutes ?? null,
  attachments: shared.attachments.map(({ id }) => id),
})

const contentWanted = (
  { setOn: _day, slotId: _slot, publishAt, ...values }: store.HomeworkValues,
  attachments: readonly FileId[],
  pupils: readonly PersonId[],
): Content => ({
  ...values,
  publishAt: publishAt?.getTime() ?? null,
  attachments,
  pupils: new Set(pupils),
})

/**
 * Changes homework, of whichever teacher of the class. A due date that stays as it was may have passed; whoever handed
 * in keeps it, whomever it is for now.
 * @throws as `setHomework`, and `homework.withdrawn`, `homework.already-handed-in`, `homework.published-already`,
 * `homework.changed-meanwhile`
 */
export async function changeHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  draft: HomeworkDraft,
): Promise<Homework> {
  const { taught } = await taughtHomework(ctx, who, id)
  const now = ctx.clock.now()
  const values = await valuesOf(ctx, taught, draft)
  const attending = new Set((await pupilsOf(ctx, taught)).map((pupil) => pupil.id))
  await change(ctx, async (tx, news) => {
    const before = await store.lockHomework(tx, id, 'to-change')
    if (!before) throw absent()
    const named = new Set(await setting.listNamed(tx, id))
    const attached = before.shared.attachments.map((a) => a.id)
    const files = await filesUsableBy({ db: tx }, who, draft.attachments, attached)
    const working = draft.pupils ? await setting.listWorking(tx, id) : []
    const pupils = draft.pupils ? namedAfter(draft.pupils, { attending, before: named, working }) : []
    const lessonStays = draft.lessonId === undefined && !before.withdrawn
    if (lessonStays && sameContent(contentOf(before, named), contentWanted(values, files, pupils))) return
    refuse(obstacleToOverwriting(draft.version, before))
    refuse(rules.obstacleToChanging(before, draft, await work.countSubmissions(tx, id)))
    refuse(rules.obstacleToSetting(values, now, before))
    refuse(obstacleToPublishing(values.publishAt?.getTime() ?? null, values.dueAt, before))
    refuse(obstacleToNaming(draft.pupils, attending, named))
    await store.updateHomework(tx, before.schoolId, id, values, who.account, now)
    await store.setAttachments(tx, id, files)
    await setting.setNamed(tx, id, pupils)
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
