// Lines thinned out, versions brought together, limits: tables.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  alike,
  canBeAnnotated,
  joined,
  merged,
  mostPoints,
  moved,
  obstacleToAnnotations,
} from './annotating-rules.ts'
import type { Item, Note, Stroke } from './contract.ts'
import { boxOf, kept, pathOf, runsOf, simplified, stampPath, touches } from './stroke-rules.ts'

const stroke = (over: Partial<Stroke> = {}): Stroke => ({
  id: 'aaaaaaaa',
  page: 1,
  colour: 'red',
  kind: 'pen',
  width: 40,
  points: [0, 0, 100, 0],
  ...over,
})
const note = (id: string, text = 'Bien'): Note => ({
  id: id.padEnd(8, '0'),
  page: 1,
  colour: 'red',
  kind: 'text',
  x: 0,
  y: 0,
  size: 200,
  text,
})

test.each<[string, number[], number, number[]]>([
  ['a straight line keeps its ends', [0, 0, 10, 0, 20, 0, 30, 0], 1, [0, 3]],
  ['a corner stays', [0, 0, 50, 0, 50, 50], 5, [0, 1, 2]],
  ['what trembles less than the tolerance goes', [0, 0, 10, 3, 20, -3, 30, 0], 5, [0, 3]],
  ['and stays when it is more', [0, 0, 10, 8, 20, -8, 30, 0], 5, [0, 1, 2, 3]],
  ['a line that comes back to where it began', [0, 0, 100, 0, 0, 0], 5, [0, 1, 2]],
  ['one point', [7, 7], 5, [0]],
])('%s', (_, points, tolerance, expected) => {
  expect(kept(points, tolerance)).toEqual(expected)
})

test('no point of a line is further than the tolerance from what is kept of it', () => {
  const coordinate = fc.integer({ min: 0, max: 10_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 60 }), (pairs) => {
      const points = pairs.flat()
      const { points: left } = simplified(stroke({ points }), 20)
      const line = { ...stroke({ points: left }), width: 0 } as Stroke
      return pairs.every(([x, y]) => touches(line, x, y, 20.001))
    }),
  )
})

test('pressures stay with their points', () => {
  const thin = simplified(stroke({ points: [0, 0, 10, 0, 20, 0, 20, 90], pressures: [10, 20, 30, 40] }))
  expect(thin.points).toEqual([0, 0, 20, 0, 20, 90])
  expect(thin.pressures).toEqual([10, 30, 40])
})

test('a stroke of many thousand points ends within what a contract takes', () => {
  const points = Array.from({ length: 30_000 }, (_, i) => (i % 2 ? (i % 4 === 1 ? 0 : 900) : i))
  expect(simplified(stroke({ points })).points.length).toBeLessThanOrEqual(8_000)
})

test('runs of one width meet', () => {
  const runs = runsOf(stroke({ points: [0, 0, 10, 0, 20, 0, 30, 0], pressures: [0, 0, 100, 100] }))
  expect(runs.map(({ points }) => points)).toEqual([
    [0, 0, 10, 0],
    [10, 0, 20, 0],
    [20, 0, 30, 0],
  ])
  expect(runs[0]?.width).toBeLessThan(runs[2]?.width ?? 0)
  expect(runsOf(stroke())).toEqual([{ width: 40, points: [0, 0, 100, 0] }])
})

test.each([
  [[5, 5], 'M5 5L6 5'],
  [[0, 0, 10, 10], 'M0 0L10 10'],
  [[0, 0, 10, 0, 10, 10], 'M0 0Q10 0 10 5L10 10'],
])('the path of %j', (points, path) => {
  expect(pathOf(points)).toBe(path)
})

test('a stamp is drawn around its middle', () => {
  expect(stampPath({ kind: 'cross', x: 100, y: 100, size: 100 })).toBe('M64 64L136 136M136 64L64 136')
})

test.each<[string, Item, number, number, boolean]>([
  ['on a stroke', stroke(), 50, 15, true],
  ['beside it', stroke(), 50, 60, false],
  ['beyond its end', stroke(), 180, 0, false],
  [
    'within the angle of a stroke, not on it',
    stroke({ points: [0, 0, 1000, 0, 1000, 1000] }),
    300,
    600,
    false,
  ],
  ['on a note', note('a'), 100, 100, true],
  ['below a note', note('a'), 100, 900, false],
])('a finger %s', (_, item, x, y, expected) => {
  expect(touches(item, x, y, 10)).toBe(expected)
})

