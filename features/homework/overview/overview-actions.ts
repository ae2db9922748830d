// What homework promises to other features: what sheets, calendars, the diary and today's page are made of. Whoever asks
// has checked for whom it is, or makes it for everybody.
import { schoolDay } from '#features/people'
import type { LocalDate } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import type { Homework } from '../contract.ts'
import { findHomework, isShared, listDue, listSetOn } from '../store.ts'
import { listWorkStates, type PupilStanding } from '../work-store.ts'
import { listWork, type WorkRow } from './due-store.ts'
import { listTeaching, type TeachingRow } from './teaching-store.ts'

type Reads = Pick<Ctx, 'db'>

/** Homework as everybody who sees its class reads it. */
export type SharedHomework = { classId: ClassId; homework: Homework }

const asShared = ({ classId, shared }: { classId: ClassId; shared: Homework }): SharedHomework => ({
  classId,
  homework: shared,
})

/** Homework that its whole class sees now; undefined for what is withdrawn, still to come or only for some. */
export async function sharedHomework(ctx: Reads, id: HomeworkId): Promise<SharedHomework | undefined> {
  const found = await findHomework(ctx.db, id)
  return found && !found.withdrawn && isShared(found) ? asShared(found) : undefined
}

/** What classes share and is due from one instant to another, each whole; soonest first. */
export async function sharedDue(
  ctx: Reads,
  classes: readonly ClassId[],
  from: Date,
  to: Date,
): Promise<SharedHomework[]> {
  return (await listDue(ctx.db, classes, from, to)).map(asShared)
}

/** What classes share and was set from one day to another, both included; in that order. */
export async function sharedSetOn(
  ctx: Reads,
  classes: readonly ClassId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Homework[]> {
  return (await listSetOn(ctx.db, classes, from, to)).map(({ shared }) => shared)
}

/**
 * What classes share, and what teachers have set for whole classes, in the few words that a sheet has; due from `from`
 * to `to` (milliseconds since 1970), soonest first.
 */
export function workOnSheets(
  ctx: Reads,
  of: { classes: readonly ClassId[]; teachers: readonly PersonId[] },
  from: number,
  to: number,
): Promise<WorkRow[]> {
  return listWork(ctx.db, of, from, to)
}

/** The work that teachers have under way today: what is due, and since `from` what still waits for them. */
export function teachingOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  teachers: readonly PersonId[],
  from: Date,
): Promise<TeachingRow[]> {
  return listTeaching(ctx.db, teachers, schoolDay(ctx), from, new Date(ctx.clock.now()))
}

/**
 * Where pupils stand today with what is due from `from` to `to`: only where something happened, or where the class's
 * sheet does not tell. One query, however many pupils.
 */
export function workStatesOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  pupils: readonly PersonId[],
  from: Date,
  to: Date,
): Promise<PupilStanding[]> {
  return listWorkStates(ctx.db, pupils, schoolDay(ctx), from, to)
}
