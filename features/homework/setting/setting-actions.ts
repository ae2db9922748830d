// What teachers decide about homework beyond its text: for several classes at once, when it is seen, who has more time.
import { filesUsableBy } from '#features/documents'
import { pupilsOf, type Who } from '#features/people'
import { dateIn } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { ClassId, HomeworkId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { insertPrepared, type Prepared, prepareHomework, refuse, taughtHomework } from '../actions.ts'
import { findHomework, lockHomework } from '../store.ts'
import type { ExtensionDraft, HomeworkIsSet, HomeworkSet, Publication, Setting } from './contract.ts'
import * as rules from './setting-rules.ts'
import * as store from './setting-store.ts'

/** All that a class's teachers decide about homework. @throws `absent` */
export async function viewSetting(ctx: Ctx, who: Who, id: HomeworkId): Promise<Setting> {
  const { homework, taught } = await taughtHomework(ctx, who, id)
  const { version, changedBy } = await store.findLastChange(ctx.db, id)
  const extensions = await store.listExtensions(ctx.db, [id])
  return {
    homework: homework.shared,
    version,
    changedBy,
    publishAt: homework.publishAt === null ? null : new Date(homework.publishAt).toISOString(),
    pupils: homework.forSome ? await store.listNamed(ctx.db, id) : null,
    working: await store.listWorking(ctx.db, id),
    extensions: extensions.map(({ pupilId, dueAt, word }) => ({ pupilId, dueAt: dueAt.toISOString(), word })),
    attending: await pupilsOf(ctx, taught),
  }
}

/**
 * Sets the same homework for several classes: for all of them, or for none.
 * @throws as `setHomework`, with the class as the fact `classId`
 */
export async function setForClasses(ctx: Ctx, who: Who, set: HomeworkSet): Promise<HomeworkIsSet> {
  const { classes, ...same } = set
  const now = ctx.clock.now()
  const prepared: Prepared[] = []
  for (const { classId, ...own } of new Map(classes.map((one) => [one.classId, one])).values()) {
    const draft = { ...same, ...own }
    prepared.push(await prepareHomework(ctx, who, classId, draft).catch(naming(classId)))
  }
  const files = await filesUsableBy(ctx, who, set.attachments)
  const ids = await change(ctx, async (tx, news) => {
    const made: HomeworkId[] = []
    for (const one of prepared) made.push(await insertPrepared({ tx, news }, who, one, files, now))
    return made
  })
  const found = await Promise.all(ids.map((id) => findHomework(ctx.db, id)))
  return { homework: found.flatMap((row) => (row ? [row.shared] : [])) }
}

/** Says which of the classes stands in the way. */
const naming = (classId: ClassId) => (error: unknown) => {
  throw error instanceof Refused && error.code !== 'absent' ? new Refused(error.code, { classId }) : error
}

/**
 * Moves the moment at which homework that is still to come is seen, or publishes it now.
 * @throws `absent`, `homework.withdrawn`, `homework.published-already`, `homework.published-after-due`
 */
export async function publishHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  { at }: Publication,
): Promise<Setting> {
  const { taught } = await taughtHomework(ctx, who, id)
  const now = ctx.clock.now()
  const publishAt = rules.publicationOf(at ?? undefined, now)
  await change(ctx, async (tx, news) => {
    const before = await lockHomework(tx, id, 'to-change')
    if (!before) throw absent()
    if (before.withdrawn) throw new Refused('homework.withdrawn')
    // Asked for twice, it is published once.
    if (before.publishAt === null && publishAt === null) return
    refuse(rules.obstacleToPublishing(publishAt, before.dueAt, before))
    const day = dateIn(publishAt ?? now, taught.zone)
    const moment = publishAt === null ? null : new Date(publishAt)
    await store.setPublication(tx, before.schoolId, id, {
      at: moment,
      day,
      by: who.account,
      now: new Date(now),
    })
    await news('class', [before.classId])
    await news('homework-changed', [before.classId])
  })
  return viewSetting(ctx, who, id)
}

/** Publishes what is due to be, and tells of it. To be called every minute or so, and once at the start. */
export async function publishDue(ctx: Pick<Ctx, 'db' | 'bus' | 'clock'>): Promise<number> {
  return change(ctx, async (tx, news) => {
    const published = await store.publishDue(tx, new Date(ctx.clock.now()))
    if (published.length === 0) return 0
    const classes = [...new Set(published.map(({ classId }) => classId))]
    await news('class', classes)
    await news('homework-set', classes)
    const pupils = published.flatMap((one) => one.pupils)
    if (pupils.length > 0) await news('work', pupils)
    return published.length
  })
}

/**
 * Gives pupils more time, or takes it back. Those who handed in late and are in time by the new date are not late any
 * more; their receipts stay as they were signed.
 * @throws `absent`, `homework.withdrawn`, `homework.due-in-past`, `homework.pupil-unknown`, `extension.not-later`
 */
export async function extendHomework(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  draft: ExtensionDraft,
): Promise<Setting> {
  const { taught } = await taughtHomework(ctx, who, id)
  const now = ctx.clock.now()
  const pupils = [...new Set(draft.pupils)]
  const attending = new Set((await pupilsOf(ctx, taught)).map((pupil) => pupil.id))
  const dueAt = draft.dueAt === null ? null : Date.parse(draft.dueAt)
  await change(ctx, async (tx, news) => {
    const homework = await lockHomework(tx, id, 'to-change')
    if (!homework) throw absent()
    const having = homework.forSome ? new Set(await store.listNamed(tx, id)) : attending
    const extended = new Set((await store.listExtensions(tx, [id])).map((row) => row.pupilId))
    const may = (pupil: (typeof pupils)[number]) =>
      (having.has(pupil) && attending.has(pupil)) || (dueAt === null && extended.has(pupil))
    refuse(pupils.every(may) ? null : 'homework.pupil-unknown')
    refuse(rules.obstacleToExtending(homework, dueAt, now))
    if (dueAt === null) await store.removeExtensions(tx, id, pupils)
    else {
      const given = { dueAt: new Date(dueAt), word: cleanLine(draft.word ?? ''), by: who.account }
      await store.putExtensions(tx, id, pupils, { ...given, at: new Date(now) })
    }
    await news('work', pupils)
    await news('copies', [id])
  })
  return viewSetting(ctx, who, id)
}
