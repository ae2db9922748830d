// When the morning is, as a table: the wall clock of the zone decides, also when clocks have changed.
import { expect, test } from 'vitest'
import { isMorning } from './calendar.ts'

test.each([
  ['2026-11-24T05:59:59Z', 'Europe/Paris', false],
  ['2026-11-24T06:00:00Z', 'Europe/Paris', true],
  ['2026-11-24T08:29:59Z', 'Europe/Paris', true],
  ['2026-11-24T08:30:00Z', 'Europe/Paris', false],
  ['2026-06-24T05:00:00Z', 'Europe/Paris', true],
  ['2026-06-24T07:30:00Z', 'Europe/Paris', false],
  ['2026-11-24T06:30:00Z', 'Indian/Reunion', false],
  ['2026-11-24T04:00:00Z', 'Indian/Reunion', true],
  ['2026-11-24T12:00:00Z', 'America/Guadeloupe', true],
])('%s in %s: %s', (at, zone, is) => {
  expect(isMorning(Date.parse(at), zone)).toBe(is)
})
