// Where files lie: a store by content. A file's name is the SHA-256 of its bytes, so the same bytes are kept once
// and a damaged file can be told.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Stored = { sha256: string; bytes: number }

export type FileStore = {
  /** Takes the bytes in; once it resolves they are synced to disk under their hash (the folder entry too). */
  put(bytes: Readable): Promise<Stored>
  /** Reads a file, or the bytes from `start` to `end` inclusive. @throws ENOENT from the stream. */
  read(sha256: string, range?: { start: number; end: number }): Readable
  /** Size in bytes, or null when it is not there. */
  size(sha256: string): Promise<number | null>
}

async function syncFolder(folder: string): Promise<void> {
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
function measure(): { stream: Transform; result(): Stored } {
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

/** A store in a folder of the file system: `<folder>/ab/cdef…`. */
export function folderStore(folder: string): FileStore {
  const makeFolder = folderMaker(folder)
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))

  async function put(source: Readable): Promise<Stored> {
    await makeFolder(join(folder, 'new'))
    const draft = join(folder, 'new', randomBytes(12).toString('hex'))
    const measured = measure()
    try {
      await pipeline(
        source,
        measured.stream,
        createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
      )
      const { sha256, bytes } = measured.result()
      const path = pathOf(sha256)
      await makeFolder(dirname(path))
      await rename(draft, path)
      await syncFolder(dirname(path))
      return { sha256, bytes }
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  return {
    put,
    read: (sha256, range) => createReadStream(pathOf(sha256), range),
    size: async (sha256) => {
      try {
        return (await stat(pathOf(sha256))).size
      } catch {
        return null
      }
    },
  }
}
