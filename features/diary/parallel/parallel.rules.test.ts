// Which lessons match which, as tables.
import { expect, test } from 'vitest'
import { byNearness, proposals, sameLevel, sameSubject } from './rules.ts'

test.each([
  ['Mathématiques', 'MATHEMATIQUES ', true],
  ['Français', 'Latin', false],
])('%s and %s', (a, b, expected) => {
  expect(sameSubject(a, b)).toBe(expected)
})

test.each([
  ['3e A', '3E B, groupe 1', true],
  ['3e A', '4e A', false],
  ['2nde 5', '2nde 12', true],
])('%s and %s are of one level: %s', (a, b, expected) => {
  expect(sameLevel(a, b)).toBe(expected)
})

const place = (lessonId: string, date: string, over = {}) => ({
  lessonId,
  classId: '3B',
  date,
  start: '08:00',
  sameLevel: true,
  written: false,
  ...over,
})

test('the nearest comes first, of two as near the later one', () => {
  const list = [place('far', '2026-11-20'), place('before', '2026-11-23'), place('after', '2026-11-25')]
  expect(list.sort(byNearness({ date: '2026-11-24' })).map((l) => l.lessonId)).toEqual([
    'after',
    'before',
    'far',
  ])
})

test('no lesson twice, in the order of time, none that is written or of another level', () => {
  const lessons = [
    place('1', '2026-11-24'),
    place('2', '2026-11-26', { written: true }),
    place('3', '2026-11-27'),
    place('4e', '2026-11-24', { classId: '4A', sameLevel: false }),
  ]
  const sources = ['2026-11-24', '2026-11-25', '2026-11-26'].map((date) => ({ date, lessons }))
  expect(proposals(sources)).toEqual([['1'], ['3'], []])
})

test('a class that has it already is proposed nothing more of it', () => {
  const lessons = [place('b', '2026-11-24'), place('c', '2026-11-25', { classId: '3C' })]
  expect(proposals([{ date: '2026-11-24', lessons, carried: new Set(['3B']) }])).toEqual([['c']])
})
