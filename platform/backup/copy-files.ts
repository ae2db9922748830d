// Copies files by content: what is there already is not copied again, and what its owner no longer has whole is told
// instead of ending everything. Into a folder they come in lots that are synced to disk together.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { type FileStore, type Stored, syncFolder } from '../files.ts'
import { OperatorError } from '../operator-error.ts'
import { inOrder } from './in-order.ts'

type Source = Pick<FileStore, 'read' | 'size'>
type Target = Pick<FileStore, 'put' | 'size'>

/** A file that is wanted; `bytes` where its size is known beforehand. */
export type Wanted = { sha256: string; bytes?: number }

/** `missing`: why its bytes are nowhere: not there, not readable, or not what their name says. */
export type Copied =
  | { sha256: string; bytes: number; isNew: boolean; missing?: undefined }
  | { sha256: string; missing: 'absent' | 'unreadable' | 'other bytes' }

/** Hears how many bytes were read, or need not be. */
type Told = (bytes: number) => void

/** What went wrong while the source was read, told from what went wrong while the copy was written. */
class Unreadable extends Error {}

async function* pieces(source: Source, sha256: string, told?: Told): AsyncGenerator<Buffer> {
  try {
    for await (const piece of source.read(sha256)) {
      told?.(piece.length)
      yield piece
    }
  } catch (cause) {
    throw new Unreadable('the file cannot be read', { cause })
  }
}

/** Copies one file with `write`, unless it is in `target`. @throws what writing throws: a full disk, for example */
async function copyWith(
  { sha256, bytes }: Wanted,
  from: Source,
  target: Pick<FileStore, 'size'>,
  write: (content: AsyncIterable<Buffer>) => Promise<Stored>,
  told?: Told,
): Promise<Copied> {
  const there = await target.size(sha256)
  // One of another size was damaged there: it is written anew.
  if (there !== null && there === (bytes ?? there)) {
    told?.(there)
    return { sha256, bytes: there, isNew: false }
  }
  if ((await sizeIn(from, sha256)) === null) return { sha256, missing: 'absent' }
  try {
    const stored = await write(pieces(from, sha256, told))
    if (stored.sha256 !== sha256) return { sha256, missing: 'other bytes' }
    return { sha256, bytes: stored.bytes, isNew: true }
  } catch (error) {
    if (error instanceof Unreadable) return { sha256, missing: 'unreadable' }
    throw error
  }
}

/** A file's size. A store that cannot say is away as a whole: then its files are not missing. @throws OperatorError */
async function sizeIn(store: Source, sha256: string): Promise<number | null> {
  return store.size(sha256).catch((cause: Error) => {
    throw new OperatorError(`The store that holds the files does not answer: ${cause.message}.`, { cause })
  })
}

/** Brings one file into a store, unless it is there. @throws what writing throws */
export function copyFile(wanted: Wanted, from: Source, target: Target, told?: Told): Promise<Copied> {
  const put = (content: AsyncIterable<Buffer>) => target.put(Readable.from(content, { objectMode: false }))
  return copyWith(wanted, from, target, put, told)
}

const filesAtOnce = 8
// A lot is synced as one: a sync for each file would take longer than the copy.
const lotFiles = 256
const lotBytes = 128 * 2 ** 20

/** A folder with a store in its `files`: an archive, or a data folder. */
export type Place = { folder: string; files: Pick<FileStore, 'size'> }

/**
 * Brings files into a place and answers in their order, each once its bytes are synced to disk under its name. When the
 * last one is answered, the names are too. Nobody else may do so meanwhile: the place's lock must be held.
 */
export async function* bringFiles(
  wanted: AsyncIterable<Wanted>,
  from: Source,
  place: Place,
  told: Told,
): AsyncGenerator<Copied> {
  const incoming = join(place.folder, 'files', 'new')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const draft = (one: Wanted) =>
    copyWith(one, from, place.files, (content) => writeDraft(join(incoming, one.sha256), content), told)
  let lot: Copied[] = []
  let bytes = 0
  for await (const copied of inOrder(wanted, filesAtOnce, draft)) {
    lot.push(copied)
    if (!copied.missing && copied.isNew) bytes += copied.bytes
    if (lot.length < lotFiles && bytes < lotBytes) continue
    await settle(place, incoming, lot)
    yield* lot
    lot = []
    bytes = 0
  }
  await settle(place, incoming, lot)
  yield* lot
  await rm(incoming, { recursive: true, force: true })
  await syncDisk(place.folder, () => syncNames(place))
}

/** Writes and measures a file piece by piece: for small files, streams would cost more than the bytes. */
async function writeDraft(path: string, content: AsyncIterable<Buffer>): Promise<Stored> {
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await open(path, 'w', 0o600)
  try {
    for await (const piece of content) {
      hash.update(piece)
      await handle.writeFile(piece)
      bytes += piece.length
    }
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Syncs a lot's drafts, and only then gives them their names: under its name a file is always whole. */
async function settle({ folder }: Place, incoming: string, lot: Copied[]): Promise<void> {
  const fresh = lot.flatMap((copied) => (!copied.missing && copied.isNew ? copied.sha256 : []))
  if (fresh.length === 0) return
  await syncDisk(folder, () => Promise.all(fresh.map((sha256) => syncFile(join(incoming, sha256)))))
  for (const sha256 of fresh) {
    const path = join(folder, 'files', sha256.slice(0, 2), sha256.slice(2))
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(join(incoming, sha256), path)
  }
}

/** Syncs the whole file system that a folder is on; where nothing can, what `otherwise` syncs one by one. */
async function syncDisk(folder: string, otherwise: () => Promise<unknown>): Promise<void> {
  await promisify(execFile)('sync', ['-f', folder]).catch(otherwise)
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncNames({ folder }: Place): Promise<void> {
  for (const name of await readdir(join(folder, 'files'))) await syncFolder(join(folder, 'files', name))
  await syncFolder(join(folder, 'files'))
}
