// Absences as tables: how long they may be, which lessons they touch, what stands against a cover.
import { expect, test } from 'vitest'
import type { ClassId, PersonId, SlotId } from '#platform/ids'
import { type Cover, lessonsBetween, type Slot } from '../rules.ts'
import { bySuitability, clashesOf, isAwayAt, obstacleToAbsence, obstacleToCover } from './rules.ts'

const day = '2026-11-24'
test.each([
  ['a day', { date: day }, { date: day }, null],
  ['hours', { date: day, time: '10:00' }, { date: day, time: '12:00' }, null],
  ['from an hour to the end of a later day', { date: day, time: '10:00' }, { date: '2026-11-30' }, null],
  ['backwards', { date: day }, { date: '2026-11-23' }, 'absence.ends-before-it-starts'],
  [
    'no time at all',
    { date: day, time: '10:00' },
    { date: day, time: '10:00' },
    'absence.ends-before-it-starts',
  ],
  ['two years', { date: day }, { date: '2028-11-24' }, 'absence.too-long'],
])('an absence of %s', (_case, from, to, expected) => {
  expect(obstacleToAbsence({ from, to })).toBe(expected)
})

const slot: Slot = {
  id: 'slot' as SlotId,
  classId: '3B' as ClassId,
  teacherId: 'diallo' as PersonId,
  title: 'Français',
  room: '112',
  start: '08:00',
  end: '08:55',
  dates: ['2026-10-23', '2026-10-26', day],
  cancelled: ['2026-10-26'],
}
const cover = (over: Partial<Cover> = {}): Cover => ({
  slotId: slot.id,
  onDate: day,
  kind: 'teacher',
  teacherId: 'benali' as PersonId,
  teacher: 'Karim Benali',
  subject: null,
  room: null,
  start: null,
  end: null,
  note: null,
  ...over,
})
const on = (
  date: string,
  away: [from: string, to: string][],
  covers: Cover[] = [],
  changes: Parameters<typeof lessonsBetween>[1] = [],
) =>
  lessonsBetween([slot], changes, date, date, {
    away: away.map(([from, to]) => ({ slotId: slot.id, from, to })),
    covers,
  }).get(date)?.[0]

const all: [string, string] = [`${day}T00:00`, `${day}T24:00`]
test('a lesson of an absent teacher is off; a cover counts only while its teacher is absent', () => {
  expect(on(day, [])).toMatchObject({ status: 'on' })
  expect(on(day, [], [cover()])?.cover).toBeUndefined()
  expect(on(day, [all])).toMatchObject({ status: 'cancelled', absent: true })
  expect(on(day, [all], [cover({ room: 'CDI' })])).toMatchObject({ status: 'on', absent: true, room: 'CDI' })
  expect(on(day, [all], [cover({ kind: 'home', teacherId: null })])).toMatchObject({ status: 'cancelled' })
  expect(on(day, [all], [cover({ start: '09:00', end: '09:55' })])).toMatchObject({
    status: 'moved',
    start: '09:00',
    movedFrom: { date: day, start: '08:00' },
    planned: { start: '08:00', end: '08:55' },
  })
})

test.each([
  ['ends as the lesson begins', [`${day}T07:00`, `${day}T08:00`], 'on'],
  ['begins as it ends', [`${day}T08:55`, `${day}T10:00`], 'on'],
  ['overlaps by a minute', [`${day}T08:54`, `${day}T10:00`], 'cancelled'],
  ['began last week', ['2026-11-19T13:00', `${day}T24:00`], 'cancelled'],
])('an absence that %s', (_case, span, status) => {
  expect(on(day, [span as [string, string]])?.status).toBe(status)
})

test('across the week’s end and the change of the clock the wall clock counts', () => {
  // 25 October 2026 has twenty-five hours in France.
  expect(on('2026-10-23', [['2026-10-23T08:30', '2026-10-26T09:00']])?.status).toBe('cancelled')
  expect(
    on('2026-10-26', [['2026-10-23T08:30', '2026-10-26T09:00']])?.absent,
    'the calendar cancels it',
  ).toBe(undefined)
})

