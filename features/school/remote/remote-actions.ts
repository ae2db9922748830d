// Days at a distance: planned, ended and asked for. Sheets, homework and whatever else concerns a closed school ask here.
import { schoolDay, schoolRunBy, type Who, zoneOf } from '#features/people'
import { dateIn, type LocalDate } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { type ClassId, type Id, newId, type SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanText } from '#platform/text'
import type { RemoteDraft, RemoteView } from '../contract.ts'
import { settingsOf } from '../settings/settings-actions.ts'
import { lastDay, obstacleToPeriod, type Period, remoteOn, stateOf } from './remote-rules.ts'
import * as store from './remote-store.ts'

const mostShown = 200
const lastOfDays: LocalDate = '9999-12-31'

/** The periods at a distance of some schools that count in a span of days, by school. The caller has checked who asks. */
export async function remotePeriods(
  ctx: Pick<Ctx, 'db'>,
  schools: readonly SchoolId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Map<SchoolId, Period[]>> {
  return Map.groupBy(await store.listCounting(ctx.db, schools, from, to), ({ schoolId }) => schoolId)
}

/** Says of a class whether its work without hand-in can be handed in at an instant (milliseconds since 1970). */
export type PaperWork = (classId: ClassId, now: number) => boolean

/**
 * Whether work without hand-in of a school's classes can be handed in all the same: on days at a distance, where the
 * school lets it. Holds from now on, until news of `timetable`, `school-setting` or `directory`.
 */
export async function paperWorkOf(ctx: Pick<Ctx, 'db' | 'clock'>, schoolId: SchoolId): Promise<PaperWork> {
  if (!(await settingsOf(ctx, schoolId)).remoteHandIn) return () => false
  const zone = await zoneOf(ctx, schoolId)
  const periods = await store.listCounting(ctx.db, [schoolId], schoolDay(ctx, zone), lastOfDays)
  return (classId, now) => remoteOn(periods, classId, dateIn(now, zone)) !== null
}

async function view(ctx: Pick<Ctx, 'clock'> & { db: Db }, schoolId: SchoolId): Promise<RemoteView> {
  const today = schoolDay(ctx, await zoneOf(ctx, schoolId))
  const rows = await store.listPeriods(ctx.db, schoolId, mostShown)
  const periods = rows.map((row) => ({
    id: row.id,
    from: row.from,
    to: lastDay(row) < row.from ? row.to : lastDay(row),
    classes: row.titles,
    word: row.word,
    state: stateOf(row, today),
    madeBy: row.madeBy,
    madeAt: row.madeAt.toISOString(),
    endedBy: row.endedBy,
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
  return { today, periods }
}

/** All periods of a school, for those who run it. @throws `absent` */
export async function viewRemote(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<RemoteView> {
  return view(ctx, await schoolRunBy(ctx, who, schoolId))
}

/**
 * Switches a school, or some of its homerooms, to a distance, now or later; sheets say so within a second.
 * @throws `absent`, remote.*
 */
export async function planRemote(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  draft: RemoteDraft,
): Promise<RemoteView> {
  await schoolRunBy(ctx, who, schoolId)
  return change(ctx, async (tx, news) => {
    await store.lockPeriods(tx, schoolId)
    const classes = draft.classes ? await store.listHomerooms(tx, schoolId, draft.classes) : null
    if (draft.classes && classes?.length !== new Set(draft.classes).size)
      throw new Refused('remote.class-unknown')
    const wish = { from: draft.from, to: draft.to, classes }
    const others = await store.listCounting(tx, [schoolId], draft.from, draft.to)
    const today = schoolDay(ctx, await zoneOf({ db: tx }, schoolId))
    const obstacle = obstacleToPeriod(wish, others, today)
    if (obstacle) throw new Refused(obstacle)
    const now = ctx.clock.now()
    const period = { ...wish, id: newId<Id<'remote period'>>(now), word: cleanText(draft.word).trim() }
    await store.insertPeriod(tx, schoolId, period, who.account, new Date(now))
    await news('timetable', [schoolId])
    return view({ ...ctx, db: tx }, schoolId)
  })
}

/**
 * Ends a period: one that is still to come is taken back, one that is on ends with yesterday.
 * @throws `absent`, `remote.over`
 */
export async function endRemote(ctx: Ctx, who: Who, schoolId: SchoolId, id: string): Promise<RemoteView> {
  await schoolRunBy(ctx, who, schoolId)
  return change(ctx, async (tx, news) => {
    await store.lockPeriods(tx, schoolId)
    const period = (await store.listPeriods(tx, schoolId, 10_000)).find((one) => one.id === id)
    if (!period) throw absent()
    const today = schoolDay(ctx, await zoneOf({ db: tx }, schoolId))
    const state = stateOf(period, today)
    if (state === 'over' || state === 'taken-back') throw new Refused('remote.over')
    const on = state === 'planned' ? period.from : today
    await store.endPeriod(
      tx,
      schoolId,
      id,
      on < period.from ? period.from : on,
      who.account,
      new Date(ctx.clock.now()),
    )
    await news('timetable', [schoolId])
    return view({ ...ctx, db: tx }, schoolId)
  })
}
