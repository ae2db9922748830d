// The shared part of homework, kept encoded in memory: at eight o'clock a class asks for the same page thirty times
// within a minute, and the first answer serves them all. Bounded; dropped when the class's news says so.
import { holds } from '#door/formats/pass'
import type { Who } from '#features/people'
import { type PaperWork, paperWorkOf } from '#features/school'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { HomeworkId } from '#platform/ids'
import { openMemory } from '#platform/memory'
import { findHomework, type HomeworkRow } from './store.ts'

const mostBytes = 32 * 1024 * 1024
const mostSchools = 5000

export type Kept = { row: HomeworkRow; answer: Encoded }

export type Shelf = {
  /** Homework, from memory if it is there; whoever asks for the same meanwhile waits for the one answer. */
  find(id: HomeworkId): Promise<Kept | undefined>
  /** Whether it can be handed in today although its teacher asks for none, since its class is at a distance. */
  takesPaper(row: Pick<HomeworkRow, 'schoolId' | 'classId'>): Promise<boolean>
}

/** Whether a pass opens homework by itself: it holds the class's key, or that of the school it runs. */
export function opens(who: Who, { classKey, schoolKey }: HomeworkRow): boolean {
  return holds(who, classKey) || holds(who, schoolKey, 'a')
}

/** The shelf of one process. */
export function openShelf(ctx: Pick<Ctx, 'db' | 'bus' | 'clock'>): Shelf {
  // The row holds what the answer holds.
  const memory = openMemory<Kept | undefined>(mostBytes, (kept) => (kept ? encodedBytes(kept.answer) * 2 : 0))
  ctx.bus.on('class', (classes) => (classes.length === 0 ? memory.clear() : memory.forget(classes)))
  for (const topic of ['directory', 'timetable']) ctx.bus.on(topic, memory.clear)
  ctx.bus.onGap(memory.clear)
  // Of each school: on which of its days at a distance work on paper is taken.
  const papers = openMemory<PaperWork>(mostSchools, () => 1)
  for (const topic of ['directory', 'timetable', 'school-setting']) ctx.bus.on(topic, papers.clear)
  ctx.bus.onGap(papers.clear)
  return {
    takesPaper: async ({ schoolId, classId }) => {
      const read = async () => ({ value: await paperWorkOf(ctx, schoolId), tags: [schoolId] })
      return (await papers.find(schoolId, read))(classId, ctx.clock.now())
    },
    find: (id) =>
      memory.find(id, async () => {
        const row = await findHomework(ctx.db, id)
        const value = row && { row, answer: encode(row.shared) }
        return { value, tags: row && !row.withdrawn ? [row.classId] : null }
      }),
  }
}
