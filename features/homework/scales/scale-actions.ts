// The school decides by which scales it marks, a teacher by which of them a piece of homework is.
import { schoolRunBy, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import type { HomeworkId, SchoolId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { taughtHomework } from '../actions.ts'
import { lockHomework } from '../store.ts'
import type { Marking, MarkingView, Rubric, Scale, Scales } from './contract.ts'
import * as rules from './scale-rules.ts'
import * as store from './scale-store.ts'

function refuse(obstacle: rules.MarkObstacle): void {
  if (obstacle) throw new Refused(obstacle)
}

/** A school's scales, for those who run it. @throws `absent` */
export async function viewScales(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<Scales> {
  await schoolRunBy(ctx, who, schoolId)
  return scalesOf(ctx.db, schoolId)
}

async function scalesOf(db: Db, schoolId: SchoolId): Promise<Scales> {
  const version = await store.scalesVersion(db, schoolId)
  return { scales: await store.listScales(db, schoolId), version }
}

/**
 * Decides by which scales a school marks from now on; homework that is set keeps its own.
 * @throws `absent`, `scale.changed-meanwhile` when another change came since the version that the draft names,
 * `scale.title-twice`, `scale.level-twice`, `scale.level-named-as-word`
 */
export async function decideScales(ctx: Ctx, who: Who, schoolId: SchoolId, draft: Scales): Promise<Scales> {
  await schoolRunBy(ctx, who, schoolId)
  const scales = draft.scales.map(cleanScale)
  refuse(rules.obstacleToScales(scales))
  const at = new Date(ctx.clock.now())
  return change(ctx, async (tx) => {
    await store.lockScales(tx, schoolId)
    if ((await store.scalesVersion(tx, schoolId)) !== draft.version)
      throw new Refused('scale.changed-meanwhile')
    await store.replaceScales(tx, schoolId, scales, who.account, at)
    return scalesOf(tx, schoolId)
  })
}

function cleanScale(scale: Scale): Scale {
  const title = cleanLine(scale.title)
  if (scale.kind !== 'levels') return { ...scale, title }
  const levels = scale.levels.map(({ code, label }) => ({ code: cleanLine(code), label: cleanLine(label) }))
  return { ...scale, title, levels }
}

/** What a piece of homework is marked by, with what may be chosen. @throws `absent` */
export async function viewMarking(ctx: Ctx, who: Who, id: HomeworkId): Promise<MarkingView> {
  const { taught } = await taughtHomework(ctx, who, id)
  const earlier = await store.listRubrics(ctx.db, who.account)
  const rubrics = earlier.filter((one, i) => earlier.findIndex((two) => rules.sameRubric(one, two)) === i)
  return {
    marking: await store.findMarking(ctx.db, id),
    scales: await store.listScales(ctx.db, taught.schoolId),
    rubrics: rubrics.slice(0, 30),
    rubricFixed: await store.hasShownRubric(ctx.db, id),
  }
}

/**
 * Chooses scale, coefficient and rubric of a piece of homework. Marks that were written stay as they are written; the
 * class sees the rubric at once. @throws `absent`, `homework.withdrawn`, `rubric.criterion-twice`, `rubric.given-back`
 */
export async function decideMarking(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  draft: Marking,
): Promise<MarkingView> {
  await taughtHomework(ctx, who, id)
  const marking = {
    ...draft,
    scale: cleanScale(draft.scale),
    rubric: draft.rubric && cleanRubric(draft.rubric),
  }
  const at = new Date(ctx.clock.now())
  await change(ctx, async (tx, news) => {
    const homework = await lockHomework(tx, id, 'to-change')
    if (!homework || homework.withdrawn) throw new Refused('homework.withdrawn')
    refuse(rules.obstacleToScales([marking.scale]))
    const before = await store.findMarking(tx, id)
    refuse(rules.obstacleToRubric(before.rubric, marking.rubric, await store.hasShownRubric(tx, id)))
    await store.putMarking(tx, id, marking, who.account, at)
    await news('class', [homework.classId])
    await news('homework-changed', [homework.classId])
  })
  return viewMarking(ctx, who, id)
}

function cleanRubric({ title, criteria }: Rubric): Rubric {
  return {
    title: cleanLine(title),
    criteria: criteria.map(({ id, title, levels }) => ({
      id,
      title: cleanLine(title),
      levels: levels.map(({ title, points }) => ({ title: cleanLine(title), points })),
    })),
  }
}
