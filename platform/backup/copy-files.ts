// Copies files by content from one store into another: what is there already is not copied again, and what its owner no
// longer has whole is told instead of ending everything.
import { Readable } from 'node:stream'
import type { FileStore } from '../files.ts'

type Source = Pick<FileStore, 'read' | 'size'>

/** A file that is wanted; `bytes` where its size is known beforehand. */
export type Wanted = { sha256: string; bytes?: number }

export type Copied = { sha256: string } & (
  | { bytes: number; isNew: boolean; missing?: undefined }
  /** Why its bytes are nowhere: not there, not readable, or not what their name says. */
  | { missing: 'absent' | 'unreadable' | 'other bytes' }
)

/** What went wrong while the source was read, told from what went wrong while the copy was written. */
class Unreadable extends Error {}

async function* reading(
  source: Source,
  sha256: string,
  told?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const piece of source.read(sha256)) {
      told?.(piece.length)
      yield piece
    }
  } catch (cause) {
    throw new Unreadable('the file cannot be read', { cause })
  }
}

/** Brings one file into `target`, unless it is there. @throws what writing throws: a full disk, for example */
export async function copyFile(
  wanted: Wanted,
  from: Source,
  target: Pick<FileStore, 'put' | 'size'>,
  told?: (bytes: number) => void,
): Promise<Copied> {
  const { sha256 } = wanted
  const there = await target.size(sha256)
  // One of another size was damaged there: it is written anew.
  if (there !== null && there === (wanted.bytes ?? there)) return { sha256, bytes: there, isNew: false }
  if ((await from.size(sha256)) === null) return { sha256, missing: 'absent' }
  try {
    const stored = await target.put(Readable.from(reading(from, sha256, told), { objectMode: false }))
    if (stored.sha256 !== sha256) return { sha256, missing: 'other bytes' }
    return { sha256, bytes: stored.bytes, isNew: true }
  } catch (error) {
    if (error instanceof Unreadable) return { sha256, missing: 'unreadable' }
    throw error
  }
}
