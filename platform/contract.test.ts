// What every contract counts on: a day is a day of the calendar.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { Day } from './contract.ts'

test.each([
  ['2026-11-24', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-99-99', false],
  ['0000-00-00', false],
  ['0001-01-01', false],
  ['9999-12-31', false],
  ['24/11/2026', false],
])('%s: %s', (week, is) => {
  expect(Compile(Type.Object({ week: Day })).Check({ week })).toBe(is)
})
