// What a verb works with: the database of the Préau that runs on the data folder, or else one started for the while.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { inCtx } from '../ctx.ts'
import { findEmbedded, refuseDatabase, startEmbedded, updateDatabase } from '../start/database.ts'
import { takeLock } from '../start/lock.ts'
import { refuseFolder } from '../start/refuse.ts'

type Server = { url: string; stop(): Promise<void> }

/**
 * Runs `work` on this installation's database (DATABASE_URL, or the embedded one in PREAU_DATA, which is joined where
 * it runs and else started and made if need be), brought up to date. @throws OperatorError, and what `work` throws.
 */
export async function withCtx<T>(work: (ctx: Ctx, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const server = await reach(config)
  try {
    await refuseDatabase(server.url)
    await updateDatabase(server.url)
    return await inCtx(config, server.url, work)
  } finally {
    await server.stop()
  }
}

async function reach(config: Config): Promise<Server> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} }
  const running = await findEmbedded(config)
  if (running) return { url: running, stop: async () => {} }
  await refuseFolder(config.data)
  await mkdir(config.data, { recursive: true, mode: 0o711 })
  await mkdir(join(config.data, 'run'), { recursive: true, mode: 0o700 })
  const release = await takeLock(config.data)
  const server = await startEmbedded(config, {}).catch(async (error) => {
    await release()
    throw error
  })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await release()
    },
  }
}
