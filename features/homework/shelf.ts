// The shared part of homework, kept encoded in memory: at eight o'clock a class asks for the same page thirty times
// within a minute, and the first answer serves them all. Bounded; dropped when the class's news says so.
import { LRUCache } from 'lru-cache'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { HomeworkId } from '#platform/ids'
import { findHomework, type HomeworkRow } from './store.ts'

const mostBytes = 32 * 1024 * 1024

export type Kept = { row: HomeworkRow; answer: Encoded }

export type Shelf = {
  /** Homework, from memory if it is there; whoever asks for the same meanwhile waits for the one answer. */
  find(id: HomeworkId): Promise<Kept | undefined>
  /** Drops homework that was just changed here, before the news comes round. */
  forget(id: HomeworkId): void
}

/** Whether a pass opens homework by itself: it holds the class's key, or that of the school it runs. */
export function opens(who: Who, { classKey, schoolKey }: HomeworkRow): boolean {
  const { s, t, g, a } = who.keys
  return [s, t, g].some((keys) => keys?.includes(classKey)) || (a?.includes(schoolKey) ?? false)
}

/** The shelf of one process. */
export function openShelf(ctx: Pick<Ctx, 'db' | 'bus'>): Shelf {
  const kept = new LRUCache<HomeworkId, Kept>({
    maxSize: mostBytes,
    sizeCalculation: ({ answer }) => encodedBytes(answer) * 2,
  })
  const coming = new Map<HomeworkId, Promise<Kept | undefined>>()

  const forget = (id: HomeworkId) => {
    coming.delete(id)
    kept.delete(id)
  }
  const forgetAll = () => {
    coming.clear()
    kept.clear()
  }

  function load(id: HomeworkId): Promise<Kept | undefined> {
    const mine = read(ctx, id)
      .then((found) => {
        // Forgotten while it was read: it may be from before the change.
        if (found && !found.row.withdrawn && coming.get(id) === mine) kept.set(id, found)
        return found
      })
      .finally(() => coming.get(id) === mine && coming.delete(id))
    coming.set(id, mine)
    return mine
  }

  ctx.bus.on('class', (classes) => {
    if (classes.length === 0) return forgetAll()
    // Of what is being read now, nobody knows the class yet.
    coming.clear()
    for (const [id, { row }] of kept.entries()) if (classes.includes(row.classId)) kept.delete(id)
  })
  ctx.bus.on('directory', forgetAll)
  ctx.bus.onGap(forgetAll)
  return { find: async (id) => kept.get(id) ?? coming.get(id) ?? load(id), forget }
}

async function read(ctx: Pick<Ctx, 'db'>, id: HomeworkId): Promise<Kept | undefined> {
  const row = await findHomework(ctx.db, id)
  return row && { row, answer: encode(row.shared) }
}
