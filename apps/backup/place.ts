// Where backups go: a folder that must not lie in what it is to save, and that is remembered, so that a disk which is not
// mounted is noticed instead of being filled anew beneath.
import { mkdir, readFile, realpath, stat, statfs } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { type Archive, openOrMakeArchive, writeDurably } from '#platform/backup/archive'
import { lockArchive } from '#platform/backup/archive-lock'
import { OperatorError, systemCode } from '#platform/operator-error'

/** The path with its symbolic links resolved, as far as it exists. */
async function realOf(path: string): Promise<string> {
  return realpath(path).catch(async (error) => {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) return path
    return join(await realOf(dirname(path)), path.slice(dirname(path).length))
  })
}

/** Says no to an archive inside the data folder, or around it. @throws OperatorError */
export async function refuseInside(folder: string, data: string): Promise<void> {
  const [there, here] = [await realOf(folder), await realOf(data)]
  const within = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + sep)
  if (within(there, here)) {
    throw new OperatorError(
      `${folder} lies in the data folder ${data}, and would be lost with it: name a folder on another disk.`,
    )
  }
  if (within(here, join(there, 'files')) || within(here, join(there, 'backups'))) {
    throw new OperatorError(
      `The data folder ${data} lies among the backups in ${folder}: name another folder.`,
    )
  }
}

const memory = 'backups.json'

/** The archives that this installation wrote to before, by their folder. */
async function remembered(data: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(data, memory), 'utf8'))
  } catch {
    return {}
  }
}

export type OpenPlace = { archive: Archive; release(): Promise<void>; sameDisk: boolean }

/**
 * Opens the archive that this installation's backups go to, making it the first time (or when `anew`), and takes its
 * lock. @throws OperatorError
 */
export async function openPlace(folder: string, data: string, anew = false): Promise<OpenPlace> {
  await refuseInside(folder, data)
  const known = await remembered(data)
  const was = known[folder]
  if (was && !anew) await refuseUnmounted(folder)
  const archive = await openOrMakeArchive(folder)
  if (was && was !== archive.id && !anew) throw otherArchive(folder)
  const release = await lockArchive(folder)
  await mkdir(data, { recursive: true, mode: 0o711 })
  await writeDurably(data, memory, `${JSON.stringify({ ...known, [folder]: archive.id }, null, 1)}\n`)
  return { archive, release, sameDisk: (await stat(folder)).dev === (await stat(data)).dev }
}

async function refuseUnmounted(folder: string): Promise<void> {
  const marked = await stat(join(folder, 'preau-backups.json')).catch(() => undefined)
  if (marked) return
  throw new OperatorError(
    `${folder} no longer holds the backups that were made to it: is its disk mounted? To begin anew there: preau backup --to ${folder} --anew`,
  )
}

function otherArchive(folder: string): OperatorError {
  return new OperatorError(
    `${folder} holds other backups than those that were made to it: is the right disk mounted? To use these from now on: preau backup --to ${folder} --anew`,
  )
}

/** Bytes that may still be written to a folder's disk. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const sentences: Record<string, (folder: string) => string> = {
  ENOSPC: (folder) => `The disk of ${folder} is full: make room there, then run it again.`,
  EDQUOT: (folder) => `The quota for ${folder} is used up: make room there, then run it again.`,
  EROFS: (folder) => `${folder} can only be read: mount its disk so that it can be written to.`,
  EACCES: (folder) =>
    `${folder} may not be written to by this user: give it the right to, or name another folder.`,
  EPERM: (folder) =>
    `${folder} may not be written to by this user: give it the right to, or name another folder.`,
  ENOTDIR: (folder) => `${folder} is not a folder, or lies below a file: name a folder.`,
  EEXIST: (folder) => `${folder} is not a folder: name a folder.`,
  EIO: (folder) => `The disk of ${folder} fails (EIO): use another one.`,
  ENOENT: (folder) => `${folder} went away, or never was there: is its disk mounted?`,
}

/** The sentence for what a disk or the database refused while `folder` was written to; other errors as they are. */
export function explained(error: unknown, folder: string, safe: string): unknown {
  const code = systemCode(error)
  if (error instanceof OperatorError || code === undefined) return error
  const sentence = code === '53100' ? sentences.ENOSPC : sentences[code]
  return sentence ? new OperatorError(`${sentence(folder)} ${safe}`, { cause: error }) : error
}
