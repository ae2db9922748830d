// A sheet of paper seen at an angle, and how it is straightened: corners, proportions, and the projective map between.

export type Point = { x: number; y: number }
/** Corners in the order upper left, upper right, lower right, lower left. */
export type Quad = readonly [Point, Point, Point, Point]
/** Pixels as a canvas gives them: red, green, blue, alpha. */
export type Pixels = { width: number; height: number; data: Uint8ClampedArray }

/** A4, by its longer side (ISO 216). */
export const a4 = Math.SQRT2

const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/** The corners in their order, whichever they came in: around their middle, from the one nearest to the upper left. */
export function ordered(corners: readonly Point[]): Quad {
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
    y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
  }
  const angle = ({ x, y }: Point) => Math.atan2(y - middle.y, x - middle.x)
  const around = [...corners].sort((a, b) => angle(a) - angle(b))
  const sum = ({ x, y }: Point) => x + y
  const first = around.reduce((best, corner, i) => (sum(corner) < sum(around[best] as Point) ? i : best), 0)
  return [0, 1, 2, 3].map((i) => around[(first + i) % 4]) as unknown as Quad
}

/** Twice the area of a polygon is positive when its corners turn as ours do. */
export function areaOf(corners: readonly Point[]): number {
  return (
    corners.reduce((sum, { x, y }, i) => {
      const next = corners[(i + 1) % corners.length] as Point
      return sum + x * next.y - next.x * y
    }, 0) / 2
  )
}

/** Whether four corners make a sheet: all its angles turn the same way, and it is no sliver. */
export function isSheet(quad: Quad): boolean {
  const turns = quad.map((corner, i) => {
    const [a, b] = [quad[(i + 1) % 4] as Point, quad[(i + 2) % 4] as Point]
    return (a.x - corner.x) * (b.y - a.y) - (a.y - corner.y) * (b.x - a.x)
  })
  return turns.every((turn) => turn > 0) && areaOf(quad) > 0.02
}

/**
 * How large the straightened sheet is, at most `longest` pixels: by its sides' middle lengths; what is nearly A4 is taken
 * for A4, upright or lying, since a photo at an angle shortens one side.
 */
export function sheetSize(quad: Quad, longest: number): { width: number; height: number } {
  const [tl, tr, br, bl] = quad
  const wide = (apart(tl, tr) + apart(bl, br)) / 2
  const high = (apart(tl, bl) + apart(tr, br)) / 2
  const ratio = Math.max(wide, high) / Math.max(1, Math.min(wide, high))
  const kept = ratio > 1.18 && ratio < 1.7 ? a4 : ratio
  const long = Math.round(Math.min(longest, Math.max(wide, high)))
  const short = Math.max(1, Math.round(long / kept))
  return high >= wide ? { width: short, height: long } : { width: long, height: short }
}

/** Nine numbers of a projective map, row by row. */
export type Homography = readonly number[]

/**
 * The projective map that takes the corners of a rectangle (0 to width, 0 to height) to those of a quadrilateral, in
 * closed form (P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, §2.2.3).
 */
export function mapTo(quad: Quad, width: number, height: number): Homography {
  const [a, b, c, d] = quad
  const [dx1, dx2, sx] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x]
  const [dy1, dy2, sy] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y]
  const det = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / det
  const h = (dx1 * sy - sx * dy1) / det
  return [
    (b.x - a.x + g * b.x) / width,
    (d.x - a.x + h * d.x) / height,
    a.x,
    (b.y - a.y + g * b.y) / width,
    (d.y - a.y + h * d.y) / height,
    a.y,
    g / width,
    h / height,
    1,
  ]
}

/** Where a map takes a point. */
export function mapped(m: Homography, x: number, y: number): Point {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = m
  const w = g * x + h * y + 1
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
}

/** The part of a picture within a quadrilateral (in its pixels), straightened, each pixel from its four neighbours. */
export function straightened(source: Pixels, quad: Quad, size: { width: number; height: number }): Pixels {
  const { width, height } = size
  const m = mapTo(quad, width, height)
  const data = new Uint8ClampedArray(width * height * 4)
  const [right, bottom] = [source.width - 1, source.height - 1]
  const from = source.data
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const at = mapped(m, x + 0.5, y + 0.5)
      const sx = Math.min(right, Math.max(0, at.x - 0.5))
      const sy = Math.min(bottom, Math.max(0, at.y - 0.5))
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)]
      const [fx, fy] = [sx - x0, sy - y0]
      const upper = (y0 * source.width + x0) * 4
      const lower = y0 < bottom ? upper + source.width * 4 : upper
      const next = x0 < right ? 4 : 0
      for (let i = 0; i < 3; i++) {
        const top = (from[upper + i] ?? 0) * (1 - fx) + (from[upper + next + i] ?? 0) * fx
        const low = (from[lower + i] ?? 0) * (1 - fx) + (from[lower + next + i] ?? 0) * fx
        data[to + i] = top * (1 - fy) + low * fy
      }
      data[to + 3] = 255
    }
  }
  return { width, height, data }
}
