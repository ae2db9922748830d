// Calendars kept encoded in memory: phones poll at eight too, and one that has not changed asks the database nothing.
// Dropped when the news concern it; addresses that are none are remembered too, for whoever tries many.
import { createHash } from 'node:crypto'
import { schoolDay } from '#features/people'
import { mondayOf } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encodedBytes, encodeText } from '#platform/encoded'
import { openMemory } from '#platform/memory'
import { ofStaff, readFeed } from './actions.ts'
import { noteUsed } from './store.ts'

const mostBytes = 64 * 1024 * 1024
const nobody = 'nobody'

type Kept = { id: string; answer: Encoded } | null

export type FeedShelf = {
  find(secret: string): Promise<Kept>
  /** Writes down which were read today; off the path of any request. */
  flush(): Promise<void>
}

/** The shelf of one process. */
export function openFeedShelf(ctx: Ctx): FeedShelf {
  const memory = openMemory<Kept>(mostBytes, (kept) => (kept ? encodedBytes(kept.answer) : 200))
  const forget = (ids: readonly string[]) => (ids.length === 0 ? memory.clear() : memory.forget(ids))
  for (const topic of ['class', 'timetable', 'homework-set', 'homework-changed']) ctx.bus.on(topic, forget)
  // A change to one lesson: its class is told by itself, its teachers by the school.
  ctx.bus.on('school', (schools) => memory.forget(schools.map(ofStaff)))
  // What was absent may be there now.
  for (const topic of ['feed', 'school-setting', 'passes'])
    ctx.bus.on(topic, (ids) => (ids.length === 0 ? memory.clear() : memory.forget([...ids, nobody])))
  ctx.bus.on('directory', memory.clear)
  ctx.bus.onGap(memory.clear)
  const used = new Set<string>()
  const noted = new Set<string>()
  let day = ''
  // An address that was renewed has not been read yet.
  ctx.bus.on('feed', () => noted.clear())
  return {
    async find(secret) {
      // Each week another span; the secret itself is kept nowhere.
      const key = `${createHash('sha256').update(secret).digest('base64url')} ${mondayOf(schoolDay(ctx))}`
      const kept = await memory.find(key, async () => {
        const read = await readFeed(ctx, secret)
        if (!read) return { value: null, tags: [nobody] }
        return { value: { id: read.id, answer: encodeText(read.text) }, tags: read.tags }
      })
      if (kept && !noted.has(kept.id)) used.add(kept.id)
      return kept
    },
    async flush() {
      const today = schoolDay(ctx)
      if (today !== day) noted.clear()
      day = today
      const some = [...used]
      if (some.length === 0) return
      await noteUsed(ctx.db, some, today)
      for (const id of some) {
        used.delete(id)
        noted.add(id)
      }
    },
  }
}
