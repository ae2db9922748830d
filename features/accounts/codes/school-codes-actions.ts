// Codes for a whole school or several classes at once: counted first, then made in one go and shown once.
import { guardianRoles, schoolDay, schoolRunBy, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import type { CodeList } from '../contract.ts'
import { makeCodesIn } from './code-actions.ts'
import type { CodesPlan, CodesWho, CodesWish } from './contract.ts'
import { mostCodes, planOf, slipsFor } from './school-codes-rules.ts'
import * as store from './school-codes-store.ts'

/** Who waits for a code, by class, for those who run the school. @throws `absent` */
export async function planSchoolCodes(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  kind: CodesWho,
): Promise<CodesPlan> {
  await schoolRunBy(ctx, who, schoolId)
  const now = new Date(ctx.clock.now())
  return planOf(await store.listStanding(ctx.db, schoolId, kind, guardianRoles, schoolDay(ctx), now))
}

/**
 * A code for each who never activated an account: pupils, or one for each guardian. All are made or none.
 * @throws `absent`, codes.too-many, codes.made-meanwhile
 */
export async function makeSchoolCodes(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  wish: CodesWish,
): Promise<CodeList> {
  await schoolRunBy(ctx, who, schoolId)
  return ctx.db.transaction().execute(async (tx) => {
    const school = await store.holdSchool(tx, schoolId)
    const now = new Date(ctx.clock.now())
    const all = await store.listStanding(tx, schoolId, wish.who, guardianRoles, schoolDay(ctx), now)
    const slips = slipsFor(all, wish.classes ?? null)
    if (slips.length > mostCodes) throw new Refused('codes.too-many', { most: mostCodes })
    const ending = slips.filter(({ person }) => person.codeMade).length
    if (ending > wish.ending) throw new Refused('codes.made-meanwhile', { ending })
    const people = slips.map(({ person }) => person)
    const { expiresAt, codes } = await makeCodesIn(tx, ctx, people, who.account)
    return {
      school,
      title: school,
      expiresAt,
      codes: codes.map((code, i) => ({
        ...code,
        class: slips[i]?.class,
        ...(wish.who === 'guardian' && { children: slips[i]?.person.children }),
      })),
    }
  })
}
