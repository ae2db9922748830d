// When a class is at a distance, day by day.
import { expect, test } from 'vitest'
import type { ClassId } from '#platform/ids'
import { obstacleToPeriod, type Period, remoteOn, remoteTold, stateOf } from './remote-rules.ts'

const [a, b] = ['a', 'b'] as ClassId[]
const period = (over: Partial<Period> = {}): Period => ({
  from: '2026-11-25',
  to: '2026-11-27',
  classes: null,
  word: 'Neige',
  endedOn: null,
  ...over,
})
const told = { from: '2026-11-25', to: '2026-11-27', word: 'Neige' }

test.each<[string, Period, ClassId | null, string, object | null]>([
  ['the day before', period(), a as ClassId, '2026-11-24', null],
  ['the first day', period(), a as ClassId, '2026-11-25', told],
  ['the last day counts', period(), a as ClassId, '2026-11-27', told],
  ['the day after', period(), a as ClassId, '2026-11-28', null],
  ['the school as a whole', period(), null, '2026-11-26', told],
  ['one class', period({ classes: [a as ClassId] }), a as ClassId, '2026-11-26', told],
  ['another class', period({ classes: [a as ClassId] }), b as ClassId, '2026-11-26', null],
  ['the school, when only a class is', period({ classes: [a as ClassId] }), null, '2026-11-26', null],
  ['ended on its second day', period({ endedOn: '2026-11-26' }), a as ClassId, '2026-11-26', null],
  [
    'its first day stands',
    period({ endedOn: '2026-11-26' }),
    a as ClassId,
    '2026-11-25',
    { ...told, to: '2026-11-25' },
  ],
  ['taken back', period({ endedOn: '2026-11-25' }), a as ClassId, '2026-11-25', null],
])('%s', (_, one, of, day, expected) => {
  expect(remoteOn([one], of, day)).toEqual(expected)
})

test('a page tells a week ahead, and no further', () => {
  expect(remoteTold([period()], null, '2026-11-18')).toEqual(told)
  expect(remoteTold([period()], null, '2026-11-17')).toBeNull()
})

test.each<[string, Partial<Period>, string, string]>([
  ['before', {}, '2026-11-24', 'planned'],
  ['during', {}, '2026-11-25', 'on'],
  ['after', {}, '2026-11-28', 'over'],
  ['ended early', { endedOn: '2026-11-26' }, '2026-11-26', 'over'],
  ['taken back', { endedOn: '2026-11-25' }, '2026-11-24', 'taken-back'],
])('%s', (_, over, today, state) => {
  expect(stateOf(period(over), today)).toBe(state)
})

test.each<[string, Partial<Period>, Period[], string | null]>([
  ['from today', { from: '2026-11-24' }, [], null],
  ['yesterday', { from: '2026-11-23' }, [], 'remote.in-the-past'],
  ['backwards', { to: '2026-11-24' }, [], 'remote.ends-before-it-starts'],
  ['a whole year', { to: '2027-11-24' }, [], 'remote.too-long'],
  ['twice', {}, [period()], 'remote.overlaps'],
  ['a class in a closed school', { classes: [a as ClassId] }, [period()], 'remote.overlaps'],
  ['two classes', { classes: [a as ClassId] }, [period({ classes: [b as ClassId] })], null],
  ['after one that was ended', {}, [period({ endedOn: '2026-11-25' })], null],
])('planning: %s', (_, wish, others, obstacle) => {
  expect(obstacleToPeriod(period(wish), others, '2026-11-24')).toBe(obstacle)
})