test('what is moved is what it was, elsewhere', () => {
  expect(moved(stroke(), 5, 7).points).toEqual([5, 7, 105, 7])
  expect(boxOf(moved(note('a'), 5, 7))).toEqual({ ...boxOf(note('a')), x: 5, y: 7 })
})

const ids = (items: readonly Item[]) => items.map((i) => i.id[0]).join('')

test.each<[string, Item[], Item[], Item[], string]>([
  ['both added', [], [note('a')], [note('b')], 'ba'],
  ['one removed', [note('a'), note('b')], [note('b')], [note('a'), note('b')], 'b'],
  ['the other removed', [note('a')], [note('a'), note('b')], [], 'b'],
  ['one removed what the other changed', [note('a')], [], [note('a', 'Très bien')], 'a'],
  ['one changed what the other removed', [note('a')], [note('a', 'Très bien')], [], 'a'],
  ['both removed', [note('a')], [], [], ''],
])('two versions: %s', (_, base, mine, theirs, expected) => {
  expect(ids(merged(base, mine, theirs))).toBe(expected)
})

test('where both changed the same, one’s own stands; where only the other did, theirs', () => {
  const text = (items: Item[]) => (items[0] as Note).text
  expect(text(merged([note('a')], [note('a', 'un')], [note('a', 'deux')]))).toBe('un')
  expect(text(merged([note('a')], [note('a')], [note('a', 'deux')]))).toBe('deux')
})

test('nothing that either added is ever lost', () => {
  const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
  fc.assert(
    fc.property(some, some, some, (base, mine, theirs) => {
      const items = (list: string[]) => list.map((id) => note(id))
      const result = merged(items(base), items(mine), items(theirs)).map((i) => i.id[0])
      const added = [...mine, ...theirs].filter((id) => !base.includes(id))
      return added.every((id) => result.includes(id)) && new Set(result).size === result.length
    }),
  )
})

test.each<[string, Item[], string | null]>([
  ['nothing', [], null],
  ['one stroke', [stroke()], null],
  ['the same id twice', [stroke(), stroke()], 'annotation.not-possible'],
  ['half a point', [stroke({ points: [1, 2, 3] })], 'annotation.not-possible'],
  ['too few pressures', [stroke({ pressures: [1] })], 'annotation.not-possible'],
  [
    'too much of it',
    Array.from({ length: 16 }, (_, i) =>
      stroke({ id: `s${i}`.padEnd(8, '0'), points: Array(8_000).fill(1) }),
    ),
    'annotation.too-much',
  ],
])('limits: %s', (_, items, code) => {
  expect(obstacleToAnnotations(items)).toBe(code)
  expect(mostPoints).toBeLessThan(64_000)
})

test.each([
  ['application/pdf', false, true],
  ['image/jpeg', false, true],
  ['image/heic', true, true],
  ['image/heic', false, false],
  ['image/svg+xml', false, false],
  ['text/plain', false, false],
])('%s with an upright view (%s) can be drawn upon: %s', (type, view, expected) => {
  expect(canBeAnnotated({ type, view })).toBe(expected)
})

test('alike tells a change', () => {
  expect(alike([note('a')], [note('a')])).toBe(true)
  expect(alike([note('a')], [note('a', 'x')])).toBe(false)
})

test('what several tabs left of one drawing comes together, whatever each began with', () => {
  const [a, b, c, d] = [note('a'), note('b'), note('c'), note('d')]
  const first = { version: 1, base: [a], items: [a, b] }
  expect(joined([])).toBeNull()
  expect(joined([first])).toEqual(first)
  const second = { version: 2, base: [a, c], items: [c, d] }
  const both = joined([first, second])
  expect(both).toMatchObject({ version: 1, base: [a] })
  const ids = (items: readonly Item[]) => items.map(({ id }) => id[0]).toSorted()
  expect(ids(both?.items ?? [])).toEqual(['b', 'd'])
  expect(ids(merged(both?.base ?? [], both?.items ?? [], [a, c])), 'what the server has stays').toEqual([
    'b',
    'c',
    'd',
  ])
})
