// Room on the disk for uploads on their way: what was promised is counted as taken before it comes.
import { readdir, statfs } from 'node:fs/promises'
import { FileStore } from '@tus/file-store'
import { ticks } from '#platform/clock'
import { Refused } from '#platform/refusal'

// What the database and the log need to go on; uploads never take it.
const keptFree = 256 * 1024 * 1024

/** Bytes that the uploads in a folder were promised and have not yet sent. */
async function outstanding(folder: string): Promise<number> {
  const store = new FileStore({ directory: folder })
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'))
  let bytes = 0
  for (const name of names) {
    const found = await store.getUpload(name.slice(0, -'.json'.length)).catch(() => null)
    bytes += (found?.size ?? 0) - (found?.offset ?? 0)
  }
  return bytes
}

/** Bytes that one person's uploads in a folder announced, sent or not. */
export async function underWay(folder: string, person: string): Promise<number> {
  const store = new FileStore({ directory: folder })
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(`${person}.`) && name.endsWith('.json'),
  )
  const found = await Promise.all(
    names.map((name) => store.getUpload(name.slice(0, -'.json'.length)).catch(() => null)),
  )
  return found.reduce((sum, upload) => sum + (upload?.size ?? 0), 0)
}

// Within this, what was promised a moment ago stands in the folder too.
const justNowMs = 10_000

/**
 * Room on the disk of a folder. Recounted from the folder when the disk seems full, since uploads end, or are given up,
 * without being told here. `free`: bytes left on the disk.
 */
export function openRoom(folder: string, free: () => Promise<number>): (bytes: number) => Promise<void> {
  let promised = 0
  let recent: { bytes: number; at: number }[] = []
  return async (bytes) => {
    const room = (await free()) - keptFree
    if (promised + bytes > room) {
      const there = await outstanding(folder)
      recent = recent.filter(({ at }) => ticks() - at < justNowMs)
      promised = there + recent.reduce((sum, one) => sum + one.bytes, 0)
    }
    if (promised + bytes > room) throw new Refused('file.disk-full')
    promised += bytes
    recent.push({ bytes, at: ticks() })
    if (recent.length > 1000) recent = recent.filter(({ at }) => ticks() - at < justNowMs)
  }
}

/** Bytes that are free on the disk of a folder. */
export async function freeOn(folder: string): Promise<number> {
  const disk = await statfs(folder).catch(() => null)
  return disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY
}
