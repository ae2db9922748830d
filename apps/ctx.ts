// What actions work with, for every program that has features: a database, a bus and the folders of this installation.
import { join } from 'node:path'
import type { Tables } from '#migrations/tables'
import { openBus } from '#platform/bus'
import { openClamd } from '#platform/clamd'
import { systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { type FileStore, folderStore } from '#platform/files'
import { openLog } from '#platform/log'

/** The store that holds this installation's files. The object storage's client is loaded only where there is one. */
export async function openFiles(config: Config): Promise<FileStore> {
  if (!config.s3) return folderStore(join(config.data, 'files'))
  const { s3Store } = await import('#platform/s3-files')
  return s3Store(config.s3, join(config.data, 'drafts'))
}

type Program = { name: string; logLevel: string; connections?: number }

/** Opens the database at `url` and all that stands around it, for one program. */
export async function openCtx(
  config: Config,
  url: string,
  { name, logLevel, connections }: Program,
): Promise<{ ctx: Ctx; close(): Promise<void> }> {
  const log = openLog(name, logLevel)
  const { db, pool, close } = openDatabase<Tables>(url, { connections, name: `preau ${name}` })
  const bus = await openBus(url, log)
  const files = await openFiles(config)
  const uploads = join(config.data, 'uploads')
  const antivirus = config.clamd && openClamd(config.clamd)
  return {
    ctx: { db, pool, clock: systemClock(config.clockOffset), log, bus, files, uploads, antivirus },
    close: async () => {
      await bus.close()
      await close()
    },
  }
}

/** Runs `work` on the database at `url`, and closes what was opened for it. @throws what `work` throws */
export async function inCtx<T>(
  config: Config,
  url: string,
  work: (ctx: Ctx, config: Config) => Promise<T>,
): Promise<T> {
  const { ctx, close } = await openCtx(config, url, { name: 'cli', logLevel: 'warn', connections: 4 })
  try {
    return await work(ctx, config)
  } finally {
    await close()
  }
}
