// Sheets found and straightened, paper made white, PDFs written: on pictures made of numbers.
import { expect, test } from 'vitest'
import { cleaned } from './cleaning-rules.ts'
import { findSheet, hullOf, thresholdOf } from './edges-rules.ts'
import {
  isSheet,
  mapped,
  mapTo,
  ordered,
  type Pixels,
  type Point,
  type Quad,
  sheetSize,
  straightened,
} from './geometry-rules.ts'
import { pdfOf, placed } from './pdf-rules.ts'

const quad = (...xy: number[]): Quad =>
  [0, 1, 2, 3].map((i) => ({ x: xy[i * 2] ?? 0, y: xy[i * 2 + 1] ?? 0 })) as unknown as Quad

/** A picture whose pixels a function of their place says, in grey or in colours. */
function picture(width: number, height: number, at: (x: number, y: number) => number | number[]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = at(x, y)
      data.set([...(typeof value === 'number' ? [value, value, value] : value), 255], (y * width + x) * 4)
    }
  return { width, height, data }
}
function inside(sheet: Quad, x: number, y: number): boolean {
  return sheet.every((a, i) => {
    const b = sheet[(i + 1) % 4] as Point
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
  })
}

test.each([
  ['a rectangle', quad(10, 20, 110, 20, 110, 220, 10, 220)],
  ['a sheet from the side', quad(30, 40, 190, 60, 230, 260, 5, 240)],
  ['a sheet on its corner', quad(100, 0, 200, 100, 100, 200, 0, 100)],
])('the map of %s takes corners to corners', (_, corners) => {
  const m = mapTo(corners, 300, 400)
  const taken = [mapped(m, 0, 0), mapped(m, 300, 0), mapped(m, 300, 400), mapped(m, 0, 400)]
  for (const [i, { x, y }] of taken.entries()) {
    expect(x).toBeCloseTo(corners[i]?.x ?? Number.NaN, 6)
    expect(y).toBeCloseTo(corners[i]?.y ?? Number.NaN, 6)
  }
})

test('a projective map keeps lines straight: the diagonals meet where they do', () => {
  const corners = quad(0, 0, 100, 0, 80, 60, 20, 60)
  const { x, y } = mapped(mapTo(corners, 10, 10), 5, 5)
  // Of a trapezium 100 and 60 wide, 60 high, the diagonals cross at 100 / 160 of its height.
  expect(x).toBeCloseTo(50)
  expect(y).toBeCloseTo(37.5)
})

test('corners in any order come into theirs', () => {
  const right = quad(10, 20, 110, 25, 120, 220, 5, 200)
  expect(ordered([right[2], right[0], right[3], right[1]])).toEqual(right)
})

test.each([
  ['a sheet', quad(0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9), true],
  ['crossed corners', quad(0.1, 0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.9), false],
  ['a dent', quad(0.1, 0.1, 0.9, 0.1, 0.3, 0.3, 0.1, 0.9), false],
  ['a sliver', quad(0.1, 0.1, 0.9, 0.1, 0.9, 0.11, 0.1, 0.11), false],
])('%s is a sheet: %s', (_, corners, expected) => {
  expect(isSheet(corners)).toBe(expected)
})

test.each([
  ['nearly A4 is A4', quad(0, 0, 700, 0, 700, 940, 0, 940), 2000, { width: 665, height: 940 }],
  ['lying', quad(0, 0, 940, 0, 940, 700, 0, 700), 2000, { width: 940, height: 665 }],
  ['a square stays one', quad(0, 0, 500, 0, 500, 500, 0, 500), 2000, { width: 500, height: 500 }],
  ['a till receipt stays long', quad(0, 0, 200, 0, 200, 900, 0, 900), 2000, { width: 200, height: 900 }],
  [
    'never longer than asked for',
    quad(0, 0, 3000, 0, 3000, 4200, 0, 4200),
    1754,
    { width: 1240, height: 1754 },
  ],
])('the size of a sheet: %s', (_, corners, longest, size) => {
  expect(sheetSize(corners, longest)).toEqual(size)
})

test.each([
  ['upright', quad(40, 30, 160, 30, 160, 210, 40, 210)],
  ['turned', quad(60, 25, 170, 45, 140, 215, 30, 195)],
  ['from the side', quad(60, 40, 140, 40, 180, 210, 20, 210)],
])('a sheet on a table is found: %s', (_, corners) => {
  const photo = picture(200, 240, (x, y) => (inside(corners, x, y) ? [225, 222, 214] : [95, 64, 38]))
  const found = findSheet(photo)
  for (const [i, { x, y }] of (found ?? []).entries()) {
    expect(Math.hypot(x * 199 - (corners[i]?.x ?? 0), y * 239 - (corners[i]?.y ?? 0))).toBeLessThan(5)
  }
  expect(found).not.toBeNull()
})

