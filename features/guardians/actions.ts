// What the administrators of a school decide about the guardians of its pupils.
import { endPasses, type Gate } from '#features/accounts'
import { careFor, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import type { Decision, Guardians } from './contract.ts'
import { changesKeys } from './rules.ts'
import * as store from './store.ts'

/** Who hears at once which passes were ended. */
export type Hears = Pick<Gate, 'hear'>

/** Passes when `who` runs a school of the pupil's. @throws `absent` */
async function administers(ctx: Ctx, who: Who, pupil: PersonId): Promise<void> {
  if ((await careFor(ctx, who, pupil)) !== 'administrator') throw absent()
}

/** A pupil's guardians and what each may see. @throws `absent` */
export async function viewGuardians(ctx: Ctx, who: Who, pupilId: PersonId): Promise<Guardians> {
  await administers(ctx, who, pupilId)
  const pupil = await store.findPupil(ctx.db, pupilId)
  if (!pupil) throw absent()
  return { pupil, guardians: await store.listGuardians(ctx.db, pupilId) }
}

/**
 * Decides what one guardian sees of a pupil. It holds with the next request, in this process at once; where the child comes into sight or goes
 * out of it, the guardian signs in again. @throws `absent`, `guardian.own-child`,
 * `guardian.decided-meanwhile`
 */
export async function decide(
  ctx: Ctx,
  gate: Hears,
  who: Who,
  of: { guardian: PersonId; pupil: PersonId },
  { sees, before }: Decision,
): Promise<Guardians> {
  await administers(ctx, who, of.pupil)
  if (await store.isGuardian(ctx.db, who.account, of.pupil)) throw new Refused('guardian.own-child')
  let ended: string[] = []
  await change(ctx, async (tx, news) => {
    const standing = await store.lockDecision(tx, of.guardian, of.pupil)
    // Only now: passes that were issued while this one waited end, too.
    const now = ctx.clock.now()
    if (!standing) throw absent()
    if (standing === sees) return
    if (standing !== before) throw new Refused('guardian.decided-meanwhile', { sees: standing })
    await store.putDecision(tx, of, sees, who.account, new Date(now))
    const accounts = await store.listAccountsOf(tx, of.guardian)
    if (changesKeys(standing, sees)) ended = await endPasses(tx, now, { accounts })
    // Their own parts of today are made anew.
    await news('work', accounts)
  })
  if (ended.length > 0) await gate.hear(ended)
  return viewGuardians(ctx, who, of.pupil)
}
