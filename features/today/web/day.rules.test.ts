// Tables of what the page says at each moment of a school day.
import { expect, test } from 'vitest'
import type { HomeworkId } from '#platform/ids'
import type { SheetLesson, SheetWork } from '../contract.ts'
import { concerning, dueList, momentOf, timeline, withOwn } from './day.ts'
import { daysWithOwn } from './week.ts'

const lesson = (start: string, end: string, more: Partial<SheetLesson> = {}): SheetLesson => ({
  id: `x.${start}`,
  start,
  end,
  subject: 'Français',
  status: 'on',
  ...more,
})
const day = [
  lesson('08:00', '08:55'),
  lesson('09:00', '09:55', { status: 'cancelled' }),
  lesson('10:10', '11:05'),
  lesson('13:30', '14:25', { status: 'moved' }),
]

test.each([
  ['07:40', { kind: 'before', wait: 20 }],
  ['08:00', { kind: 'during', left: 55, share: 0 }],
  ['08:54', { kind: 'during', left: 1 }],
  ['08:55', { kind: 'pause', wait: 75 }],
  ['09:30', { kind: 'pause', wait: 40 }],
  ['13:30', { kind: 'during', left: 55 }],
  ['14:25', { kind: 'over' }],
])('at %s', (time, expected) => {
  expect(momentOf(day, time)).toMatchObject(expected)
})

test('a day on which all is cancelled has no lessons', () => {
  expect(momentOf([lesson('08:00', '09:00', { status: 'cancelled' })], '08:10')).toEqual({ kind: 'none' })
})

test('the list shows the break and the lunch, not the five minutes between lessons', () => {
  const kinds = timeline(day, '10:30').map((e) =>
    e.kind === 'pause' ? (e.lunch ? 'lunch' : 'pause') : e.lesson.start,
  )
  expect(kinds).toEqual(['08:00', '09:00', 'pause', '10:10', 'lunch', '13:30'])
})

test('what is tagged with another group does not concern me', () => {
  const list = [lesson('08:00', '09:00', { group: { key: 'a', title: 'A' } }), lesson('09:00', '10:00')]
  expect(concerning(list, ['b'], false)).toEqual([list[1]])
  expect(concerning(list, ['a'], false)).toEqual(list)
  expect(concerning(list, undefined, false)).toEqual([list[1]])
  expect(concerning(list, undefined, true)).toEqual(list)
})

const work = (id: string, dueAt: string): SheetWork => ({
  id: id as HomeworkId,
  subject: 'SVT',
  title: id,
  setOn: '2026-11-20',
  dueAt,
  handIn: true,
  documents: 0,
})

test('open work comes first, what should have been handed in is late, done stays below', () => {
  const now = Date.parse('2026-11-24T09:00:00Z')
  const list = [
    work('done', '2026-11-24T10:00:00Z'),
    work('late', '2026-11-24T07:00:00Z'),
    { ...work('reading', '2026-11-24T08:00:00Z'), handIn: false },
    work('soon', '2026-11-24T17:00:00Z'),
    work('far', '2026-11-30T07:00:00Z'),
  ]
  const states = [{ homeworkId: 'done' as HomeworkId, state: 'handed-in' as const }]
  expect(dueList(list, states, now).map((d) => [d.work.title, d.state, d.soon])).toEqual([
    ['late', 'late', true],
    ['reading', 'to-do', true],
    ['soon', 'to-do', true],
    ['far', 'to-do', false],
    ['done', 'handed-in', false],
  ])
})

test('what is one pupil’s own takes the place of the class’s, from the day on', () => {
  const work = (id: string, dueAt: string) => ({ id, dueAt }) as SheetWork
  const sheet = [work('all', '2026-11-26T07:00:00Z'), work('more time', '2026-11-25T07:00:00Z')]
  const own = [
    work('more time', '2026-11-30T07:00:00Z'),
    work('alone', '2026-11-24T07:00:00Z'),
    work('past', '2026-11-23T22:30:00Z'),
  ]
  const zone = 'Europe/Paris'
  const shown = withOwn(sheet, own, '2026-11-24', zone).map(({ id, dueAt }) => `${id} ${dueAt.slice(8, 10)}`)
  expect(shown).toEqual(['all 26', 'more time 30', 'alone 24'])
  expect(withOwn(sheet, undefined, '2026-11-24', zone)).toBe(sheet)

  const days = [{ date: '2026-11-25', lessons: [], work: [sheet[1] as SheetWork] }]
  const week = daysWithOwn(days, own, '2026-11-23', zone)
  expect(week.map((day) => [day.date, day.work.map(({ id }) => id)])).toEqual([
    ['2026-11-23', ['past']],
    ['2026-11-24', ['alone']],
    ['2026-11-25', []],
  ])
})
