// School years and terms.
import { expect, test } from 'vitest'
import { daysOf, schoolYearAt, termOf } from './history-rules.ts'

test.each([
  ['2026-08-01', 2026],
  ['2026-11-24', 2026],
  ['2027-07-31', 2026],
  ['2027-08-01', 2027],
])('%s is in the school year %s', (day, year) => {
  expect(schoolYearAt(day)).toBe(year)
  const { from, to } = daysOf(year)
  expect(from <= day && day <= to).toBe(true)
})

const year = { title: '2026', from: '2026-09-01', to: '2027-07-03' }
const first = { title: 'T1', from: '2026-09-01', to: '2026-11-27' }
test.each([
  ['2026-09-01', first],
  ['2026-11-27', first],
  ['2026-11-28', year],
  ['2026-08-30', null],
])('%s is in %j', (day, term) => {
  expect(termOf([year, first], day)).toEqual(term)
})
