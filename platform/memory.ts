// Answers kept in memory, bounded in bytes: one reading serves all who ask at the same moment, and what changes is
// forgotten by tags, such as the classes that an answer speaks of, also while it is being read.
import { LRUCache } from 'lru-cache'

export type Memory<V> = {
  get(key: string): V | undefined
  /** From memory, from a reading under way that nothing has overtaken, or by reading. */
  find(key: string, read: () => Promise<Answer<V>>): Promise<V>
  /** Forgets whatever carries one of these tags. */
  forget(tags: readonly string[]): void
  clear(): void
}

/** What was read, and the tags by which it is forgotten; without tags it is answered and not kept. */
export type Answer<V> = { value: V; tags: readonly string[] | null }

type Reading<V> = { heard: Set<string>; value: Promise<V> }
type Kept<V> = { value: V; tags: readonly string[] }

const everything = '*'

/** Opens a memory of at most `mostBytes`, as `bytesOf` counts them. */
export function openMemory<V>(mostBytes: number, bytesOf: (value: V) => number): Memory<V> {
  const keysOf = new Map<string, Set<string>>()
  const kept = new LRUCache<string, Kept<V>>({
    maxSize: mostBytes,
    sizeCalculation: ({ value }) => bytesOf(value),
    dispose({ tags }, key) {
      for (const tag of tags) {
        const keys = keysOf.get(tag)
        keys?.delete(key)
        if (keys?.size === 0) keysOf.delete(tag)
      }
    },
  })
  const readings = new Map<string, Reading<V>>()
  /** What each reading that goes on has heard meanwhile; one that was overtaken may still go on. */
  const hearing = new Set<Set<string>>()

  function hear(tags: readonly string[]): void {
    for (const heard of hearing) for (const tag of tags) heard.add(tag)
  }

  function keep(key: string, value: V, tags: readonly string[]): void {
    kept.set(key, { value, tags })
    // Larger than all that may be kept: it was not taken.
    if (!kept.has(key)) return
    for (const tag of tags) keysOf.set(tag, (keysOf.get(tag) ?? new Set()).add(key))
  }

  async function start(key: string, heard: Set<string>, read: () => Promise<Answer<V>>): Promise<V> {
    hearing.add(heard)
    try {
      const { value, tags } = await read()
      // What changed while we read may not be in it: it is answered, and not kept.
      if (tags && !heard.has(everything) && !tags.some((tag) => heard.has(tag))) keep(key, value, tags)
      return value
    } finally {
      hearing.delete(heard)
      if (readings.get(key)?.heard === heard) readings.delete(key)
    }
  }

  return {
    get: (key) => kept.get(key)?.value,
    async find(key, read) {
      const known = kept.get(key)
      if (known) return known.value
      // Who asks after a change was heard must see it: such a reading is not shared any more.
      const other = readings.get(key)
      if (other?.heard.size === 0) return other.value
      const heard = new Set<string>()
      const value = start(key, heard, read)
      readings.set(key, { heard, value })
      return value
    },
    forget(tags) {
      hear(tags)
      for (const tag of tags) for (const key of [...(keysOf.get(tag) ?? [])]) kept.delete(key)
    },
    clear() {
      hear([everything])
      kept.clear()
    },
  }
}
