// What teachers do with what came: see who has done what, read copies, mark them, give them back.
import { classTaughtBy, pupilsOf, schoolDay, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanRichText, isBlank } from '#platform/rich-text'
import { cleanLine, cleanText } from '#platform/text'
import { taughtHomework } from '../actions.ts'
import type { Copy, GiveBack, GivenBack, ResultDraft } from '../contract.ts'
import { closeRounds, listRounds } from '../rounds/round-store.ts'
import * as rules from '../rules.ts'
import type { Marking } from '../scales/contract.ts'
import {
  type MarkObstacle,
  obstacleToFilling,
  obstacleToMark,
  valueOf,
  writtenOn,
} from '../scales/scale-rules.ts'
import { findMarking } from '../scales/scale-store.ts'
import * as setting from '../setting/setting-store.ts'
import * as store from '../store.ts'
import { withExtension } from '../work-actions.ts'
import * as work from '../work-store.ts'
import { listCells } from './cell-store.ts'
import type { Grid } from './grid-contract.ts'
import { listColumns } from './grid-store.ts'
import * as results from './result-store.ts'

const schoolYear = 300 * 86_400_000
const mostInGrid = 120

function refuse(obstacle: rules.Obstacle | MarkObstacle): void {
  if (obstacle) throw new Refused(obstacle)
}

/** Pupils × homework of a class: who has done what. @throws `absent` */
export async function viewGrid(ctx: Ctx, who: Who, classId: ClassId): Promise<Grid> {
  const taught = await classTaughtBy(ctx, who, classId)
  const { title, schoolId } = taught
  const since = new Date(ctx.clock.now() - schoolYear)
  const pupils = await pupilsOf(ctx, taught)
  const columns = await listColumns(ctx.db, schoolId, classId, since, mostInGrid)
  const ids = columns.map((column) => column.id)
  const markings = new Map(columns.flatMap(({ id, marking }) => (marking ? [[id, marking]] : [])))
  const extensions = await setting.listExtensions(ctx.db, ids)
  const cells = await listCells(
    ctx.db,
    markings,
    ids,
    pupils.map((p) => p.id),
  )
  return {
    class: { id: classId, title },
    pupils,
    homework: columns.map(({ author, publishAt, pupils, marking, dueAt, ...column }) => ({
      ...column,
      dueAt: dueAt.toISOString(),
      mine: author === who.account,
      ...(marking ? { marking } : {}),
      ...(publishAt ? { publishAt: publishAt.toISOString() } : {}),
      ...(pupils ? { pupils } : {}),
    })),
    extensions: extensions.map(({ word, dueAt, ...row }) => ({ ...row, dueAt: dueAt.toISOString() })),
    cells: cells.map(({ submittedAt, ...cell }) => cell),
  }
}

/** One pupil's copy with its result, given back or not. @throws `absent` */
export async function viewCopy(ctx: Ctx, who: Who, id: HomeworkId, pupilId: PersonId): Promise<Copy> {
  const { homework, taught, pupil } = await pupilTaughtBy(ctx, who, id, pupilId)
  const today = schoolDay(ctx, taught.zone)
  const seen = await work.findWork(ctx.pool, id, pupilId, who.account, today)
  const { submission, result, renewed, extension, saved, round, marking } = seen
  const rounds = round > 1 ? await listRounds(ctx.pool, id, pupilId) : []
  const shared = withExtension(homework.shared, extension)
  return { pupil, homework: shared, submission, result, renewed, saved, round, rounds, marking }
}

async function pupilTaughtBy(ctx: Ctx, who: Who, id: HomeworkId, pupilId: PersonId) {
  const { homework, taught } = await taughtHomework(ctx, who, id)
  const pupil = (await pupilsOf(ctx, taught)).find((p) => p.id === pupilId)
  if (!pupil) throw absent()
  if (homework.forSome && !(await setting.listNamed(ctx.db, id)).includes(pupilId)) throw absent()
  return { homework, taught, pupil }
}

/**
 * Saves mark, feedback and filled rubric, or what the draft names of them; the pupil sees nothing before they are given
 * back, and every change afterwards.
 * @throws `absent`, `homework.withdrawn`, `result.copy-renewed` when the pupil has handed in anew since,
 * `result.changed-meanwhile` when somebody saved since, and the obstacles of `writable`
 */
