// What a filter of the grid leaves: rows and columns with at least one such place.
import { expect, test } from 'vitest'
import type { Column } from '../cells.ts'
import { isSought, seenBy } from './sight.ts'

test.each([
  ['all', 'none', undefined, true],
  ['to-mark', 'to-read', undefined, true],
  ['to-mark', 'saved', { complete: false }, true],
  ['to-mark', 'saved', { complete: true }, false],
  ['to-mark', 'late', undefined, false],
  ['to-mark', 'back', undefined, false],
  ['missing', 'late', undefined, true],
  ['missing', 'to-read', undefined, false],
  ['missing', 'not-for', undefined, false],
] as const)('%s: %s %o is sought: %s', (sight, kind, cell, sought) => {
  expect(isSought(sight, kind, cell)).toBe(sought)
})

test('what has nothing of it is left out', () => {
  const homework = ['a', 'b'].map((id) => ({ id }) as unknown as Column)
  const seen = seenBy(homework, [{ id: 'x' }, { id: 'y' }], ({ id }, pupil) => id === 'a' && pupil === 'y')
  expect([...seen.homework]).toEqual(['a'])
  expect([...seen.pupils]).toEqual(['y'])
})
