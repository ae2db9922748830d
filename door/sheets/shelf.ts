// All the sheets that this door holds, in bounded memory.
import type { Head } from '../answer/security.ts'
import { sheetPath } from '../formats/feed.ts'
import { type HeldSheet, type Packed, ready } from './packed.ts'
import { distance } from './worth.ts'

// What a sheet costs beside its bytes: strings, headers, map entries; measured roughly.
const overhead = 1200

export type Shelf = {
  put(sheet: Packed): void
  drop(path: string): void
  /** The sheet at an address, without a look at who asks. */
  at(path: string): HeldSheet | undefined
  /** By key and name. */
  of(key: string, name: string): HeldSheet | undefined
  all(): IterableIterator<HeldSheet>
  size(): number
  bytes(): number
}

function costOf(sheet: Packed): number {
  return sheet.json.length + (sheet.html?.length ?? 0) + overhead
}

/**
 * A shelf of at most `mostBytes`. When it is full, a tenth is cleared: what is past and what is furthest ahead first.
 * What is not held is asked of the workspace. `today` answers with the local date.
 */
export function shelf(security: Head, mostBytes: number, today: () => string): Shelf {
  const sheets = new Map<string, HeldSheet>()
  let bytes = 0

  function drop(path: string): void {
    const sheet = sheets.get(path)
    if (!sheet) return
    sheets.delete(path)
    bytes -= costOf(sheet)
  }

  function clear(): void {
    const date = today()
    const ranked = [...sheets.values()].map((sheet) => ({ sheet, far: distance(sheet.name, date) }))
    ranked.sort((a, b) => b.far - a.far)
    for (const { sheet } of ranked) {
      if (bytes <= mostBytes * 0.9) return
      drop(sheet.path)
    }
  }

  return {
    put(sheet) {
      const held = ready(sheet, security)
      drop(held.path)
      sheets.set(held.path, held)
      bytes += costOf(held)
      if (bytes > mostBytes) clear()
    },
    drop,
    at: (path) => sheets.get(path),
    of: (key, name) => sheets.get(sheetPath(key, name)),
    all: () => sheets.values(),
    size: () => sheets.size,
    bytes: () => bytes,
  }
}
