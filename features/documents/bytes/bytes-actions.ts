// Deletes bytes that nothing refers to any more, a day after the last row went: never while somebody is claiming them.
import type { Ctx } from '#platform/ctx'
import { takeLoose } from './bytes-store.ts'

/** For so long loose bytes stay: longer than any claim takes, and time enough to notice a mistake. */
export const looseHours = 24

const most = 200

/** Deletes what has been loose for long enough; returns how many. Run it now and then, in as many processes as there are. */
export async function sweepBytes(
  ctx: Pick<Ctx, 'db' | 'files' | 'log'>,
  hours = looseHours,
): Promise<number> {
  let deleted = 0
  for (;;) {
    const taken = await ctx.db.transaction().execute(async (tx) => {
      const loose = await takeLoose(tx, hours, most)
      const unwanted = loose.filter((one) => !one.wanted)
      // Within the transaction: what could not be deleted stays loose, and is tried again.
      for (const { hash } of unwanted) await ctx.files.delete(hash)
      deleted += unwanted.length
      return loose.length
    })
    if (taken < most) break
  }
  if (deleted > 0) ctx.log.info({ deleted }, 'bytes that no file refers to were deleted')
  return deleted
}
