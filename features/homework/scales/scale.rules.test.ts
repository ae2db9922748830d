// Marks and scales: what may be written, what it is worth, and what a rubric comes to.
import { describe, expect, test } from 'vitest'
import type { Rubric, Scale } from './contract.ts'
import * as rules from './scale-rules.ts'

const [twenty, lsu, letters] = rules.usualScales as [Scale, Scale, Scale]
const none: Scale = { kind: 'none', title: 'Sans note' }
const halves: Scale = { kind: 'points', title: '0–10', outOf: 10, steps: [0.5] }

test.each<[Scale, string | null, rules.MarkObstacle]>([
  [twenty, '21', 'mark.too-high'],
  [twenty, '20', null],
  [twenty, '0', null],
  [twenty, '15,5', null],
  [twenty, '15.25', null],
  [twenty, '15,1', null],
  [twenty, '15,13', 'mark.too-fine'],
  [twenty, '14/20', null],
  [twenty, '14/10', 'mark.unreadable'],
  [twenty, '-1', 'mark.unreadable'],
  [twenty, 'bien', 'mark.unreadable'],
  [twenty, 'abs', null],
  [twenty, 'Disp.', null],
  [twenty, 'non rendu', null],
  [twenty, null, null],
  [halves, '7,5', null],
  [halves, '7,25', 'mark.too-fine'],
  [letters, 'b', null],
  [letters, 'F', 'mark.no-level'],
  [lsu, '4', null],
  [lsu, '5', 'mark.no-level'],
  [none, '12', 'mark.not-asked'],
  [none, 'abs', null],
  [rules.unmarked.scale, 'A+ 17/20', null],
])('on %j the mark %j: %s', (scale, mark, obstacle) => {
  expect(rules.obstacleToMark(scale, mark)).toBe(obstacle)
})

test.each<[Scale, string | null, number | null]>([
  [twenty, '15', 0.75],
  [twenty, '17/20', 0.85],
  [twenty, 'abs', null],
  [twenty, 'was A', null],
  [letters, 'A', 1],
  [letters, 'e', 0],
  [lsu, '1', 0],
  [none, '3', null],
])('on %j the mark %j is worth %s', (scale, mark, value) => {
  expect(rules.valueOf(scale, mark)).toBe(value)
})

test.each<[Scale, string, number | null]>([
  [twenty, '15,5', 20],
  [halves, '7', 10],
  [twenty, '17/20', null],
  [twenty, 'abs', null],
  [twenty, 'B', null], // Written before the scale changed.
  [letters, 'A', null],
  [none, '3', null],
])('on %j the mark %j counts out of %s', (scale, mark, total) => {
  expect(rules.totalBehind(scale, mark)).toBe(total)
})

test('a level keeps the writing of its scale', () => {
  expect(rules.writtenOn(letters, 'b')).toBe('B')
  expect(rules.writtenOn(letters, 'abs')).toBe('abs')
  expect(rules.writtenOn(twenty, '15,50')).toBe('15,50')
})

test('mean and median leave out those without a mark', () => {
  expect(rules.summaryOf(twenty, ['10', '20', 'abs', undefined, '15'])).toEqual({
    count: 3,
    mean: 0.75,
    median: 0.75,
  })
  expect(rules.summaryOf(twenty, ['10', '20'])?.median).toBe(0.75)
  expect(rules.summaryOf(twenty, ['abs', null])).toBeNull()
  expect(rules.shown(twenty, 0.7125, true)).toBe('14,25')
  expect(rules.shown(letters, 0.8, true)).toBe('B')
})

const twice: Scale = {
  kind: 'levels',
  title: 'x',
  levels: [
    { code: 'A', label: '' },
    { code: 'a', label: '' },
  ],
}
const word: Scale = { ...twice, levels: [twice.levels[0] as never, { code: 'abs', label: '' }] }
test.each<[Scale[], rules.MarkObstacle]>([
  [[twenty, lsu], null],
  [[twenty, twenty], 'scale.title-twice'],
  [[twice], 'scale.level-twice'],
  [[word], 'scale.level-named-as-word'],
])('scales %#: %s', (scales, obstacle) => {
  expect(rules.obstacleToScales(scales)).toBe(obstacle)
})

