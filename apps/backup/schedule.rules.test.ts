// When the next backup begins, as a table: times are those of Paris in winter.
import { expect, test } from 'vitest'
import { isTrialDue, nextBackup } from './schedule.ts'

const plan = { at: '03:00', zone: 'Europe/Paris' }
const paris = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+01:00`)

const table: [what: string, now: string, past: { last?: string; failed?: string }, next: string][] = [
  ['never made: now', '2026-11-24 15:00', {}, '2026-11-24 15:00'],
  ['made last night: tonight', '2026-11-24 15:00', { last: '2026-11-24 03:00' }, '2026-11-25 03:00'],
  ['made by hand at noon: tonight', '2026-11-24 15:00', { last: '2026-11-24 12:00' }, '2026-11-25 03:00'],
  [
    'made by hand in the evening: not again tonight',
    '2026-11-24 23:00',
    { last: '2026-11-24 22:00' },
    '2026-11-26 03:00',
  ],
  ['over a day old: now', '2026-11-24 15:00', { last: '2026-11-23 03:00' }, '2026-11-24 15:00'],
  [
    'over a day old at 7:40: after the morning',
    '2026-11-24 07:40',
    { last: '2026-11-22 03:00' },
    '2026-11-24 09:30',
  ],
  ['never made, at 7:00: after the morning', '2026-11-24 07:00', {}, '2026-11-24 09:30'],
  ['failed: an hour later', '2026-11-24 03:01', { failed: '2026-11-24 03:00' }, '2026-11-24 04:00'],
  [
    'failed at six: after the morning',
    '2026-11-24 06:31',
    { failed: '2026-11-24 06:30' },
    '2026-11-24 09:30',
  ],
  ['failed long ago: now', '2026-11-24 12:00', { failed: '2026-11-24 03:00' }, '2026-11-24 12:00'],
  ['the night when clocks go forward', '2027-03-27 12:00', { last: '2027-03-27 03:00' }, '2027-03-28 02:00'],
]

test.each(table)('%s', (_what, now, { last, failed }, next) => {
  const past = { last: last ? paris(last) : undefined, failed: failed ? paris(failed) : undefined }
  expect(new Date(nextBackup(paris(now), plan, past)).toISOString()).toBe(new Date(paris(next)).toISOString())
})

test('a restore is tried once a week, on the same night', () => {
  const now = paris('2026-11-24 03:05')
  expect(isTrialDue(now, undefined)).toBe(true)
  expect(isTrialDue(now, '2026-11-18T02:10:00Z')).toBe(false)
  expect(isTrialDue(now, '2026-11-17T02:10:00Z')).toBe(true)
})