test.each<[string, Pixels]>([
  ['a table without a sheet', picture(120, 160, () => [95, 64, 38])],
  ['a sheet that fills the picture', picture(120, 160, () => 230)],
  ['a small note', picture(120, 160, (x, y) => (x > 50 && x < 70 && y > 70 && y < 90 ? 230 : 60))],
  ['noise', picture(120, 160, (x, y) => (x * 7919 + y * 104_729) % 256)],
])('nothing is proposed for %s', (_, photo) => {
  expect(findSheet(photo)).toBeNull()
})

test('the threshold lies between dark and bright; a hull holds all points', () => {
  const threshold = thresholdOf(Uint8Array.from([10, 12, 11, 200, 205, 210]))
  expect(threshold).toBeGreaterThanOrEqual(12)
  expect(threshold).toBeLessThan(200)
  const points = [0, 1, 2, 3, 4].flatMap((x) => [0, 1, 2].map((y) => ({ x, y })))
  expect(hullOf(points)).toHaveLength(4)
})

test('what is straightened holds its quarters where they were', () => {
  const corners = quad(20, 10, 90, 20, 80, 110, 10, 100)
  const back = mapTo(corners, 40, 40)
  // Each quarter of the sheet has its own grey; drawn by asking which point of the sheet is seen where.
  const sheet = picture(100, 120, () => 0)
  for (let v = 0; v < 40; v += 0.1)
    for (let u = 0; u < 40; u += 0.1) {
      const { x, y } = mapped(back, u, v)
      const grey = (u < 20 ? 40 : 120) + (v < 20 ? 0 : 60)
      sheet.data.set([grey, grey, grey, 255], (Math.round(y) * 100 + Math.round(x)) * 4)
    }
  const flat = straightened(sheet, corners, { width: 40, height: 40 })
  const at = (x: number, y: number) => flat.data[(y * 40 + x) * 4]
  expect([at(10, 10), at(30, 10), at(10, 30), at(30, 30)]).toEqual([40, 120, 100, 180])
})

test('paper in a shadow becomes white, and writing stays dark', () => {
  // Light falls from 240 on the left to 120 on the right; every twelfth row is written.
  const light = (x: number) => 240 - (x / 720) * 120
  const page = picture(720, 120, (x, y) => light(x) * (y % 12 === 0 && x % 3 ? 0.35 : 1))
  const clean = cleaned({ ...page, data: page.data.slice() }, 'grey')
  const grey = (x: number, y: number) => clean.data[(y * 720 + x) * 4] ?? 0
  for (const x of [10, 361, 700]) {
    expect(grey(x, 6), `paper at ${x}`).toBeGreaterThan(235)
    expect(grey(x, 12), `ink at ${x}`).toBeLessThan(110)
  }
  expect(cleaned(page, 'photo').data[0]).toBe(240)
})

test('a cleaned page keeps its colours, or not', () => {
  const page = () => picture(96, 96, (_, y) => (y % 16 < 2 ? [190, 40, 40] : [220, 215, 200]))
  const red = (look: 'colour' | 'grey') =>
    [...cleaned(page(), look).data.slice(0, 3)] as [number, number, number]
  const [r, g] = red('colour')
  expect(r - g).toBeGreaterThan(80)
  expect(new Set(red('grey')).size).toBe(1)
})

test('a picture stands in the middle of its sheet, as large as it can', () => {
  const upright = placed({ width: 1240, height: 1754 })
  expect(upright.sheet.height).toBeGreaterThan(upright.sheet.width)
  expect(upright.x).toBeGreaterThanOrEqual(0)
  expect(upright.x).toBeLessThan(1)
  const square = placed({ width: 100, height: 100 })
  expect(square.y).toBeCloseTo((841.89 - 595.28) / 2)
  expect(placed({ width: 200, height: 100 }).sheet.width).toBeGreaterThan(800)
})

test('every object of a PDF is where its table says', () => {
  const jpeg = Uint8Array.of(255, 216, 1, 2, 3, 255, 217)
  const bytes = pdfOf([
    { jpeg, width: 10, height: 14 },
    { jpeg, width: 14, height: 10 },
  ])
  const text = String.fromCharCode(...bytes)
  const places = [...text.matchAll(/(\d{10}) 00000 n/g)].map(([, place]) => Number(place))
  expect(places).toHaveLength(8)
  for (const [i, place] of places.entries()) expect(text.slice(place)).toMatch(new RegExp(`^${i + 1} 0 obj`))
  expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref/)
  expect(text).toContain('/Count 2')
})
