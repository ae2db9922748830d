// Makes a backup of this installation: by hand (`preau backup`) and by itself at night.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { backUp, type Taken } from '#platform/backup/back-up'
import type { Keep } from '#platform/backup/retention'
import { type Swept, sweepArchive } from '#platform/backup/sweep'
import { systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import { absenceOf } from '#platform/db'
import { OperatorError } from '#platform/operator-error'
import type { Progress } from '#platform/progress'
import { clusterFolder, refuseDatabase } from '../start/database.ts'
import { reachDatabase } from '../start/reach.ts'
import { explained, type OpenPlace, openPlace } from './place.ts'
import { sourceOf } from './source.ts'

type Wish = {
  to: string
  /** What to keep afterwards; undefined: everything. */
  keep?: Keep
  /** Begins in a folder although other backups of this installation were there before. */
  anew?: boolean
}

export type Made = Taken & { swept?: Swept; sameDisk: boolean }

const safe = 'This backup does not count; those before it are untouched.'

/** Makes a backup in the folder `to` and lets go of older ones. @throws OperatorError */
export async function makeBackup(config: Config, wish: Wish, progress: Progress): Promise<Made> {
  await refuseNothing(config)
  const place = await openPlace(wish.to, config.data, wish.anew).catch((error) => {
    throw explained(error, wish.to, 'No backup was made.')
  })
  try {
    return await makeIn(config, place, wish, progress)
  } catch (error) {
    if (absenceOf(error) !== null) {
      throw new OperatorError(`The database went away. ${safe} Run it again.`, { cause: error })
    }
    throw explained(error, wish.to, safe)
  } finally {
    await place.release()
  }
}

async function makeIn(config: Config, place: OpenPlace, { keep }: Wish, progress: Progress): Promise<Made> {
  const { archive, sameDisk } = place
  const clock = systemClock(config.clockOffset)
  const server = await reachDatabase(config)
  let taken: Taken
  try {
    await refuseDatabase(server.url)
    taken = await backUp(await sourceOf(config, server.url), archive, clock.now(), progress)
  } finally {
    await server.stop()
  }
  if (!keep) return { ...taken, sameDisk }
  const policy = { keep, now: clock.now(), zone: config.zone }
  return { ...taken, sameDisk, swept: await sweepArchive(archive, policy, progress) }
}

/** Says no where there is no installation: a backup of nothing would only push out those of something. */
async function refuseNothing(config: Config): Promise<void> {
  if (config.databaseUrl) return
  if (await stat(join(clusterFolder(config), 'PG_VERSION')).catch(() => undefined)) return
  throw new OperatorError(
    `There is nothing to back up in ${config.data}: name the data folder with PREAU_DATA, or the database with DATABASE_URL.`,
  )
}
