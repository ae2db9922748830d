// The end of a file that grows: batches of chunks, one being written while the next gathers, handed to the disk now
// and then.
import type { FileHandle } from 'node:fs/promises'

// Small enough to bound what several senders hold in memory, large enough that the cost of a write does not count.
const batchBytes = 512 * 1024
// Bytes on their way are handed to the disk now and then, so that a claim has little left to wait for.
const syncEvery = 32 * 1024 * 1024

export type Tail = {
  /** Takes a chunk; resolves when there is room for the next one. @throws what writing an earlier one threw */
  add(chunk: Buffer): Promise<void>
  /** Resolves when everything that was added is in the file. @throws what writing threw */
  end(): Promise<void>
  /** Where the next byte goes: all before it are written once `end` has resolved. */
  at(): number
}

/** Appends to an open file from `offset` on. */
export function openTail(file: FileHandle, offset: number): Tail {
  let [at, gathered, synced] = [offset, 0, offset]
  let batch: Buffer[] = []
  let writing: Promise<void> = Promise.resolve()
  let syncing: Promise<void> = Promise.resolve()

  async function writeBatch(): Promise<void> {
    await writing
    const [chunks, from] = [batch, at]
    at += gathered
    batch = []
    gathered = 0
    writing = writeWhole(file, chunks, from)
    // Whoever adds or ends next is told.
    writing.catch(() => {})
  }

  async function syncNowAndThen(): Promise<void> {
    if (at - synced < syncEvery) return
    await syncing
    synced = at
    syncing = file.datasync()
    syncing.catch(() => {})
  }

  return {
    add: async (chunk) => {
      batch.push(chunk)
      gathered += chunk.length
      if (gathered < batchBytes) return
      await writeBatch()
      await syncNowAndThen()
    },
    end: async () => {
      await writeBatch()
      await writing
      await syncing
    },
    at: () => at,
  }
}

async function writeWhole(file: FileHandle, chunks: Buffer[], from: number): Promise<void> {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  if (total === 0) return
  let { bytesWritten: done } = await file.writev(chunks, from)
  if (done === total) return
  // A disk that takes less than it was given is nearly full: the rest piece by piece, until it says so.
  const rest = Buffer.concat(chunks)
  while (done < total) done += (await file.write(rest, done, total - done, from + done)).bytesWritten
}
