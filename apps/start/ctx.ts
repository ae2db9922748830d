// What actions work with, for programs that are not the workspace: a database, a bus and the folders of this installation.
import { join } from 'node:path'
import type { Tables } from '#migrations/tables'
import { openBus } from '#platform/bus'
import { systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { folderStore } from '#platform/files'
import { openLog } from '#platform/log'

/** Runs `work` on the database at `url`, and closes what was opened for it. @throws what `work` throws */
export async function inCtx<T>(
  config: Config,
  url: string,
  work: (ctx: Ctx, config: Config) => Promise<T>,
): Promise<T> {
  const log = openLog('cli', 'warn')
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
