// The database of an installation, for what works beside a running Préau or without one: joined, or started for the while.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#platform/config'
import { findEmbedded, startEmbedded } from './database.ts'
import { takeLock } from './lock.ts'
import { refuseFolder, refuseHalfRestored } from './refuse.ts'

export type Reached = { url: string; stop(): Promise<void> }

/**
 * The database of DATABASE_URL, or the embedded one in the data folder, which is joined where it runs and else started
 * and made if need be. @throws OperatorError
 */
export async function reachDatabase(config: Config): Promise<Reached> {
  await refuseHalfRestored(config.data)
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
