// Reads a whole archive again and compares every byte with its hash. A damaged file is set aside, so that the next backup
// brings it anew while the original still exists.
import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { OperatorError, systemCode } from '../operator-error.ts'
import type { Progress } from '../progress.ts'
import { type Archive, listBackups, listFile, tableFile, type WholeBackup } from './archive.ts'
import { inOrder } from './in-order.ts'
import { contentOf } from './pack.ts'
import { filesOf, pathIn, readSecrets } from './restore.ts'
import { merged } from './sweep.ts'

export type Verified = { backups: number; files: number; bytes: number; damages: string[] }

/** Reads everything. Answers with what is damaged, as sentences. The archive's lock must be held. */
export async function verifyArchive(archive: Archive, progress: Progress): Promise<Verified> {
  const backups = await listBackups(archive)
  const damages = backups.flatMap((backup) => backup.wrong ?? [])
  const whole: WholeBackup[] = []
  progress.step('Backups')
  for (const [i, backup] of backups.entries()) {
    const found = backup.manifest ? await verifyBackup(backup) : []
    damages.push(...found)
    // A list that is damaged names no files that could be trusted.
    if (backup.manifest && !found.some((text) => text.startsWith(listFile(backup.folder)))) whole.push(backup)
    progress.at(i + 1, backups.length)
  }
  progress.done()
  const files = await verifyFiles(archive, whole, progress)
  return { backups: backups.length, ...files, damages: [...damages, ...files.damages] }
}

/** Reads one backup's own parts: tables, list of files, keys. Answers with what is damaged. */
async function verifyBackup(backup: WholeBackup): Promise<string[]> {
  const { folder, manifest } = backup
  const checks: (() => Promise<unknown>)[] = [
    ...manifest.tables.map((table) => () => drain(contentOf(tableFile(folder, table.name), table))),
    () => drain(filesOf(backup)),
    () => readSecrets(backup),
  ]
  const damages: string[] = []
  for (const check of checks) await check().catch((error) => damages.push(sentenceOf(error)))
  return damages
}

async function drain(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pieces);
}

const sentenceOf = (error: unknown) =>
  error instanceof OperatorError ? error.message : `A part cannot be read (${systemCode(error)}).`

async function verifyFiles(archive: Archive, backups: WholeBackup[], progress: Progress) {
  progress.step('Files', 'bytes')
  const total = Math.max(0, ...backups.map(({ manifest }) => manifest.files.bytes))
  const sum = { files: 0, bytes: 0, damages: [] as string[] }
  const check = async (file: { sha256: string; bytes: number }) => ({
    ...file,
    wrong: await wrongWith(archive, file.sha256),
  })
  for await (const { sha256, bytes, wrong } of inOrder(merged(backups), 4, check)) {
    sum.files++
    sum.bytes += bytes
    progress.at(sum.bytes, Math.max(total, sum.bytes))
    if (wrong) sum.damages.push(`${pathIn(archive, sha256)} ${wrong}.`)
  }
  progress.done()
  return sum
}

async function wrongWith(archive: Archive, sha256: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(archive.files.read(sha256), hash)
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'is missing' : `cannot be read (${systemCode(error)})`
  }
  if (hash.digest('hex') === sha256) return undefined
  const path = pathIn(archive, sha256)
  const set = await rename(path, `${path}.damaged`).then(
    () => ', and was set aside: the next backup brings it anew if the installation still has it',
    () => '',
  )
  return `is damaged${set}`
}