export async function saveResult(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  pupilId: PersonId,
  draft: ResultDraft,
): Promise<Copy> {
  await pupilTaughtBy(ctx, who, id, pupilId)
  const at = new Date(ctx.clock.now())
  await change(ctx, async (tx, news) => {
    const homework = await store.lockHomework(tx, id, 'to-change')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    const standing = await results.findStanding(tx, id, pupilId)
    if (standing.submissionId !== draft.submissionId) throw new Refused('result.copy-renewed')
    refuse(rules.obstacleToSaving(draft.version, standing.version))
    const written = writable(await findMarking(tx, id), standing, draft)
    const nothing = written.mark === null && isBlank(written.feedback) && written.rubric === null
    const { submissionId, givenBack, corrected } = standing
    const saved = nothing && !givenBack && !corrected ? null : at
    await results.saveResult(tx, id, pupilId, { submissionId, ...written, author: who.account }, saved)
    await news('work', [pupilId])
    await news('copies', [id])
  })
  return viewCopy(ctx, who, id, pupilId)
}

/**
 * What is to be written of a draft. What stays as it was is not checked again: a mark may be older than the scale.
 * @throws `mark.too-high`, `mark.unreadable`, `mark.too-fine`, `mark.no-level`, `mark.not-asked`, `rubric.level-unknown`
 */
function writable(marking: Marking, before: results.Standing, draft: ResultDraft) {
  const wanted = draft.mark === undefined ? before.mark : rules.cleanMark(draft.mark)
  if (wanted !== before.mark) refuse(obstacleToMark(marking.scale, wanted))
  const mark = writtenOn(marking.scale, wanted)
  const filled = draft.rubric === undefined ? before.rubric : draft.rubric
  if (draft.rubric !== undefined) refuse(obstacleToFilling(marking.rubric, filled))
  const feedback = draft.feedback === undefined ? before.feedback : cleanRichText(cleanText(draft.feedback))
  const rubric = filled && Object.keys(filled).length > 0 ? filled : null
  return { mark, value: valueOf(marking.scale, mark), feedback, rubric }
}

/**
 * Gives back what is saved for the copies that were read; those named in `again` begin a new round.
 * @throws `absent`, `homework.withdrawn`, `result.nothing-saved`, `result.copy-renewed` when newer copies came for all,
 * `again.until-passed`, `again.nothing-to-do-again`, `homework.no-hand-in`
 */
export async function giveBack(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  { pupils, again }: GiveBack,
): Promise<GivenBack> {
  await taughtHomework(ctx, who, id)
  const at = new Date(ctx.clock.now())
  return change(ctx, async (tx, news) => {
    const homework = await store.lockHomework(tx, id, 'to-change')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    const anew = again ? await beginAgain(tx, homework, who, again, at) : []
    const others = again ? (pupils ?? []).filter((pupil) => !anew.includes(pupil)) : (pupils ?? null)
    const { saved, given, renewed } = await results.giveBack(tx, id, others, at)
    if (saved + anew.length === 0) throw new Refused('result.nothing-saved')
    if (given.length + anew.length === 0 && renewed > 0) throw new Refused('result.copy-renewed')
    const touched = [...given, ...anew]
    if (touched.length > 0) {
      await news('work', touched)
      await news('copies', [id])
    }
    return { givenBack: touched.length, renewed, again: anew.length }
  })
}

/**
 * Closes the round of some pupils; the date by which they do it again counts for them as more time does. What to do
 * better stays with the round: a guardian who sees the school day alone sees the date.
 */
async function beginAgain(
  tx: Db,
  homework: store.HomeworkRow,
  who: Who,
  again: NonNullable<GiveBack['again']>,
  at: Date,
): Promise<PersonId[]> {
  const { id } = homework.shared
  const until = new Date(again.until)
  refuse(rules.obstacleToAgain(homework, until.getTime(), at.getTime()))
  const word = cleanLine(again.word)
  const { counts } = await findMarking(tx, id)
  const anew = await closeRounds(tx, id, again.pupils, { until, word, at, best: counts === 'best' })
  if (anew.length < new Set(again.pupils).size) throw new Refused('again.nothing-to-do-again')
  await setting.putExtensions(tx, id, anew, { dueAt: until, word: '', by: who.account, at })
  return anew
}