describe('a rubric', () => {
  const levels = (...points: number[]) => points.map((p) => ({ title: `niveau ${p}`, points: p }))
  const rubric: Rubric = {
    title: 'Exposé',
    criteria: [
      { id: 'a', title: 'Clarté', levels: levels(0, 2, 4) },
      { id: 'b', title: 'Langue', levels: levels(0, 1, 2) },
    ],
  }

  test.each<[Record<string, number>, Scale, string | null]>([
    [{ a: 2, b: 2 }, twenty, '20'],
    [{ a: 1, b: 1 }, twenty, '10'],
    [{ a: 2, b: 0 }, twenty, '13,25'],
    [{ a: 0, b: 0 }, twenty, '0'],
    [{ a: 2 }, twenty, null],
    [{ a: 2, b: 1 }, letters, 'B'],
    [{ a: 2, b: 1 }, none, null],
  ])('filled with %j on %j gives %s', (filled, scale, mark) => {
    expect(rules.markFrom(rubric, filled, scale, true)).toBe(mark)
  })

  test('is filled with levels that there are', () => {
    expect(rules.obstacleToFilling(rubric, { a: 2 })).toBeNull()
    expect(rules.obstacleToFilling(rubric, { a: 3 })).toBe('rubric.level-unknown')
    expect(rules.obstacleToFilling(rubric, { z: 0 })).toBe('rubric.level-unknown')
    expect(rules.obstacleToFilling(null, { a: 0 })).toBe('rubric.level-unknown')
    expect(rules.obstacleToFilling(null, null)).toBeNull()
  })

  test('stays as it was once it was given back, and one may be added', () => {
    const other = { ...rubric, criteria: rubric.criteria.slice(1) }
    expect(rules.obstacleToRubric(rubric, other, true)).toBe('rubric.given-back')
    expect(rules.obstacleToRubric(rubric, null, true)).toBe('rubric.given-back')
    expect(rules.obstacleToRubric(rubric, { ...rubric, title: 'Autre titre' }, true)).toBeNull()
    expect(rules.obstacleToRubric(rubric, other, false)).toBeNull()
    expect(rules.obstacleToRubric(null, rubric, true)).toBeNull()
    const again = { ...rubric, criteria: [rubric.criteria[0] as never, rubric.criteria[0] as never] }
    expect(rules.obstacleToRubric(null, again, false)).toBe('rubric.criterion-twice')
  })

  test('what is complete has its mark and every criterion', () => {
    expect(rules.isComplete({ scale: twenty, rubric }, '12', { a: 0, b: 0 })).toBe(true)
    expect(rules.isComplete({ scale: twenty, rubric }, '12', { a: 0 })).toBe(false)
    expect(rules.isComplete({ scale: twenty, rubric: null }, null, null)).toBe(false)
    expect(rules.isComplete({ scale: none, rubric: null }, null, null)).toBe(true)
    expect(rules.isComplete({ scale: twenty, rubric }, 'abs', null)).toBe(true)
  })
})

test('scales are the same in whichever order their parts come', () => {
  const levels = (code: string): Scale => ({ kind: 'levels', title: 'L', levels: [{ label: '', code }] })
  expect(rules.sameScale(halves, { steps: [0.5], outOf: 10, title: '0–10', kind: 'points' })).toBe(true)
  expect(rules.sameScale(halves, { ...halves, steps: [0.25] } as Scale)).toBe(false)
  expect(
    rules.sameScale(levels('A'), { kind: 'levels', title: 'L', levels: [{ code: 'A', label: '' }] }),
  ).toBe(true)
  expect(rules.sameScale(levels('A'), levels('B'))).toBe(false)
})
