// Lines as they are drawn: thinned out, smoothed, of a width that follows the pressure, and found again under a finger.
import type { Colour, Item, Note, Stamp, Stroke } from './contract.ts'

/** What each colour is on paper, as sRGB. */
export const inks: Readonly<Record<Colour, string>> = {
  red: '#c62121',
  blue: '#1f4fbf',
  green: '#19773a',
  yellow: '#f2c200',
  ink: '#1d2430',
}

/** How much of the page shows through a highlighter, 0 to 1. */
export const highlighterOpacity = 0.38

function distanceToSegment(points: readonly number[], at: number, from: number, to: number): number {
  const [x, y] = [points[at * 2] ?? 0, points[at * 2 + 1] ?? 0]
  return distance(x, y, points, from, to)
}

function distance(x: number, y: number, points: readonly number[], from: number, to: number): number {
  const [ax, ay] = [points[from * 2] ?? 0, points[from * 2 + 1] ?? 0]
  const [dx, dy] = [(points[to * 2] ?? 0) - ax, (points[to * 2 + 1] ?? 0) - ay]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

/**
 * Which points of a line to keep (x, y, x, y …) so that no other is further than `tolerance` from what is left: the
 * algorithm of Ramer (1972) and of Douglas and Peucker (1973), without recursion.
 */
export function kept(points: readonly number[], tolerance: number): number[] {
  const count = points.length / 2
  if (count <= 2) return Array.from({ length: count }, (_, i) => i)
  const keep = new Set([0, count - 1])
  const spans: [number, number][] = [[0, count - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let [farthest, far] = [-1, tolerance]
    for (let i = from + 1; i < to; i++) {
      const away = distanceToSegment(points, i, from, to)
      if (away > far) [farthest, far] = [i, away]
    }
    if (farthest < 0) continue
    keep.add(farthest)
    spans.push([from, farthest], [farthest, to])
  }
  return [...keep].sort((a, b) => a - b)
}

// The algorithm's time grows with the square of a line that trembles all the way: long ones are thinned piece by piece.
const piece = 400
const mostKept = 4_000

function keptPiecewise(points: readonly number[], tolerance: number): number[] {
  const count = points.length / 2
  const chosen: number[] = []
  for (let from = 0; from < count; from += piece) {
    const part = points.slice(from * 2, Math.min(count, from + piece + 1) * 2)
    for (const i of kept(part, tolerance)) if (chosen.at(-1) !== from + i) chosen.push(from + i)
  }
  return chosen
}

/** A line with only the points that it needs, in whole units; never longer than a contract takes. */
export function simplified(stroke: Stroke, tolerance = 6): Stroke {
  const needed = keptPiecewise(stroke.points, tolerance)
  const every = Math.ceil(needed.length / mostKept)
  const chosen = needed.filter((_, i) => i % every === 0)
  const points = chosen.flatMap((i) => [
    Math.round(stroke.points[i * 2] ?? 0),
    Math.round(stroke.points[i * 2 + 1] ?? 0),
  ])
  const { pressures, ...rest } = stroke
  if (!pressures) return { ...rest, points }
  return { ...rest, points, pressures: chosen.map((i) => Math.round(pressures[i] ?? 50)) }
}

export type Run = { width: number; points: number[] }

const steps = 6

/** The width of a line under a pressure of 0 to 100: from half to one and a half of its own, in six steps. */
function widthAt(width: number, pressure: number): number {
  return Math.round(width * (0.5 + Math.round((pressure / 100) * steps) / steps))
}

/** A stroke as lines of one width each, which meet: one for a mouse, several for a pen that feels pressure. */
export function runsOf({ points, pressures, width }: Stroke): Run[] {
  if (!pressures || points.length < 4) return [{ width, points }]
  const runs: Run[] = []
  for (let i = 1; i * 2 < points.length; i++) {
    const wide = widthAt(width, ((pressures[i - 1] ?? 50) + (pressures[i] ?? 50)) / 2)
    const [x, y] = [points[i * 2] ?? 0, points[i * 2 + 1] ?? 0]
    const last = runs.at(-1)
    if (last?.width === wide) last.points.push(x, y)
    else runs.push({ width: wide, points: [points[i * 2 - 2] ?? 0, points[i * 2 - 1] ?? 0, x, y] })
  }
  return runs
}

/** A line as the `d` of an SVG path, its corners rounded off by way of the middles between points. */
export function pathOf(points: readonly number[]): string {
  const [x = 0, y = 0] = points
  // A dot is a line of no length with round ends.
  if (points.length < 4) return `M${x} ${y}L${x + 1} ${y}`
  let path = `M${x} ${y}`
  for (let i = 2; i + 3 < points.length; i += 2) {
    const [cx, cy] = [points[i] ?? 0, points[i + 1] ?? 0]
    const [nx, ny] = [points[i + 2] ?? 0, points[i + 3] ?? 0]
    path += `Q${cx} ${cy} ${Math.round((cx + nx) / 2)} ${Math.round((cy + ny) / 2)}`
  }
  return `${path}L${points.at(-2)} ${points.at(-1)}`
}

/** A tick or a cross as the `d` of an SVG path, around its middle. */
export function stampPath({ kind, x, y, size }: Pick<Stamp, 'kind' | 'x' | 'y' | 'size'>): string {
  const at = (dx: number, dy: number) => `${Math.round(x + dx * size)} ${Math.round(y + dy * size)}`
  if (kind === 'tick') return `M${at(-0.42, 0.05)}L${at(-0.12, 0.36)}L${at(0.45, -0.4)}`
  return `M${at(-0.36, -0.36)}L${at(0.36, 0.36)}M${at(0.36, -0.36)}L${at(-0.36, 0.36)}`
}

/** How thick a stamp is drawn. */
export const stampWidth = (size: number): number => Math.round(size * 0.14)

/** A note's lines, and how far each is below the one before. */
export function linesOf({ text }: Pick<Note, 'text'>): string[] {
  return text.split('\n')
}
export const lineHeight = 1.25

export type Box = { x: number; y: number; width: number; height: number }

/** The rectangle that holds an item, in page units; of a note, by a guess of its letters' width. */
export function boxOf(item: Item): Box {
  if (item.kind === 'text') {
    const lines = linesOf(item)
    const longest = Math.max(...lines.map((line) => line.length), 1)
    return {
      x: item.x,
      y: item.y,
      width: longest * item.size * 0.55,
      height: lines.length * item.size * lineHeight,
    }
  }
  if (!('points' in item))
    return { x: item.x - item.size / 2, y: item.y - item.size / 2, width: item.size, height: item.size }
  const xs = item.points.filter((_, i) => i % 2 === 0)
  const ys = item.points.filter((_, i) => i % 2 === 1)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** Whether a point lies on an item, or nearer than `reach` to it. */
export function touches(item: Item, x: number, y: number, reach: number): boolean {
  const box = boxOf(item)
  const wide = 'points' in item ? item.width / 2 : 0
  const far = reach + wide
  if (x < box.x - far || y < box.y - far || x > box.x + box.width + far || y > box.y + box.height + far)
    return false
  if (!('points' in item)) return true
  const last = Math.max(1, item.points.length / 2 - 1)
  for (let i = 0; i < last; i++) if (distance(x, y, item.points, i, i + 1) <= far) return true
  return Math.hypot(x - (item.points[0] ?? 0), y - (item.points[1] ?? 0)) <= far
}
