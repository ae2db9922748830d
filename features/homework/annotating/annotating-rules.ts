// What may be drawn on a copy, how much of it, and how two versions come together. Pure: the browser draws by the same.
import type { Item, Stroke } from './contract.ts'

/** Points of all strokes on one file: some eight hundred kilobytes, forty pages densely written over. */
export const mostPoints = 60_000
/** Messages that may be spoken about one copy. */
export const mostMessages = 5
/** Seconds of one message. */
export const longestMessage = 300

/** Whether a file can be drawn upon: a PDF, or a photo that a browser shows. */
export function canBeAnnotated(file: { type: string; view?: boolean }): boolean {
  return (
    file.type === 'application/pdf' ||
    file.view === true ||
    /^image\/(png|jpeg|webp|gif|avif)$/.test(file.type)
  )
}

const isStroke = (item: Item): item is Stroke => item.kind === 'pen' || item.kind === 'highlighter'

/** How many points there are in all. */
export function countPoints(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + (isStroke(item) ? item.points.length / 2 : 1), 0)
}

/** The code to refuse with, or null when nothing stands in the way. */
export function obstacleToAnnotations(
  items: readonly Item[],
): 'annotation.too-much' | 'annotation.not-possible' | null {
  if (countPoints(items) > mostPoints) return 'annotation.too-much'
  if (new Set(items.map(({ id }) => id)).size < items.length) return 'annotation.not-possible'
  const whole = items.every(
    (item) =>
      !isStroke(item) ||
      (item.points.length % 2 === 0 &&
        (item.pressures === undefined || item.pressures.length * 2 === item.points.length)),
  )
  return whole ? null : 'annotation.not-possible'
}

const same = (a: Item | undefined, b: Item | undefined) => a === b || JSON.stringify(a) === JSON.stringify(b)

/**
 * Two versions of one drawing brought together, from the one that both began with: what either added is there, what
 * either removed is gone, unless the other has changed it meanwhile; where both changed the same, `mine` stands.
 */
export function merged(base: readonly Item[], mine: readonly Item[], theirs: readonly Item[]): Item[] {
  const was = new Map(base.map((item) => [item.id, item]))
  const own = new Map(mine.map((item) => [item.id, item]))
  const other = new Map(theirs.map((item) => [item.id, item]))
  const chosen = (id: string): Item | undefined => {
    const [before, ours, others] = [was.get(id), own.get(id), other.get(id)]
    if (same(ours, before)) return others
    if (same(others, before)) return ours
    return ours ?? others
  }
  const ids = new Set([...other.keys(), ...own.keys()])
  return [...ids].flatMap((id) => chosen(id) ?? [])
}

/** What several pages left unsent of one drawing, brought together upon the first one's beginning; null of none. */
export function joined<T extends { base: readonly Item[]; items: readonly Item[] }>(
  left: readonly T[],
): T | null {
  const [first, ...others] = left
  if (!first) return null
  const items = others.reduce((own, other) => merged(other.base, other.items, own), first.items)
  return { ...first, items }
}

/** Whether two drawings hold the same. */
export function alike(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i]))
}

/** An item moved by some units. */
export function moved<T extends Item>(item: T, dx: number, dy: number): T {
  if (!isStroke(item)) return { ...item, x: Math.round(item.x + dx), y: Math.round(item.y + dy) }
  const points = item.points.map((at, i) => Math.round(at + (i % 2 === 0 ? dx : dy)))
  return { ...item, points }
}
