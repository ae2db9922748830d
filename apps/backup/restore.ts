// `preau restore`: a backup becomes an installation, in an empty data folder or an empty database. Whatever ends it in the
// middle, nothing looks like an installation that is none, and it can be run again.
//
// While it works there is a folder `restoring` in the data folder, and Préau does not start. Files go to their place,
// where they are named by their content and harm nobody; the database is made beside, and takes its place last.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Archive,
  findBackup,
  openArchive,
  type WholeBackup,
  writeDurably,
} from '#platform/backup/archive'
import { loadDatabase, refuseFilled } from '#platform/backup/load'
import { tableBytes } from '#platform/backup/manifest'
import { readSecrets, restoreFiles } from '#platform/backup/restore'
import type { Config } from '#platform/config'
import { absenceOf, openDatabase } from '#platform/db'
import { syncFolder } from '#platform/files'
import { OperatorError } from '#platform/operator-error'
import { untilNoneRuns } from '#platform/postgres'
import { type Progress, sizeText } from '#platform/progress'
import { Refused } from '#platform/refusal'
import { openFiles } from '../ctx.ts'
import { clusterFolder, refuseDatabase, startEmbedded } from '../start/database.ts'
import { takeLock } from '../start/lock.ts'
import { refuseFolder, restoringFolder } from '../start/refuse.ts'
import { migrations } from './migrations.ts'
import { explained, freeBytes, refuseInside } from './place.ts'

export type Restored = {
  backup: WholeBackup
  /** Migrations newer than the backup. */
  applied: string[]
  /** It had been restored before, all but the last step. */
  hadEnded: boolean
}

const again =
  'Nothing was there before, and nothing that could be started is there now: mend the reason and run the same command again; files that were copied are kept for it.'

/** Restores a backup of the archive in `from`: the newest, or `at`. @throws OperatorError */
export async function restoreInstallation(
  config: Config,
  { from, at }: { from: string; at?: string },
  progress: Progress,
): Promise<Restored> {
  const archive = await openArchive(from)
  const backup = await findBackup(archive, at)
  await refuseInside(from, config.data)
  await refuseFolder(config.data)
  const state = await stateOf(config)
  await mkdir(config.data, { recursive: true, mode: 0o711 })
  await mkdir(join(config.data, 'run'), { recursive: true, mode: 0o700 })
  const release = await takeLock(config.data)
  try {
    const applied = state === 'ended' ? [] : await restoreInto(config, archive, backup, progress)
    await rm(restoringFolder(config.data), { recursive: true, force: true })
    await syncFolder(config.data)
    return { backup, applied, hadEnded: state === 'ended' }
  } catch (error) {
    throw await reasonOf(error, config.data)
  } finally {
    await release()
  }
}

/** What an empty folder may hold: what file systems put there, and what a restore that was cut leaves. */
const own = /^(lost\+found|run|restoring)$/
const leftBehind = /^(files|uploads|drafts|door|backups\.json|.*\.secret|\..*\.new)$/

/** Whether there is nothing yet, or a restore that was cut; or one that had done its work. @throws OperatorError */
async function stateOf(config: Config): Promise<'empty' | 'cut' | 'ended'> {
  const names = await readdir(config.data).catch((): string[] => [])
  const cut = names.includes('restoring')
  if (config.databaseUrl) {
    const filled = await refusalOfDatabase(config.databaseUrl)
    if (filled && !cut) throw filled
    return filled ? 'ended' : cut ? 'cut' : 'empty'
  }
  if (cut && names.includes('pg')) return 'ended'
  const strange = names.filter((name) => !own.test(name) && !(cut && leftBehind.test(name)))
  if (strange.length === 0) return cut ? 'cut' : 'empty'
  throw new OperatorError(
    `${config.data} is not empty (it has ${strange.slice(0, 4).join(', ')}) and stays as it is. ` +
      'Name a new folder with PREAU_DATA, or move this one away first (mv), and delete it only when all is well.',
  )
}