test('a lesson that was moved is absent where it is held, and a cancelled one stays cancelled', () => {
  const moved = {
    slotId: slot.id,
    onDate: day,
    kind: 'moved',
    toDate: day,
    toStart: '14:00',
    toEnd: '14:55',
    toRoom: null,
    note: null,
  }
  const morning: [string, string] = [`${day}T00:00`, `${day}T12:00`]
  expect(on(day, [morning], [], [moved])).toMatchObject({ status: 'moved' })
  expect(on(day, [all], [], [moved])).toMatchObject({ status: 'cancelled', absent: true, start: '14:00' })
  const cancelled = on(day, [all], [cover()], [{ ...moved, kind: 'cancelled' }])
  expect(cancelled?.status).toBe('cancelled')
  expect(cancelled?.cover).toBeUndefined()
})

const wanted = {
  id: 'a',
  teacherId: 'benali' as PersonId,
  room: '112',
  start: '08:00',
  end: '08:55',
  otherTime: false,
}
const other = {
  id: 'b',
  classId: '3A' as ClassId,
  teacherId: 'x' as PersonId,
  room: '204',
  start: '08:30',
  end: '09:25',
}
test.each([
  ['nothing', {}, {}, []],
  ['the teacher teaches', { teacherId: 'benali' }, {}, ['cover.teacher-is-busy']],
  ['the room is taken, however it is written', { room: ' 112 ' }, {}, ['cover.room-is-taken']],
  ['another time, and pupils are elsewhere', {}, { otherTime: true }, ['cover.class-is-busy']],
  ['a lesson that only touches', { teacherId: 'benali', start: '08:55' }, {}, []],
  ['itself', { id: 'a', teacherId: 'benali' }, {}, []],
])('against a cover: %s', (_case, over, wish, expected) => {
  const lessons = [{ ...other, ...over } as typeof other]
  const sharing = new Set(['3A' as ClassId])
  expect(clashesOf({ ...wanted, ...wish }, { lessons, sharing, away: new Set() })).toEqual(expected)
})

test('who is away cannot cover, and a teacher must be named', () => {
  const away = new Set(['benali' as PersonId])
  expect(clashesOf(wanted, { lessons: [], sharing: new Set(), away })).toEqual(['cover.teacher-is-absent'])
  expect(obstacleToCover({ kind: 'teacher' }, slot)).toBe('cover.teacher-missing')
  expect(obstacleToCover({ kind: 'study' }, slot)).toBeNull()
  expect(obstacleToCover({ kind: 'study', start: '09:00', end: '08:00' }, slot)).toBe(
    'lesson.ends-before-it-starts',
  )
})

test('who is free comes first, then who knows the class', () => {
  const of = (name: string, free: boolean, ofClass: boolean, ofSubject: boolean) => ({
    name,
    free,
    ofClass,
    ofSubject,
  })
  const list = [
    of('d', false, true, true),
    of('c', true, false, false),
    of('b', true, false, true),
    of('a', true, true, false),
  ]
  expect(list.sort(bySuitability).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
})

const next = '2026-11-25'
test.each([
  ['the whole day', { date: day }, { date: day }, true],
  ['another day', { date: next }, { date: next }, false],
  ['days around it', { date: '2026-11-20' }, { date: next }, true],
  ['until the lesson begins', { date: day }, { date: day, time: '08:00' }, false],
  ['until a minute after', { date: day }, { date: day, time: '08:01' }, true],
  ['from when it ends', { date: day, time: '08:55' }, { date: day }, false],
  ['from a minute before', { date: day, time: '08:54' }, { date: day }, true],
  ['some minutes of it', { date: day, time: '08:10' }, { date: day, time: '08:20' }, true],
  ['since yesterday afternoon', { date: '2026-11-23', time: '14:00' }, { date: day }, true],
  ['until midnight of the day before', { date: '2026-11-20' }, { date: '2026-11-23' }, false],
])('away %s', (_case, from, to, away) => {
  expect(isAwayAt({ from, to }, day, '08:00', '08:55')).toBe(away)
})
