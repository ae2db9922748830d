// What a verb works with: the database of the Préau that runs on the data folder, or else one started for the while.
import { type Config, readConfig } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { inCtx } from '../ctx.ts'
import { refuseDatabase, updateDatabase } from '../start/database.ts'
import { reachDatabase } from '../start/reach.ts'

/**
 * Runs `work` on this installation's database (DATABASE_URL, or the embedded one in PREAU_DATA, which is joined where
 * it runs and else started and made if need be), brought up to date. @throws OperatorError, and what `work` throws.
 */
export async function withCtx<T>(work: (ctx: Ctx, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const server = await reachDatabase(config)
  try {
    await refuseDatabase(server.url)
    await updateDatabase(server.url)
    return await inCtx(config, server.url, work)
  } finally {
    await server.stop()
  }
}
