// The weeks that were read lately, encoded: a pupil of the class gets one without any question to the database, and a
// class that asks for the same one at the same moment asks once.
import { holds } from '#door/formats/pass'
import { classSeenBy, schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { ClassId } from '#platform/ids'
import { openMemory } from '#platform/memory'
import { readWeek } from './actions.ts'

type Kept = { key: string; answer: Encoded }

const mostBytes = 64 * 1024 * 1024

export type Weeks = (who: Who, classId: ClassId, monday: string) => Promise<Encoded>

/** Reads weeks through a bounded memory, which forgets a class when something in it changes. */
export function openWeeks(ctx: Ctx): Weeks {
  // Where each class lies; a short text for each class there is.
  const zones = new Map<ClassId, string>()
  const memory = openMemory<Kept>(mostBytes, ({ answer }) => encodedBytes(answer))
  ctx.bus.on('class', (ids) => (ids.length === 0 ? memory.clear() : memory.forget(ids)))
  for (const topic of ['directory', 'timetable']) ctx.bus.on(topic, memory.clear)
  ctx.bus.onGap(memory.clear)

  return async (who, classId, monday) => {
    // An entry that was written ahead shows from a day on: the school's own.
    const name = () => `${classId} ${monday} ${schoolDay(ctx, zones.get(classId))}`
    const known = zones.has(classId) ? memory.get(name()) : undefined
    if (known && holds(who, known.key)) return known.answer
    const seen = await classSeenBy(ctx, who, classId)
    zones.set(classId, seen.zone)
    const { answer } = await memory.find(name(), async () => {
      const { classes, week } = await readWeek(ctx, seen, monday)
      return { value: { key: seen.key, answer: encode(week) }, tags: classes }
    })
    return answer
  }
}
