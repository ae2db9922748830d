// Restores a backup for trial, into a database and a folder of its own that go away again: the only proof that it can be.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Archive, noteTried, type WholeBackup } from '#platform/backup/archive'
import { loadDatabase } from '#platform/backup/load'
import { tableBytes } from '#platform/backup/manifest'
import { compareTables, type Restoring, readSecrets, restoreFiles } from '#platform/backup/restore'
import { ticks } from '#platform/clock'
import type { Config } from '#platform/config'
import { type FileStore, folderStore } from '#platform/files'
import { OperatorError } from '#platform/operator-error'
import type { Progress } from '#platform/progress'
import { startEmbedded } from '../start/database.ts'
import { migrations } from './migrations.ts'
import { explained, freeBytes } from './place.ts'

export type Trial = {
  whole: boolean
  /** What went wrong, as a sentence. */
  wrong?: string
  /** Whether the files were written to disk too; where there was no room, they were only read and hashed. */
  filesWritten: boolean
  seconds: number
}

const prefix = 'trying-'

/** Restores the backup for trial and tells how it went. @throws OperatorError when it could not be tried at all */
export async function tryBackup(
  config: Config,
  archive: Archive,
  backup: WholeBackup,
  now: () => number,
  progress: Progress,
): Promise<Trial> {
  const from = ticks()
  const base = (await stat(config.data).catch(() => undefined)) ? config.data : tmpdir()
  await clearOlder(base)
  const scratch = await mkdtemp(join(base, prefix))
  try {
    const filesWritten = (await freeBytes(scratch)) > bytesNeeded(backup)
    const to = filesWritten
      ? { files: folderStore(join(scratch, 'files')), folder: scratch }
      : { files: hashingStore() }
    const wrong = await wrongWith({ ...config, data: scratch }, archive, backup, to, progress)
    const tried = { backup: backup.id, at: new Date(now()).toISOString(), whole: wrong === undefined }
    await noteTried(archive, tried)
    return { whole: wrong === undefined, wrong, filesWritten, seconds: Math.round((ticks() - from) / 1000) }
  } catch (error) {
    throw explained(error, base, 'The backup was not tried, and is as it was.')
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What a trial left that was killed. */
async function clearOlder(base: string): Promise<void> {
  const left = (await readdir(base)).filter((name) => name.startsWith(prefix))
  for (const name of left) await rm(join(base, name), { recursive: true, force: true })
}

/** With what an index takes, and a gigabyte that others may want meanwhile. */
function bytesNeeded({ manifest }: WholeBackup): number {
  return manifest.files.bytes + 3 * tableBytes(manifest) + 2 ** 30
}

async function wrongWith(
  scratch: Config,
  archive: Archive,
  backup: WholeBackup,
  to: Restoring,
  progress: Progress,
): Promise<string | undefined> {
  progress.step('Starting a database for the trial')
  const server = await startEmbedded(scratch, { throwaway: true })
  try {
    const loaded = (client: Parameters<typeof compareTables>[0]) => compareTables(client, backup, progress)
    await loadDatabase(server.url, backup, { migrations, progress, loaded })
    await restoreFiles(archive, backup, to, progress)
    await readSecrets(backup)
    return undefined
  } catch (error) {
    if (error instanceof OperatorError) return error.message
    throw error
  } finally {
    await server.stop()
  }
}

/** A store that keeps nothing, and tells the hash of what it was given. */
function hashingStore(): Pick<FileStore, 'put' | 'size'> {
  return {
    async put(source) {
      const hash = createHash('sha256')
      let bytes = 0
      source.on('data', (piece: Buffer) => {
        bytes += piece.length
      })
      await pipeline(source, hash)
      return { sha256: hash.digest('hex'), bytes }
    },
    size: async () => null,
  }
}
