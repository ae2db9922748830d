// Finds a sheet of paper in a photo, as a proposal: paper is the large bright thing in the middle.
import { areaOf, isSheet, ordered, type Pixels, type Point, type Quad } from './geometry-rules.ts'

/** Photos are looked at in about this many pixels on their longer side. */
export const lookAt = 240

/** Corners a little within the picture, for when nothing is found: in parts of its width and height, 0 to 1. */
export const aroundAll: Quad = [
  { x: 0.04, y: 0.04 },
  { x: 0.96, y: 0.04 },
  { x: 0.96, y: 0.96 },
  { x: 0.04, y: 0.96 },
]

/** Brightness of each pixel, less what is coloured: paper is bright and grey, wood is neither. */
function paperness({ width, height, data }: Pixels): Uint8Array {
  const light = new Uint8Array(width * height)
  for (let i = 0; i < light.length; i++) {
    const [r = 0, g = 0, b = 0] = data.subarray(i * 4, i * 4 + 3)
    const most = Math.max(r, g, b)
    light[i] = Math.max(0, 0.3 * r + 0.59 * g + 0.11 * b - 0.35 * (most - Math.min(r, g, b)))
  }
  return light
}

/** The threshold that parts bright from dark best (N. Otsu, 1979). */
export function thresholdOf(light: Uint8Array): number {
  const counts = new Array<number>(256).fill(0)
  for (const value of light) counts[value] = (counts[value] ?? 0) + 1
  const total = counts.reduce((sum, n, value) => sum + n * value, 0)
  let [best, threshold, below, sumBelow] = [-1, 127, 0, 0]
  for (let value = 0; value < 256; value++) {
    const n = counts[value] ?? 0
    below += n
    sumBelow += n * value
    const above = light.length - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2
    if (between > best) [best, threshold] = [between, value]
  }
  return threshold
}

/** The largest connected bright part, as its pixels' positions. */
function largestPart(bright: Uint8Array, width: number): number[] {
  const seen = new Uint8Array(bright.length)
  let largest: number[] = []
  for (let start = 0; start < bright.length; start++) {
    if (!bright[start] || seen[start]) continue
    const part = [start]
    seen[start] = 1
    for (let i = 0; i < part.length; i++) {
      const at = part[i] as number
      const x = at % width
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= bright.length || seen[next] || !bright[next]) continue
        seen[next] = 1
        part.push(next)
      }
    }
    if (part.length > largest.length) largest = part
  }
  return largest
}

/** The convex hull (A. Andrew's monotone chain, 1979). */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  const turn = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  const half = (list: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** Four corners of a hull: again and again the one goes whose triangle with its neighbours is the smallest. */
function fourOf(hull: readonly Point[]): Point[] {
  const left = [...hull]
  while (left.length > 4) {
    const sizes = left.map((corner, i) => {
      const [before, after] = [left.at(i - 1) as Point, left[(i + 1) % left.length] as Point]
      return Math.abs(areaOf([before, corner, after]))
    })
    left.splice(sizes.indexOf(Math.min(...sizes)), 1)
  }
  return left
}

/**
 * The corners of the sheet in a small picture, in parts of its width and height; null when nothing looks like one: too
 * small, as large as the picture, or no quadrilateral.
 */
export function findSheet(picture: Pixels): Quad | null {
  const { width, height } = picture
  const light = paperness(picture)
  const threshold = thresholdOf(light)
  const part = largestPart(
    light.map((value) => (value > threshold ? 1 : 0)),
    width,
  )
  const all = width * height
  if (part.length < all * 0.12) return null
  const points = part.map((at) => ({ x: at % width, y: Math.floor(at / width) }))
  const four = fourOf(hullOf(points))
  if (four.length < 4) return null
  const area = Math.abs(areaOf(four))
  // What it holds fills it: a window or a hand beside the sheet would leave gaps.
  if (area > all * 0.97 || part.length < area * 0.75) return null
  const quad = ordered(four.map(({ x, y }) => ({ x: x / (width - 1), y: y / (height - 1) })))
  return isSheet(quad) ? quad : null
}
