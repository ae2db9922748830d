// The weekly grid of a collège or lycée, and the search for a slot for every lesson: nobody is in two places at once.
import type { Weeks } from './model.ts'
import type { Random } from './random.ts'

/** The day: 55 minutes, five to change rooms, a break in the morning and one in the afternoon, lunch from 12:05. */
const periods = [
  ['08:00', '08:55'],
  ['09:00', '09:55'],
  ['10:10', '11:05'],
  ['11:10', '12:05'],
  ['13:30', '14:25'],
  ['14:30', '15:25'],
  ['15:40', '16:35'],
  ['16:40', '17:35'],
] as const
/** How little a period is liked. */
const dislike = [1, 0, 0, 1, 1, 2, 5, 9]

export type Slot = { day: number; period: number; start: string; end: string }

/** Every slot of the week. Wednesday afternoon is free. */
export const slots: readonly Slot[] = [1, 2, 3, 4, 5].flatMap((day) =>
  periods
    .map(([start, end], period) => ({ day, period, start, end }))
    .filter(({ period }) => day !== 3 || period < 4),
)

/** The weeks (bits) in which somebody or some room is taken, by slot. */
export type Busy = Uint8Array
export const newBusy = (): Busy => new Uint8Array(slots.length)

/** Something that needs one slot for several people at once. */
export type Activity = {
  /** Homerooms, every pupil of which is kept busy. */
  homerooms: readonly Busy[]
  teachers: readonly Busy[]
  /** A whole hour takes every week; half an hour takes the A or the B weeks. */
  half: boolean
  subject: string
  /** Days on which the homeroom has this subject, to spread it. Shared by the activities of a subject. */
  days: number[]
  placed: { slot: number; weeks: Weeks } | undefined
}

const wholeOnly: readonly Weeks[] = [3]
const eitherHalf: readonly Weeks[] = [1, 2]

function isFree(activity: Activity, slot: number, weeks: Weeks): boolean {
  for (const busy of activity.homerooms) if ((busy[slot] as number) & weeks) return false
  for (const busy of activity.teachers) if ((busy[slot] as number) & weeks) return false
  return true
}

function mark(activity: Activity, slot: number, weeks: Weeks, taken: boolean): void {
  const day = (slots[slot] as Slot).day
  for (const list of [activity.homerooms, activity.teachers]) {
    for (const busy of list)
      busy[slot] = taken ? (busy[slot] as number) | weeks : (busy[slot] as number) & ~weeks
  }
  activity.days[day] = (activity.days[day] as number) + (taken ? 1 : -1)
  activity.placed = taken ? { slot, weeks } : undefined
}

function cost(random: Random, activity: Activity, slot: number): number {
  const { day, period } = slots[slot] as Slot
  const homeroom = activity.homerooms[0] as Busy
  let sum = (dislike[period] as number) + random.unit() * 3 + (activity.days[day] as number) * 12
  // A slot that is taken in the other weeks is filled first; hours next to each other leave no holes.
  if (homeroom[slot]) sum -= 8
  const beside = (other: number) => slots[other]?.day === day && homeroom[other]
  if (!beside(slot - 1) && !beside(slot + 1)) sum += 3
  return sum
}

function place(random: Random, activity: Activity): boolean {
  let best: { slot: number; weeks: Weeks } | undefined
  let lowest = Number.POSITIVE_INFINITY
  for (let slot = 0; slot < slots.length; slot++) {
    for (const weeks of activity.half ? eitherHalf : wholeOnly) {
      if (!isFree(activity, slot, weeks)) continue
      const price = cost(random, activity, slot)
      if (price < lowest) {
        lowest = price
        best = { slot, weeks }
      }
    }
  }
  if (best) mark(activity, best.slot, best.weeks, true)
  return best !== undefined
}

/** Finds a slot by moving one other activity out of the way. */
function makeRoom(random: Random, activity: Activity, all: readonly Activity[]): boolean {
  const shared = (other: Activity) =>
    other.homerooms.some((busy) => activity.homerooms.includes(busy)) ||
    other.teachers.some((busy) => activity.teachers.includes(busy))
  for (const other of all) {
    const at = other.placed
    if (!at || other.homerooms.length > 1 || !shared(other)) continue
    mark(other, at.slot, at.weeks, false)
    for (const weeks of activity.half ? eitherHalf : wholeOnly) {
      if (!isFree(activity, at.slot, weeks)) continue
      mark(activity, at.slot, weeks, true)
      if (place(random, other)) return true
      mark(activity, at.slot, weeks, false)
    }
    mark(other, at.slot, at.weeks, true)
  }
  return false
}

/** Places the activities, those that bind most people first; returns how many found no slot. */
export function placeAll(random: Random, activities: readonly Activity[]): number {
  const weight = (a: Activity) => a.homerooms.length * 4 + a.teachers.length + (a.half ? 0 : 1)
  const order = [...activities].sort((a, b) => weight(b) - weight(a))
  let missing = 0
  for (const activity of order) {
    if (!place(random, activity) && !makeRoom(random, activity, activities)) missing++
  }
  return missing
}

const places: Record<string, readonly string[]> = {
  sport: ['Gymnase', 'Stade', 'Salle de sport', 'Piscine', 'Dojo', 'Plateau sportif'],
}
const roomNames: Record<string, string> = {
  labo: 'Labo',
  techno: 'Salle techno',
  arts: 'Salle arts',
  musique: 'Salle musique',
  sport: 'Terrain',
}

function roomName(kind: string, i: number): string {
  const prefix = roomNames[kind]
  if (!prefix) return `Salle ${100 * (1 + Math.floor(i / 14)) + (i % 14) + 1}`
  return places[kind]?.[i] ?? `${prefix} ${i + 1}`
}

/** Gives out rooms: the wanted one if it is free, else the first free one; there are as many as are needed. */
export function roomFinder(): (kind: string, wanted: number, slot: number, weeks: Weeks) => string {
  const rooms = new Map<string, Busy[]>()
  return (kind, wanted, slot, weeks) => {
    const list = rooms.get(kind) ?? []
    rooms.set(kind, list)
    while (list.length <= wanted) list.push(newBusy())
    const free = (i: number) => ((list[i]?.[slot] ?? 0) & weeks) === 0
    let i = wanted
    if (!free(i)) for (i = 0; !free(i); ) i++
    if (i === list.length) list.push(newBusy())
    const busy = list[i] as Busy
    busy[slot] = (busy[slot] as number) | weeks
    return roomName(kind, i)
  }
}

/** Room `i` of the ordinary rooms, as a homeroom's own. */
export const ownRoom = (i: number) => roomName('salle', i)
