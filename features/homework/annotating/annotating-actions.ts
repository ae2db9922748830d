// Drawing on a copy and speaking about it: the teacher's until the copy is given back, then the pupil's and guardians'.
import { filesUsableBy, fileTypes } from '#features/documents'
import { schoolDay, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import type { FileId, HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { taughtHomework } from '../actions.ts'
import { isClosed } from '../rounds/round-store.ts'
import { lockHomework } from '../store.ts'
import { findSubmission, findWork } from '../work-store.ts'
import { canBeAnnotated, mostMessages, obstacleToAnnotations } from './annotating-rules.ts'
import * as store from './annotating-store.ts'
import type { AnnotationsDraft, Corrections, Saved } from './contract.ts'

type Read = { homeworkId: HomeworkId; pupil: PersonId }

async function submissionTaughtBy(ctx: Ctx, who: Who, id: SubmissionId): Promise<Read> {
  const found = await findSubmission(ctx.db, id)
  if (!found) throw absent()
  await taughtHomework(ctx, who, found.homeworkId)
  return found
}

/** What was given back of this hand-in to the pupil, or to a guardian who sees all of the child's work. */
async function givenBackTo(ctx: Ctx, who: Who, id: SubmissionId): Promise<boolean> {
  const found = await findSubmission(ctx.db, id)
  if (!found) return false
  const seen = await findWork(ctx.pool, found.homeworkId, found.pupil, who.account, schoolDay(ctx))
  const may = found.pupil === who.account || seen.guarded === 'all'
  if (may && seen.round > 1 && (await isClosed(ctx.db, id))) return true
  return may && seen.submission?.id === id && Boolean(seen.result?.givenBackAt)
}

/**
 * What was drawn and said: to the class's teachers always, to pupil and guardians once it was given back.
 * @throws `absent`
 */
export async function viewCorrections(ctx: Ctx, who: Who, id: SubmissionId): Promise<Corrections> {
  if (!(await givenBackTo(ctx, who, id))) await submissionTaughtBy(ctx, who, id)
  return store.findCorrections(ctx.db, id)
}

/**
 * Runs `work` while this hand-in is the one that counts. The homework is held with those who hand in and with other
 * strokes, against marks and giving back; the copy is held alone.
 * @throws `homework.withdrawn`, `result.copy-renewed`
 */
async function correcting(
  ctx: Ctx,
  who: Who,
  id: SubmissionId,
  { homeworkId, pupil }: Read,
  work: (tx: Db, at: Date) => Promise<void>,
): Promise<void> {
  const at = new Date(ctx.clock.now())
  await change(ctx, async (tx, news) => {
    const homework = await lockHomework(tx, homeworkId, 'to-hand-in')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    if (!(await store.lockCopy(tx, id))) throw new Refused('result.copy-renewed')
    await work(tx, at)
    await store.settleResult(tx, homeworkId, pupil, id, who.account, at)
    await news('copies', [homeworkId])
  })
}

/**
 * Saves what is drawn on a file of a hand-in, as the next version.
 * @throws `absent`, `homework.withdrawn`, `result.copy-renewed`, `annotation.changed-meanwhile` when another version came
 * in between, `annotation.too-much`, `annotation.not-possible`
 */
export async function saveAnnotations(
  ctx: Ctx,
  who: Who,
  id: SubmissionId,
  fileId: FileId,
  { version, items }: AnnotationsDraft,
): Promise<Saved> {
  const read = await submissionTaughtBy(ctx, who, id)
  const file = await store.findFile(ctx.db, id, fileId)
  if (!file) throw absent()
  if (!canBeAnnotated(file)) throw new Refused('annotation.not-possible')
  const obstacle = obstacleToAnnotations(items)
  if (obstacle) throw new Refused(obstacle)
  await correcting(ctx, who, id, read, async (tx, at) => {
    const of = { submission: id, file: fileId, version }
    if (!(await store.saveAnnotations(tx, of, items, who.account, at)))
      throw new Refused('annotation.changed-meanwhile')
  })
  return { version: version + 1 }
}

/**
 * Adds a recording of one's own to what is said about a hand-in; the same one again changes nothing.
 * @throws `absent`, `file.not-yours`, `voice.not-a-sound`, `voice.too-many`, `homework.withdrawn`, `result.copy-renewed`
 */
export async function addMessage(ctx: Ctx, who: Who, id: SubmissionId, fileId: FileId): Promise<Corrections> {
  const read = await submissionTaughtBy(ctx, who, id)
  await filesUsableBy(ctx, who, [fileId])
  const [type] = await fileTypes(ctx, [fileId])
  if (!type?.startsWith('audio/')) throw new Refused('voice.not-a-sound')
  await correcting(ctx, who, id, read, async (tx, at) => {
    if ((await store.countOtherMessages(tx, id, fileId)) >= mostMessages) throw new Refused('voice.too-many')
    await store.addMessage(tx, id, fileId, who.account, at)
  })
  return store.findCorrections(ctx.db, id)
}

/** Takes a message away, of whichever teacher of the class. @throws `absent`, `homework.withdrawn`, `result.copy-renewed` */
export async function removeMessage(
  ctx: Ctx,
  who: Who,
  id: SubmissionId,
  fileId: FileId,
): Promise<Corrections> {
  const read = await submissionTaughtBy(ctx, who, id)
  await correcting(ctx, who, id, read, (tx) => store.removeMessage(tx, id, fileId))
  return store.findCorrections(ctx.db, id)
}
