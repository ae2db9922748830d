// The weeks that were read lately, encoded: a pupil of the class gets one without any question to the database, and a
// class that asks for the same one at the same moment asks once.
import { LRUCache } from 'lru-cache'
import { holds } from '#door/formats/pass'
import { classSeenBy, type SeenClass, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { ClassId } from '#platform/ids'
import { readWeek } from './actions.ts'

/** `classes`: those whose changes make it another week. */
type Kept = { key: string; classes: readonly ClassId[]; answer: Encoded }
type Reading = { heard: Set<string>; week: Promise<Encoded> }

const mostBytes = 64 * 1024 * 1024

export type Weeks = (who: Who, classId: ClassId, monday: string) => Promise<Encoded>

/** Encoded weeks by name, forgotten by class. Bounded in bytes. */
function openMemory() {
  const namesOf = new Map<string, Set<string>>()
  const kept = new LRUCache<string, Kept>({
    maxSize: mostBytes,
    sizeCalculation: ({ answer }) => encodedBytes(answer),
    dispose: ({ classes }, name) => {
      for (const id of classes) {
        const names = namesOf.get(id)
        names?.delete(name)
        if (names?.size === 0) namesOf.delete(id)
      }
    },
  })
  return {
    get: (name: string) => kept.get(name),
    keep(name: string, week: Kept): void {
      kept.set(name, week)
      for (const id of week.classes) namesOf.set(id, (namesOf.get(id) ?? new Set()).add(name))
    },
    forget(ids: readonly string[]): void {
      for (const id of ids) for (const name of [...(namesOf.get(id) ?? [])]) kept.delete(name)
    },
    clear: () => kept.clear(),
  }
}

const everything = '*'

/** Reads weeks through a bounded memory, which forgets a class when something in it changes. */
export function openWeeks(ctx: Ctx): Weeks {
  const memory = openMemory()
  const reading = new Map<string, Reading>()
  /** What every reading that goes on has heard meanwhile. */
  const hearing = new Set<Set<string>>()
  const hear = (ids: readonly string[]) => {
    for (const heard of hearing) for (const id of ids) heard.add(id)
  }
  const forgetAll = () => {
    hear([everything])
    memory.clear()
  }
  ctx.bus.on('class', (ids) => {
    if (ids.length === 0) return forgetAll()
    hear(ids)
    memory.forget(ids)
  })
  for (const topic of ['directory', 'timetable']) ctx.bus.on(topic, forgetAll)
  ctx.bus.onGap(forgetAll)

  async function read(name: string, of: SeenClass, monday: string, heard: Set<string>): Promise<Encoded> {
    hearing.add(heard)
    try {
      const { classes, week } = await readWeek(ctx, of, monday)
      const answer = encode(week)
      // What changed while we read may not be in it: it is answered, and not kept.
      const changed = heard.has(everything) || classes.some((id) => heard.has(id))
      if (!changed) memory.keep(name, { key: of.key, classes, answer })
      return answer
    } finally {
      hearing.delete(heard)
      if (reading.get(name)?.heard === heard) reading.delete(name)
    }
  }

  return async (who, classId, monday) => {
    const name = `${classId} ${monday}`
    const known = memory.get(name)
    if (known && holds(who, known.key)) return known.answer
    const seen = await classSeenBy(ctx, who, classId)
    const now = memory.get(name)
    if (now) return now.answer
    // Who asks after a change was heard must see it: such a reading is not shared any more.
    const other = reading.get(name)
    if (other && other.heard.size === 0) return other.week
    const heard = new Set<string>()
    const week = read(name, seen, monday, heard)
    reading.set(name, { heard, week })
    return week
  }
}
