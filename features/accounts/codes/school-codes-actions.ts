// Codes for a whole school or several classes at once: counted first, then made in one go and shown once.
import { guardianRoles, schoolDay, schoolRunBy, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import type { CodeList } from '../contract.ts'
import { codeDays } from '../rules.ts'
import { saveCodesOf, shownCodes } from './code-actions.ts'
import { holdCodes, insertRun, listRuns } from './code-run-store.ts'
import { endingOf, openRun, type Run, stillHolding } from './code-runs.ts'
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
  const now = ctx.clock.now()
  const all = await store.listStanding(ctx.db, schoolId, kind, guardianRoles, schoolDay(ctx), new Date(now))
  const runs = await listRuns(ctx.db, schoolId, new Date(now - codeDays * 86_400_000))
  return { ...planOf(all), runs }
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
  const about = `school ${schoolId} ${wish.who} ${wish.classes?.join() ?? 'all'}`
  return ctx.db.transaction().execute(async (tx) => {
    await holdCodes(tx, schoolId)
    const now = ctx.clock.now()
    const run = await openRun(tx, who.account, about, wish.key)
    const all = await store.listStanding(tx, schoolId, wish.who, guardianRoles, schoolDay(ctx), new Date(now))
    const still = run.before && new Set(await stillHolding(tx, run, all))
    const slips = slipsFor(all, wish.classes ?? null).filter(({ person }) => !still || still.has(person))
    const people = slips.map(({ person }) => person)
    if (!run.before) await makeAll(tx, schoolId, wish, run, people, now)
    return listed(await store.findSchoolName(tx, schoolId), slips, run, now)
  })
}

async function makeAll(
  tx: Ctx['db'],
  schoolId: SchoolId,
  { who: audience, classes, ending }: CodesWish,
  run: Run,
  people: readonly store.SchoolReceiver[],
  now: number,
): Promise<void> {
  if (people.length > mostCodes) throw new Refused('codes.too-many', { most: mostCodes })
  const ended = endingOf(people, ending)
  await saveCodesOf(tx, people, run.by, now, run.codeOf)
  const facts = { school: schoolId, audience, made: people.length, ended, at: new Date(now) }
  await insertRun(tx, { ...run, ...facts, ...(classes && { classes: classes.length }) })
}

/** The slips as they are shown: each with its class, a guardian's with the children. */
function listed(
  school: string,
  slips: readonly { person: store.SchoolReceiver; class: string }[],
  run: Run,
  now: number,
): CodeList {
  const people = slips.map(({ person }) => person)
  const { expiresAt, codes } = shownCodes(people, run.before?.getTime() ?? now, run.codeOf)
  return {
    school,
    title: school,
    expiresAt,
    codes: codes.map((code, i) => ({
      ...code,
      class: slips[i]?.class,
      ...(slips[i]?.person.children.length && { children: slips[i].person.children }),
    })),
  }
}