async function refusalOfDatabase(url: string): Promise<OperatorError | undefined> {
  await refuseDatabase(url)
  const { db, close } = openDatabase<unknown>(url, { connections: 1, name: 'preau restore' })
  try {
    await refuseFilled(db)
    return undefined
  } catch (error) {
    if (error instanceof OperatorError) return error
    throw error
  } finally {
    await close()
  }
}

async function restoreInto(
  config: Config,
  archive: Archive,
  backup: WholeBackup,
  progress: Progress,
): Promise<string[]> {
  const beside = restoringFolder(config.data)
  await mkdir(beside, { recursive: true, mode: 0o711 })
  await clearRemains(config, beside)
  await writeDurably(beside, 'what.json', `${JSON.stringify({ from: archive.folder, backup: backup.id })}\n`)
  await refuseTooLarge(config, backup)
  await bringSecrets(config, backup)
  await mkdir(join(config.data, 'files'), { recursive: true, mode: 0o700 })
  const files = await openFiles(config)
  await restoreFiles(archive, backup, { files, folder: config.s3 ? undefined : config.data }, progress)
  if (config.databaseUrl)
    return (await loadDatabase(config.databaseUrl, backup, { migrations, progress })).applied
  const { applied } = await loadBeside({ ...config, data: beside }, backup, progress)
  await rename(join(beside, 'pg'), clusterFolder(config))
  await syncFolder(config.data)
  return applied
}

/** Takes away what an attempt that was cut left of its database, once that has noticed that nobody is there. */
async function clearRemains(config: Config, beside: string): Promise<void> {
  await untilNoneRuns(clusterFolder({ ...config, data: beside }))
  // A cluster that was being made writes on for a moment: its folders are not empty when they should be.
  const patiently = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }
  for (const name of await readdir(beside)) await rm(join(beside, name), patiently)
}

/** Loads the embedded database in a folder of its own, and stops it there. */
async function loadBeside(config: Config, backup: WholeBackup, progress: Progress) {
  progress.step('Starting a database')
  const server = await startEmbedded(config, {})
  try {
    return await loadDatabase(server.url, backup, { migrations, progress })
  } finally {
    await server.stop()
  }
}

async function refuseTooLarge({ data, s3 }: Config, backup: WholeBackup): Promise<void> {
  const free = await freeBytes(data)
  // Files may be there from before, or go elsewhere.
  const begun = await stat(join(data, 'files')).catch(() => undefined)
  const files = begun || s3 ? 0 : backup.manifest.files.bytes
  const needed = files + tableBytes(backup.manifest)
  if (free > needed) return
  throw new OperatorError(
    `The disk of ${data} has ${sizeText(free)} free, but the backup needs ${sizeText(needed)} and more: use a larger one.`,
  )
}

/** Puts the keys where they were. Beside a database of one's own the folder may be in use already, and then keeps its. */
async function bringSecrets({ data, databaseUrl }: Config, backup: WholeBackup): Promise<void> {
  const there = new Set(databaseUrl ? await readdir(data) : [])
  for (const secret of await readSecrets(backup)) {
    if (!there.has(secret.name)) await writeDurably(data, secret.name, secret.data)
  }
}

// Below that PostgreSQL cannot even say that its disk is full.
const nothingLeft = 32 * 2 ** 20

async function reasonOf(error: unknown, data: string): Promise<unknown> {
  if (error instanceof OperatorError) return new OperatorError(`${error.message} ${again}`, { cause: error })
  if (error instanceof Refused && error.code === 'server.files-away') {
    const sentence = 'The object storage does not answer: check it and the PREAU_S3 settings.'
    return new OperatorError(`${sentence} ${again}`, { cause: error })
  }
  if (absenceOf(error) !== null) {
    const full = (await freeBytes(data).catch(() => nothingLeft)) < nothingLeft
    const sentence = full ? `The disk of ${data} is full: use a larger one.` : 'The database went away.'
    return new OperatorError(`${sentence} ${again}`, { cause: error })
  }
  return explained(error, data, again)
}
