// How long a part that ended stays away.
import { expect, test } from 'vitest'
import { nextPause } from './keep.ts'

test('at once at first, more patiently while it keeps failing, anew once it was well', () => {
  expect(nextPause(0, 5)).toBe(100)
  expect(nextPause(100, 5)).toBe(200)
  expect(nextPause(8000, 5)).toBe(10_000)
  expect(nextPause(10_000, 5)).toBe(10_000)
  expect(nextPause(10_000, 60_000)).toBe(100)
})
