// Lessons of a day: A/B weeks, cancelled, moved within the day and across days; and what stands against a move.
import { expect, test } from 'vitest'
import type { ClassId, PersonId, SlotId } from '#platform/ids'
import { type Change, lessonsBetween, nextDayWithLessons, obstacleToChange, type Slot } from './rules.ts'

const slot = (n: number, over: Partial<Slot> = {}): Slot => ({
  id: `0000000${n}-0000-4000-8000-000000000000` as SlotId,
  classId: 'c' as ClassId,
  teacherId: 't' as PersonId,
  title: 'Français',
  room: '12',
  start: '08:00',
  end: '08:55',
  dates: ['2026-11-24', '2026-12-08'],
  cancelled: [],
  ...over,
})
const change = (over: Partial<Change>): Change => ({
  slotId: slot(1).id,
  onDate: '2026-11-24',
  kind: 'cancelled',
  toDate: null,
  toStart: null,
  toEnd: null,
  toRoom: null,
  note: null,
  ...over,
})
const moved = (toDate: string, toStart = '14:00', toEnd = '14:55') =>
  change({ kind: 'moved', toDate, toStart, toEnd })

const lessonsOn = (slots: Slot[], changes: Change[], date: string) =>
  lessonsBetween(slots, changes, date, date).get(date) ?? []

const shown = (changes: Change[], date: string, slots = [slot(1)]) =>
  lessonsOn(slots, changes, date).map((l) => `${l.start} ${l.status}`)

test.each([
  ['a week in which it takes place', [], '2026-11-24', ['08:00 on']],
  ['the other week', [], '2026-12-01', []],
  ['cancelled', [change({})], '2026-11-24', ['08:00 cancelled']],
  ['another week’s change', [change({ onDate: '2026-12-08' })], '2026-11-24', ['08:00 on']],
  ['moved to the afternoon', [moved('2026-11-24')], '2026-11-24', ['14:00 moved']],
  ['moved away', [moved('2026-11-26')], '2026-11-24', ['08:00 moved-away']],
  ['moved here', [moved('2026-11-26')], '2026-11-26', ['14:00 moved']],
  ['moved onto its own other week', [moved('2026-12-08')], '2026-12-08', ['08:00 on', '14:00 moved']],
  ['a change to a date that is gone', [change({ onDate: '2026-12-01' })], '2026-12-01', []],
])('%s', (_name, changes, date, expected) => {
  expect(shown(changes, date)).toEqual(expected)
})

test('what the calendar cancels is cancelled, until a teacher moves it', () => {
  const slots = [slot(1, { cancelled: ['2026-11-24'] })]
  expect(shown([], '2026-11-24', slots)).toEqual(['08:00 cancelled'])
  expect(shown([moved('2026-11-24')], '2026-11-24', slots)).toEqual(['14:00 moved'])
})

test('a day is in the order of the clock, and says where from and where to', () => {
  const slots = [slot(2, { start: '10:10' }), slot(1)]
  expect(lessonsOn(slots, [], '2026-11-24').map((l) => l.start)).toEqual(['08:00', '10:10'])
  const there = lessonsOn(
    [slot(1)],
    [{ ...moved('2026-11-26'), toRoom: '3', note: 'Salle info' }],
    '2026-11-26',
  )
  expect(there).toMatchObject([
    {
      id: `${slot(1).id}.2026-11-24`,
      room: '3',
      movedFrom: { date: '2026-11-24', start: '08:00' },
      note: 'Salle info',
    },
  ])
})

test('the next school day skips empty days and days on which all is cancelled', () => {
  const next = (changes: Change[], after: string) =>
    nextDayWithLessons(lessonsBetween([slot(1)], changes, '2026-01-01', '2027-12-31'), after)
  expect(next([], '2026-11-24')).toBe('2026-12-08')
  expect(next([change({})], '2026-11-20')).toBe('2026-12-08')
  expect(next([moved('2026-11-26')], '2026-11-20')).toBe('2026-11-26')
  expect(next([], '2026-12-08')).toBe(null)
  expect(next([], '2026-09-01')).toBe(null)
})

const now = Date.parse('2026-11-24T06:50:00Z')
const to = (toStart: string, toEnd: string, toDate = '2026-11-24') =>
  ({ kind: 'moved', toDate, toStart, toEnd }) as const
const busy = (id: string, teacher: string, classId: string) => ({
  id,
  classId: classId as ClassId,
  teacherId: teacher as PersonId,
  start: '09:00',
  end: '09:55',
})

test.each([
  ['free', to('10:00', '10:55'), null],
  ['next to another', to('09:55', '10:50'), null],
  ['cancelling never clashes', { kind: 'cancelled' } as const, null],
  ['backwards', to('11:00', '10:00'), 'lesson.ends-before-it-starts'],
  ['yesterday', to('10:00', '11:00', '2026-11-23'), 'lesson.moved-to-the-past'],
  ['ten minutes ago', to('07:40', '08:30'), 'lesson.moved-to-the-past'],
  ['by sixty days', to('10:00', '10:55', '2027-01-23'), null],
  ['by sixty-one', to('10:00', '10:55', '2027-01-24'), 'lesson.moved-too-far'],
  ['ten minutes ahead, in Paris', to('08:00', '08:30'), null],
  ['into the teacher’s other lesson', to('09:30', '10:20'), 'lesson.teacher-is-busy'],
])('moving %s', (_name, wish, expected) => {
  const lesson = { id: 'a', onDate: '2026-11-24', teacherId: 't' as PersonId }
  expect(
    obstacleToChange(lesson, wish, [busy('b', 't', 'x'), busy('a', 't', 'c')], now, 'Europe/Paris'),
  ).toBe(expected)
})

test('a class that shares pupils is busy; the lesson itself is not in its own way', () => {
  const lesson = { id: 'a', onDate: '2026-11-24', teacherId: 't' as PersonId }
  const why = (others: ReturnType<typeof busy>[]) =>
    obstacleToChange(lesson, to('09:00', '09:55'), others, now, 'Europe/Paris')
  expect(why([busy('b', 'u', 'c')])).toBe('lesson.class-is-busy')
  expect(why([busy('a', 't', 'c')])).toBe(null)
})
