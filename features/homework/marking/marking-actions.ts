// What teachers do with what came: see who has done what, read copies, mark them, give them back.
import { classTaughtBy, pupilsOf, schoolDay, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, isBlank } from '#platform/rich-text'
import { cleanText } from '#platform/text'
import { taughtHomework } from '../actions.ts'
import type { Copy, GiveBack, GivenBack, Grid, ResultDraft } from '../contract.ts'
import * as rules from '../rules.ts'
import * as setting from '../setting/setting-store.ts'
import * as store from '../store.ts'
import { withExtension } from '../work-actions.ts'
import * as work from '../work-store.ts'
import * as results from './result-store.ts'

const schoolYear = 300 * 86_400_000
const mostInGrid = 120

/** Pupils × homework of a class: who has done what. @throws `absent` */
export async function viewGrid(ctx: Ctx, who: Who, classId: ClassId): Promise<Grid> {
  const taught = await classTaughtBy(ctx, who, classId)
  const { title, schoolId } = taught
  const since = new Date(ctx.clock.now() - schoolYear)
  const pupils = await pupilsOf(ctx, taught)
  const rows = await store.listForClass(ctx.db, schoolId, classId, since, mostInGrid)
  const ids = rows.map((row) => row.shared.id)
  const homework = await withAudience(ctx, rows, who)
  const extensions = await setting.listExtensions(ctx.db, ids)
  const cells = await work.listCells(
    ctx.db,
    classId,
    ids,
    pupils.map((p) => p.id),
  )
  return {
    class: { id: classId, title },
    pupils,
    homework,
    extensions: extensions.map(({ word, dueAt, ...row }) => ({ ...row, dueAt: dueAt.toISOString() })),
    cells: cells.map(({ submittedAt, ...cell }) => cell),
  }
}

/** The columns of a grid: what each is, whether it is still to come, and who has what is only for some. */
async function withAudience(
  ctx: Pick<Ctx, 'db'>,
  rows: readonly store.HomeworkRow[],
  who: Who,
): Promise<Grid['homework']> {
  const forSome = rows.filter((row) => row.forSome).map((row) => row.shared.id)
  const named = forSome.length > 0 ? await setting.listAllNamed(ctx.db, forSome) : []
  const namedIn = Map.groupBy(named, (row) => row.homeworkId)
  return rows.map(({ shared: { id, title, dueAt, handIn }, author, forSome, publishAt }) => ({
    id,
    title,
    dueAt,
    handIn,
    mine: author === who.account,
    ...(publishAt === null ? {} : { publishAt: new Date(publishAt).toISOString() }),
    ...(forSome ? { pupils: (namedIn.get(id) ?? []).map((row) => row.pupilId) } : {}),
  }))
}

/** One pupil's copy with its result, given back or not. @throws `absent` */
export async function viewCopy(ctx: Ctx, who: Who, id: HomeworkId, pupilId: PersonId): Promise<Copy> {
  const { homework, taught, pupil } = await pupilTaughtBy(ctx, who, id, pupilId)
  const today = schoolDay(ctx, taught.zone)
  const seen = await work.findWork(ctx.pool, id, pupilId, who.account, today)
  const { submission, result, renewed, extension } = seen
  return { pupil, homework: withExtension(homework.shared, extension), submission, result, renewed }
}

async function pupilTaughtBy(ctx: Ctx, who: Who, id: HomeworkId, pupilId: PersonId) {
  const { homework, taught } = await taughtHomework(ctx, who, id)
  const pupil = (await pupilsOf(ctx, taught)).find((p) => p.id === pupilId)
  if (!pupil) throw absent()
  if (homework.forSome && !(await setting.listNamed(ctx.db, id)).includes(pupilId)) throw absent()
  return { homework, taught, pupil }
}

/**
 * Saves mark and feedback; the pupil sees nothing of them before they are given back, and every change afterwards.
 * @throws `absent`, `homework.withdrawn`, `result.copy-renewed` when the pupil has handed in anew since
 */
export async function saveResult(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  pupilId: PersonId,
  draft: ResultDraft,
): Promise<Copy> {
  await pupilTaughtBy(ctx, who, id, pupilId)
  const mark = rules.cleanMark(draft.mark)
  const feedback = cleanRichText(cleanText(draft.feedback))
  const nothing = mark === null && isBlank(feedback)
  const at = new Date(ctx.clock.now())
  await change(ctx, async (tx, news) => {
    const homework = await store.lockHomework(tx, id, 'to-change')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    const { submissionId, givenBack } = await results.findStanding(tx, id, pupilId)
    if (submissionId !== draft.submissionId) throw new Refused('result.copy-renewed')
    if (nothing && !givenBack) await results.removeUnseenResult(tx, id, pupilId)
    else await results.saveResult(tx, id, pupilId, { submissionId, mark, feedback, author: who.account }, at)
    await news('work', [pupilId])
    await news('copies', [id])
  })
  return viewCopy(ctx, who, id, pupilId)
}

/**
 * Gives back what is saved for the copies that were read.
 * @throws `absent`, `homework.withdrawn`, `result.nothing-saved`, `result.copy-renewed` when newer copies came for all
 */
export async function giveBack(ctx: Ctx, who: Who, id: HomeworkId, { pupils }: GiveBack): Promise<GivenBack> {
  await taughtHomework(ctx, who, id)
  return change(ctx, async (tx, news) => {
    const homework = await store.lockHomework(tx, id, 'to-change')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    const { saved, given, renewed } = await results.giveBack(
      tx,
      id,
      pupils ?? null,
      new Date(ctx.clock.now()),
    )
    if (saved === 0) throw new Refused('result.nothing-saved')
    if (given.length === 0 && renewed > 0) throw new Refused('result.copy-renewed')
    if (given.length > 0) {
      await news('work', given)
      await news('copies', [id])
    }
    return { givenBack: given.length, renewed }
  })
}
