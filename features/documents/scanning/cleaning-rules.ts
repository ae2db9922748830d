// Makes paper white: the shadow of a hand or a lamp is taken out, and what is written gets its contrast.
import type { Pixels } from './geometry-rules.ts'

/** What a page looks like: as photographed, cleaned in its colours, or cleaned in grey. */
export const looks = ['photo', 'colour', 'grey'] as const
export type Look = (typeof looks)[number]

const cell = 24

/** The light of the paper in each cell of a coarse grid: what is bright there, writing left aside. */
function lightOf(
  { width, height, data }: Pixels,
  channel: number,
): { grid: Float32Array; columns: number; rows: number } {
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil(height / cell)
  const raw = new Float32Array(columns * rows)
  const values: number[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      values.length = 0
      for (let y = row * cell; y < Math.min(height, (row + 1) * cell); y += 3)
        for (let x = column * cell; x < Math.min(width, (column + 1) * cell); x += 3)
          values.push(data[(y * width + x) * 4 + channel] ?? 0)
      values.sort((a, b) => a - b)
      raw[row * columns + column] = values[Math.floor(values.length * 0.85)] ?? 255
    }
  return { grid: spread(raw, columns, rows), columns, rows }
}

/** Each cell as the mean of the brighter ones around it, so that a drawing does not count as a shadow. */
function spread(raw: Float32Array, columns: number, rows: number): Float32Array {
  const smooth = new Float32Array(raw.length)
  const around = 3
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const near: number[] = []
      for (let y = Math.max(0, row - around); y <= Math.min(rows - 1, row + around); y++)
        for (let x = Math.max(0, column - around); x <= Math.min(columns - 1, column + around); x++)
          near.push(raw[y * columns + x] ?? 0)
      near.sort((a, b) => b - a)
      const best = near.slice(0, Math.ceil(near.length / 2))
      smooth[row * columns + column] = best.reduce((sum, value) => sum + value, 0) / best.length
    }
  return smooth
}

/** Brightness by its share of the paper's own, 0 to 1 and a little more, as it is printed: paper white, ink dark. */
const curve = Uint8ClampedArray.from({ length: 512 }, (_, i) => {
  const share = i / 400
  return 255 * Math.min(1, Math.max(0, (share - 0.18) / 0.72)) ** 1.15
})

/** Cleans a page in its place. */
export function cleaned(page: Pixels, look: Look): Pixels {
  if (look === 'photo') return page
  const { width, height, data } = page
  const lights = [0, 1, 2].map((channel) => lightOf(page, channel))
  const { columns = 1, rows = 1 } = lights[0] ?? {}
  for (let y = 0; y < height; y++) {
    const gy = Math.min(rows - 1, Math.max(0, y / cell - 0.5))
    const y0 = Math.floor(gy)
    const y1 = Math.min(rows - 1, y0 + 1)
    for (let x = 0; x < width; x++) {
      const gx = Math.min(columns - 1, Math.max(0, x / cell - 0.5))
      const x0 = Math.floor(gx)
      const x1 = Math.min(columns - 1, x0 + 1)
      const at = (y * width + x) * 4
      for (let i = 0; i < 3; i++) {
        const grid = lights[i]?.grid as Float32Array
        const upper =
          (grid[y0 * columns + x0] ?? 0) * (1 - gx + x0) + (grid[y0 * columns + x1] ?? 0) * (gx - x0)
        const lower =
          (grid[y1 * columns + x0] ?? 0) * (1 - gx + x0) + (grid[y1 * columns + x1] ?? 0) * (gx - x0)
        const light = Math.max(30, upper * (1 - gy + y0) + lower * (gy - y0))
        data[at + i] = curve[Math.min(511, Math.round(((data[at + i] ?? 0) / light) * 400))] ?? 255
      }
      if (look === 'grey') {
        const grey = 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0)
        data[at] = data[at + 1] = data[at + 2] = grey
      }
    }
  }
  return page
}
