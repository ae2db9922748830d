// The offered due dates, and the way from date and hour to an instant and back.
import { expect, test } from 'vitest'
import { dueInstant, dueParts, offersFor } from './due.ts'

const zone = 'Europe/Paris'
const sundayNight = Date.parse('2026-11-22T23:30:00Z') // Monday already, in Paris

test('the next lesson comes first, else tomorrow evening; days are the school’s', () => {
  const next = { date: '2026-11-26', time: '09:00' }
  expect(offersFor(sundayNight, zone, next).map((o) => [o.kind, o.date, o.time])).toEqual([
    ['lesson', '2026-11-26', '09:00'],
    ['tomorrow', '2026-11-24', '18:00'],
    ['week', '2026-11-30', '18:00'],
  ])
  expect(offersFor(sundayNight, zone, null)[0]).toMatchObject({ kind: 'tomorrow', date: '2026-11-24' })
})

test('date and hour become an instant of the school’s zone, and come back the same', () => {
  expect(dueInstant({ date: '2026-11-24', time: '18:00' }, zone)).toBe('2026-11-24T17:00:00.000Z')
  expect(dueInstant({ date: '2026-07-01', time: '18:00' }, zone)).toBe('2026-07-01T16:00:00.000Z')
  expect(dueParts('2026-11-24T17:00:00.000Z', zone)).toEqual({ date: '2026-11-24', time: '18:00' })
})

test('a missing part makes no instant', () => {
  expect(dueInstant({ date: '', time: '18:00' }, zone)).toBeNull()
  expect(dueInstant({ date: '2026-11-24', time: '' }, zone)).toBeNull()
})
