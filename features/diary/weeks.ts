// The weeks that were read lately, encoded: a pupil of the class gets one without any question to the database.
import { LRUCache } from 'lru-cache'
import { holds } from '#door/formats/pass'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { ClassId } from '#platform/ids'
import { readWeek } from './actions.ts'

type Kept = { key: string; answer: Encoded }

const mostBytes = 64 * 1024 * 1024

export type Weeks = (who: Who, classId: ClassId, monday: string) => Promise<Encoded>

/** Reads weeks through a bounded memory, which forgets a class when something in it changes. */
export function openWeeks(ctx: Ctx): Weeks {
  const kept = new LRUCache<string, Kept>({
    maxSize: mostBytes,
    sizeCalculation: ({ answer }) => encodedBytes(answer),
  })
  const ofClass = new Map<string, Set<string>>()
  const forgetAll = () => {
    kept.clear()
    ofClass.clear()
  }
  ctx.bus.on('class', (ids) => {
    if (ids.length === 0) forgetAll()
    for (const id of ids) {
      for (const name of ofClass.get(id) ?? []) kept.delete(name)
      ofClass.delete(id)
    }
  })
  ctx.bus.on('directory', forgetAll)
  ctx.bus.on('timetable', forgetAll)
  ctx.bus.onGap(forgetAll)

  return async (who, classId, monday) => {
    const name = `${classId} ${monday}`
    const known = kept.get(name)
    if (known && holds(who, known.key)) return known.answer
    // Noted before reading: what changes while we read is then forgotten, not kept.
    const names = ofClass.get(classId) ?? new Set()
    ofClass.set(classId, names.add(name))
    const { key, week } = await readWeek(ctx, who, classId, monday)
    const answer = encode(week)
    if (ofClass.get(classId) === names) kept.set(name, { key, answer })
    return answer
  }
}
