// Quotas: own values before the school's before the usual ones, to the byte; and hand-ins that nothing full can stop.
import { expect, test } from 'vitest'
import {
  handInReserve,
  obstacleToBytes,
  personQuota,
  schoolQuota,
  type Use,
  usualQuotas,
} from './quota-rules.ts'

const none = { person: null, pupil: null, adult: null, school: null }
const use = (over: Partial<Use> = {}): Use => ({
  pupil: true,
  own: 0,
  toHandIn: 0,
  hasWork: true,
  school: 0,
  quotas: none,
  ...over,
})

test.each([
  [true, {}, usualQuotas.pupil],
  [false, {}, usualQuotas.adult],
  [true, { pupil: 10 }, 10],
  [false, { pupil: 10 }, usualQuotas.adult],
  [false, { adult: 20 }, 20],
  [true, { pupil: 10, person: 5 }, 5],
  [true, { person: 0 }, 0],
])('pupil %s with %o has %d bytes', (pupil, quotas, bytes) => {
  expect(personQuota({ pupil, quotas: { ...none, ...quotas } })).toBe(bytes)
})

test('a school has its own value or the usual one', () => {
  expect(schoolQuota({ quotas: none })).toBe(usualQuotas.school)
  expect(schoolQuota({ quotas: { ...none, school: 7 } })).toBe(7)
})

const full = use({ own: 100, school: 1000, quotas: { ...none, person: 100, school: 1000 } })

test.each([
  ['exactly what is left', use({ own: 90, quotas: { ...none, person: 100 } }), 10, false, 0, null],
  ['a byte more', use({ own: 90, quotas: { ...none, person: 100 } }), 11, false, 0, 'quota.person-full'],
  [
    'what is under way counts',
    use({ own: 90, quotas: { ...none, person: 100 } }),
    5,
    false,
    6,
    'quota.person-full',
  ],
  [
    'the school is full',
    use({ school: 10, quotas: { ...none, school: 10 } }),
    1,
    false,
    0,
    'quota.school-full',
  ],
  ['everything is full', full, 1, false, 0, 'quota.person-full'],
  ['everything is full, but it is for a hand-in', full, handInReserve, true, 0, null],
  [
    'it is said to be for a hand-in, without any work',
    { ...full, hasWork: false },
    1,
    true,
    0,
    'quota.person-full',
  ],
  ['the reserve is full too', { ...full, toHandIn: handInReserve }, 1, true, 0, 'quota.hand-ins-full'],
])('%s', (_what, given, bytes, forHandIn, underWay, code) => {
  expect(obstacleToBytes(given, bytes, forHandIn, underWay)?.code ?? null).toBe(code)
})

test('a refusal says how much is used, how much there is and how much was wanted', () => {
  expect(obstacleToBytes(full, 3, false)?.facts).toEqual({ used: 100, limit: 100, needed: 3 })
})
