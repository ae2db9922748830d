// What a verb works with: the database of the Préau that runs on the data folder, or else one started for the while.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tables } from '#migrations/tables'
import { openBus } from '#platform/bus'
import { systemClock } from '#platform/clock'
import { type Config, readConfig } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { folderStore } from '#platform/files'
import { openLog } from '#platform/log'
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

async function inCtx<T>(
  config: Config,
  url: string,
  work: (ctx: Ctx, config: Config) => Promise<T>,
): Promise<T> {
  const log = openLog('cli', process.env.PREAU_LOG || 'warn')
  const { db, pool, close } = openDatabase<Tables>(url, { connections: 4, name: 'preau cli' })
  const bus = await openBus(url, log)
  const clock = systemClock(config.clockOffset)
  const folders = {
    files: folderStore(join(config.data, 'files')),
    uploads: join(config.data, 'uploads'),
  }
  try {
    return await work({ db, pool, clock, log, bus, ...folders }, config)
  } finally {
    await bus.close()
    await close()
  }
}
