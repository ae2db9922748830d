// Which backups stay, as tables.
import { expect, test } from 'vitest'
import { dispensable, readKeep } from './retention.ts'

const now = Date.parse('2026-11-24T02:00:00Z')
const day = 86_400_000
/** A backup each night at three in Paris, `count` of them, the newest now; named by how many nights ago. */
const nights = (count: number) =>
  Array.from({ length: count }, (_, ago) => ({ id: String(ago), at: now - ago * day, whole: true }))
const kept = (keep: { days: number; weeks: number; months: number }, backups = nights(400)) => {
  const gone = new Set(dispensable(backups, keep, now, 'Europe/Paris'))
  return backups.filter(({ id }) => !gone.has(id)).map(({ id }) => id)
}

test('days', () => {
  expect(kept({ days: 3, weeks: 0, months: 0 })).toEqual(['0', '1', '2'])
})

test('weeks: the newest of each, from Monday to Sunday', () => {
  // 24 November 2026 is a Tuesday: Sunday was two nights ago.
  expect(kept({ days: 0, weeks: 3, months: 0 })).toEqual(['0', '2', '9'])
})

test('months: the last night of each', () => {
  expect(kept({ days: 0, weeks: 0, months: 3 })).toEqual(['0', '24', '55'])
})

test('together, each for itself', () => {
  expect(kept({ days: 2, weeks: 2, months: 2 })).toEqual(['0', '1', '2', '24'])
})

test('what is younger than a day stays, and the newest of all however old', () => {
  const today = [1, 2, 3].map((hours) => ({ id: `${hours}`, at: now - hours * 3_600_000, whole: true }))
  expect(kept({ days: 1, weeks: 0, months: 0 }, today)).toEqual(['1', '2', '3'])
  expect(kept({ days: 1, weeks: 0, months: 0 }, [{ id: 'old', at: now - 900 * day, whole: true }])).toEqual([
    'old',
  ])
})

test('backups that lack files do not push out the last one that has them all', () => {
  const lacking = nights(10).map((backup, ago) => ({ ...backup, whole: ago === 8 }))
  expect(kept({ days: 2, weeks: 0, months: 0 }, lacking)).toEqual(['0', '1', '8'])
})

test.each([
  ['7d,5w,12m', { days: 7, weeks: 5, months: 12 }],
  ['30d', { days: 30, weeks: 0, months: 0 }],
  [' 1m , 2d ', { days: 2, weeks: 0, months: 1 }],
])('"%s" is read', (text, keep) => {
  expect(readKeep(text, 'X')).toEqual(keep)
})

test.each(['', '0d', '7', '7d;5w', '-1d', '7y', 'd', '99999d'])('"%s" is refused', (text) => {
  expect(() => readKeep(text, 'PREAU_BACKUP_KEEP')).toThrow(/PREAU_BACKUP_KEEP is ".*such as 7d,5w,12m/)
})
