// Where files lie: a store by content. A file's name is the SHA-256 of its bytes, so the same bytes are kept once
// and a damaged file can be told. A folder by default; s3-files.ts is the same over an object storage.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { systemCode } from './operator-error.ts'

export type Stored = { sha256: string; bytes: number }

export type FileStore = {
  /** Takes the bytes in; once it resolves they are synced to disk, or acknowledged by the storage, under their hash. */
  put(bytes: Readable): Promise<Stored>
  /**
   * Takes in a file of this machine whose hash was computed while it was written: without copying it where it lies on
   * the same disk. The same promise as `put`; the file itself stays, and must not be written to any more.
   */
  take(path: string, stored: Stored): Promise<void>
  /** Reads a file, or the bytes from `start` to `end` inclusive. @throws ENOENT from the stream. */
  read(sha256: string, range?: { start: number; end: number }): Readable
  /** Size in bytes, or null when it is not there. */
  size(sha256: string): Promise<number | null>
  /** Deletes the bytes; no error when they are not there. Only when no row refers to them (see documents' bytes). */
  delete(sha256: string): Promise<void>
  /** Everything that is kept, in the order of the hashes, from the one after `after` on. */
  list(after?: string): AsyncIterable<Stored>
}

/** Syncs a folder's entries to disk: names that were given in it survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes folders in `root` whose entries survive a power cut, and that of `root`. Whoever comes while one is being made
 * waits for its sync too, also where somebody else made it: a file is not safe in a folder that is not.
 */
function folderMaker(root: string): (folder: string) => Promise<void> {
  const synced = new Map<string, Promise<void>>()
  return async (folder) => {
    const isNew = (await mkdir(folder, { recursive: true })) !== undefined
    const known = isNew ? undefined : synced.get(folder)
    if (known) return known
    const sync = Promise.all([dirname(root), dirname(folder)].map(syncFolder)).then(() => {})
    synced.set(folder, sync)
    await sync.catch((error) => {
      if (synced.get(folder) === sync) synced.delete(folder)
      throw error
    })
  }
}

/** Lets bytes through while it counts and hashes them. */
export function measure(): { stream: Transform; result(): Stored } {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ sha256: hash.digest('hex'), bytes }) }
}

/** Writes bytes to a new file that only this user can read, synced to disk. */
export async function writeDraft(path: string, source: Readable): Promise<Stored> {
  const measured = measure()
  await pipeline(source, measured.stream, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
  return measured.result()
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** A second name for the same bytes where the disk can give one, else a copy; synced to disk either way. */
async function twin(path: string, draft: string): Promise<void> {
  try {
    await link(path, draft)
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error
    await copyFile(path, draft)
  }
  await syncFile(draft)
}

/** A store in a folder of the file system: `<folder>/ab/cdef…`. */
export function folderStore(folder: string): FileStore {
  const makeFolder = folderMaker(folder)
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))

  /** Gives what `write` puts into a draft its name, once it is all there. */
  async function keep(write: (draft: string) => Promise<Stored>): Promise<Stored> {
    await makeFolder(join(folder, 'new'))
    const draft = join(folder, 'new', randomBytes(12).toString('hex'))
    try {
      const stored = await write(draft)
      const path = pathOf(stored.sha256)
      await makeFolder(dirname(path))
      await rename(draft, path)
      await syncFolder(dirname(path))
      return stored
    } finally {
      // Also where the draft was another name of what is there already: then a rename leaves it.
      await rm(draft, { force: true })
    }
  }

  async function* list(after = ''): AsyncGenerator<Stored> {
    const parts = (await readdir(folder).catch(() => [])).filter((part) => /^[0-9a-f]{2}$/.test(part)).sort()
    for (const part of parts.filter((name) => name >= after.slice(0, 2))) {
      const names = (await readdir(join(folder, part))).filter((name) => /^[0-9a-f]{62}$/.test(name)).sort()
      for (const sha256 of names.map((name) => part + name).filter((hash) => hash > after)) {
        const bytes = await sizeOf(pathOf(sha256))
        if (bytes !== null) yield { sha256, bytes }
      }
    }
  }

  return {
    put: (source) => keep((draft) => writeDraft(draft, source)),
    take: async (path, stored) => {
      await keep(async (draft) => {
        await twin(path, draft)
        return stored
      })
    },
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    size: (sha256) => sizeOf(pathOf(sha256)),
    delete: (sha256) => rm(pathOf(sha256), { force: true }),
    list,
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw error
  }
}
