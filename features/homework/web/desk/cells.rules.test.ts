// The desk's cells, counts, window and keys.
import { expect, test } from 'vitest'
import {
  type Cell,
  type Column,
  cellKey,
  countsOf,
  kindOf,
  nextToRead,
  spotAfter,
  windowOf,
} from './cells.ts'

import { chosenAfter } from './choice.ts'

const due = '2026-11-24T17:00:00.000Z'
const before = Date.parse(due) - 1
const after = Date.parse(due) + 1
const copy: Column = { id: 'h' as Column['id'], title: 'Lettre', dueAt: due, handIn: true, mine: true }
const exercise: Column = { ...copy, handIn: false }
const cell = (facts: Partial<Cell>): Cell => ({
  pupilId: 'p' as Cell['pupilId'],
  homeworkId: copy.id,
  state: 'to-do',
  ...facts,
})

test.each([
  [undefined, copy, before, 'none'],
  [undefined, copy, after, 'late'],
  [undefined, exercise, after, 'none'],
  [cell({ state: 'done' }), exercise, after, 'done'],
  [cell({ state: 'handed-in', late: true }), copy, after, 'to-read'],
  [cell({ state: 'handed-in', saved: true, mark: '14' }), copy, after, 'saved'],
  [cell({ state: 'to-do', saved: true }), copy, after, 'saved'],
  [cell({ state: 'given-back', mark: '14' }), copy, after, 'back'],
] as const)('%j of %j at %i is %s', (what, homework, now, kind) => {
  expect(kindOf(what, homework, now)).toBe(kind)
})

test('a column is counted over all pupils, those without a cell included', () => {
  const pupils = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  const cells = new Map([
    [cellKey('a', 'h'), cell({ state: 'handed-in' })],
    [cellKey('b', 'h'), cell({ state: 'handed-in', saved: true })],
    [cellKey('c', 'h'), cell({ state: 'given-back' })],
  ])
  expect(countsOf(copy, pupils, cells, after)).toEqual({
    of: 4,
    toRead: 1,
    saved: 1,
    came: 3,
    missing: 1,
    back: 1,
  })
})

test('a column counts those who have it, each by their own date', () => {
  const pupils = ['a', 'b', 'c'].map((id) => ({ id }))
  const some = { ...copy, pupils: ['a', 'b'] as unknown as Column['pupils'] }
  const later = new Date(after + 1).toISOString()
  const own = (id: string) => (id === 'b' ? later : undefined)
  expect(countsOf(some, pupils, new Map(), after)).toMatchObject({ of: 2, missing: 2 })
  expect(countsOf(some, pupils, new Map(), after, own)).toMatchObject({ of: 2, missing: 1 })
})

test('the window holds what is seen and a little more, never past the ends', () => {
  expect(windowOf(0, 800, 100, 120)).toEqual({ from: 0, to: 12 })
  expect(windowOf(5_050, 800, 100, 120)).toEqual({ from: 44, to: 63 })
  expect(windowOf(11_200, 800, 100, 120)).toEqual({ from: 108, to: 120 })
  expect(windowOf(0, 800, 100, 3)).toEqual({ from: 0, to: 3 })
  expect(windowOf(0, 0, 100, 0)).toEqual({ from: 0, to: 0 })
})

test.each([
  ['ArrowRight', false, { row: 2, col: 4 }],
  ['ArrowLeft', false, { row: 2, col: 2 }],
  ['ArrowUp', false, { row: 1, col: 3 }],
  ['PageDown', false, { row: 5, col: 3 }],
  ['PageUp', false, { row: 0, col: 3 }],
  ['Home', false, { row: 2, col: 0 }],
  ['End', true, { row: 5, col: 4 }],
  ['Enter', false, null],
] as const)('%s (far: %s) leads to %j', (key, far, to) => {
  expect(spotAfter(key, far, { row: 2, col: 3 }, { rows: 5, cols: 5 })).toEqual(to)
})

test('the next copy to read is looked for round the end of the list, and is never the one in hand', () => {
  const pupils = ['a', 'b', 'c'].map((id) => ({ id }))
  expect(nextToRead(pupils, 'b', (id) => id === 'a')).toBe('a')
  expect(nextToRead(pupils, 'b', (id) => id === 'b')).toBeNull()
  expect(nextToRead(pupils, null, () => true)).toBe('a')
})

test('a place is turned over, a span is added, and only what is ready is chosen', () => {
  const pupils = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  const ready = (i: number) => i !== 1
  const one = chosenAfter(null, 'h', pupils, { from: 0, to: 0 }, ready)
  expect([...(one?.pupils ?? [])]).toEqual(['a'])
  expect(chosenAfter(one, 'h', pupils, { from: 0, to: 0 }, ready)).toBeNull()
  const more = chosenAfter(one, 'h', pupils, { from: 3, to: 0 }, ready)
  expect([...(more?.pupils ?? [])].sort()).toEqual(['a', 'c', 'd'])
  expect(chosenAfter(null, 'h', pupils, { from: 1, to: 1 }, ready)).toBeNull()
  const other = chosenAfter(more, 'other', pupils, { from: 2, to: 2 }, ready)
  expect(other).toEqual({ homeworkId: 'other', pupils: new Set(['c']) })
})
