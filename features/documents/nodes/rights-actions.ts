// What somebody may do in the spaces, asked with what the directory says of them today.
import { administratorRoles, guardianRoles, schoolDay, type Who } from '#features/people'
import type { Ctx, Db } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import * as store from './rights-store.ts'

/** Who asks, for the queries that decide about files and nodes. */
export function askerOf(ctx: Pick<Ctx, 'clock'>, who: Who): store.Asker {
  return { account: who.account, today: schoolDay(ctx), administratorRoles, guardianRoles }
}

/** What `who` may do with each of these nodes, in any order; those with which they may do nothing are missing. */
export function rightsOn(
  ctx: Pick<Ctx, 'clock'> & { db: Db },
  who: Who,
  ids: readonly NodeId[],
): Promise<store.Right[]> {
  return store.listRights(ctx.db, askerOf(ctx, who), ids)
}

/** What `who` may do in each of these spaces as such, in their order: 0 to 4. */
export function rightsInSpaces(ctx: Ctx, who: Who, owners: readonly store.SpaceOwner[]): Promise<number[]> {
  return store.listSpaceRights(ctx.db, askerOf(ctx, who), owners)
}
