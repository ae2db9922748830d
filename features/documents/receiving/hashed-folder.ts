// Where uploads grow: tus's folder of files, which hashes what it writes while it comes, so that a finished upload need
// not be read once more to be claimed.
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS } from '@tus/server'
import type { Stored } from '#platform/files'
import { openTail } from './tail.ts'

// A begun hash is some hundred bytes. What falls out is hashed from the disk when it is claimed.
const mostHashes = 20_000

type Begun = { hash: Hash; bytes: number }

export class HashedFolder extends FileStore {
  readonly #begun = new Map<string, Begun>()

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const file = await open(join(this.directory, id), 'r+').catch(() => {
      throw ERRORS.FILE_NOT_FOUND
    })
    const begun = this.#takeUp(id, offset)
    try {
      return await writeAll(file, source, offset, begun)
    } catch {
      throw ERRORS.FILE_WRITE_ERROR
    } finally {
      await file.close()
    }
  }

  /** The hash of what is there up to `offset`, to go on with; null when it is not known and must be read at the end. */
  #takeUp(id: string, offset: number): Begun | null {
    const known = this.#begun.get(id)
    if (known?.bytes === offset) return known
    this.#begun.delete(id)
    if (offset > 0) return null
    const begun = { hash: createHash('sha256'), bytes: 0 }
    this.#begun.set(id, begun)
    const [oldest] = this.#begun.keys()
    if (oldest !== undefined && this.#begun.size > mostHashes) this.#begun.delete(oldest)
    return begun
  }

  /** Hash and size of a finished upload; read from the disk only where this process did not receive all of it. */
  async measured(id: string, bytes: number): Promise<Stored> {
    const known = this.#begun.get(id)
    if (known?.bytes === bytes) return { sha256: known.hash.copy().digest('hex'), bytes }
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(this.directory, id)), hash)
    return { sha256: hash.digest('hex'), bytes }
  }

  forget(id: string): void {
    this.#begun.delete(id)
  }
}

/**
 * Writes what comes at its place and hashes it meanwhile: in batches, since each write wakes a thread, and the next
 * batch gathers while one is being written. What failed leaves the hash behind or aside, never ahead.
 */
async function writeAll(
  file: FileHandle,
  source: Readable,
  offset: number,
  begun: Begun | null,
): Promise<number> {
  const tail = openTail(file, offset)
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      begun?.hash.update(chunk)
      // A hash that is ahead of the file says so by its count, and is not taken up again.
      if (begun) begun.bytes += chunk.length
      await tail.add(chunk)
    }
  } finally {
    // Also what came before the line was cut: it need not travel again.
    await tail.end()
  }
  return tail.at()
}
