// The personal part of today's page, made for many people at once.
import { teachingOf, withoutMark, workStatesOf } from '#features/homework'
import { administratorRoles, schoolDay } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import type { PersonalPart } from './contract.ts'
import * as store from './personal-store.ts'

const day = 86_400_000
/** What came back or was handed in within these days still shows. */
const workFrom = 21 * day
const workTo = 35 * day

function by<T extends { account: PersonId }>(
  rows: readonly T[],
): (account: PersonId) => Omit<T, 'account'>[] {
  const groups = Map.groupBy(rows, (row) => row.account)
  return (account) => (groups.get(account) ?? []).map(({ account: _, ...row }) => row)
}

/** The parts of those people whose accounts are in use, by account. Six queries, however many people. */
export async function personalParts(
  ctx: Ctx,
  people: readonly PersonId[],
): Promise<Map<PersonId, PersonalPart>> {
  const { db } = ctx
  const now = ctx.clock.now()
  const today = schoolDay(ctx)
  const [persons, children, taught, teaching, schools] = await Promise.all([
    store.listPeople(db, people),
    store.listChildren(db, people, today),
    store.listTaught(db, people, today),
    teachingOf(ctx, people, new Date(now - workFrom)),
    store.listSchools(db, people, administratorRoles, today),
  ])
  const pupils = [...new Set([...people, ...children.map((c) => c.id)])]
  const states = await workStatesOf(ctx, pupils, new Date(now - workFrom), new Date(now + workTo))
  const groups = Map.groupBy(states, (s) => s.pupilId)
  const workOf = (id: PersonId, sees: store.ChildRow['sees'] = 'all') => {
    const mine = groups.get(id) ?? []
    return {
      work: mine
        .filter(({ touched }) => touched)
        .map(({ pupilId: _, touched: _told, own: _own, ...state }) => state)
        .map((state) => (sees === 'all' ? state : withoutMark(state))),
      own: mine.flatMap(({ own }) => (own ? [own] : [])),
    }
  }
  const childrenOf = by(children)
  const taughtBy = by(taught)
  const underWay = by(teaching)
  const schoolsOf = by(schools)
  return new Map(
    persons.map((person) => [
      person.id,
      {
        person,
        ...workOf(person.id),
        children: childrenOf(person.id).map((child) => ({ ...child, ...workOf(child.id, child.sees) })),
        teaching: underWay(person.id),
        classes: taughtBy(person.id),
        schools: schoolsOf(person.id),
      },
    ]),
  )
}
