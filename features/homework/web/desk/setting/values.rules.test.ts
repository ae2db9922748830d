// What the form sends, for one class and for several.
import { describe, expect, test } from 'vitest'
import type { Setting } from '../../../setting/contract.ts'
import { daysAround, draftOf, newValues, obstacleOf, setOf, type Values, valuesOf } from './values.ts'

const zone = 'Europe/Paris'
const now = Date.parse('2026-11-24T06:50:00Z')
const due = { date: '2026-11-26', time: '08:00' }
const fresh = (over: Partial<Values> = {}): Values => ({
  ...newValues(now, zone, due, ''),
  title: ' Lire ',
  ...over,
})
const later = { later: true, publish: { date: '2026-11-25', time: '07:30' } }

test('the frequent case sends what it always did', () => {
  expect(draftOf(fresh(), zone, ['f'])).toEqual({
    ...{ title: 'Lire', body: '', dueAt: '2026-11-26T07:00:00.000Z', handIn: true, attachments: ['f'] },
  })
})

test('the rest is sent when it is wanted, in the school’s zone', () => {
  const values = fresh({ ...later, minutes: 45, pupils: ['lea'], lessonId: 's.2026-11-24', version: 3 })
  expect(draftOf(values, zone, [])).toMatchObject({
    ...{ minutes: 45, pupils: ['lea'], lessonId: 's.2026-11-24', version: 3 },
    publishAt: '2026-11-25T06:30:00.000Z',
  })
  expect(draftOf(fresh({ date: '' }), zone, [])).toBeNull()
  expect(draftOf(fresh({ later: true, publish: { date: '', time: '08:00' } }), zone, [])).toBeNull()
})

test('several classes each have their date, and this one alone the lesson in which it was set', () => {
  const values = fresh({
    lessonId: 's.2026-11-24',
    also: [{ classId: 'b', date: '2026-11-27', time: '10:00' }],
  })
  const draft = draftOf(values, zone, [])
  expect(draft && setOf(values, zone, draft, 'a')?.classes).toEqual([
    { classId: 'a', dueAt: '2026-11-26T07:00:00.000Z', lessonId: 's.2026-11-24' },
    { classId: 'b', dueAt: '2026-11-27T09:00:00.000Z' },
  ])
  const missing = { ...values, also: [{ classId: 'b', date: '', time: '10:00' }] }
  expect(draft && setOf(missing, zone, draft, 'a')).toBeNull()
})

describe('what stands in the way', () => {
  const setting = {
    homework: { title: 'Lire', body: '', handIn: true, dueAt: '2026-11-20T07:00:00.000Z' },
    version: 2,
    publishAt: null,
    pupils: null,
  } as unknown as Setting

  test.each([
    ['nothing', fresh(), null, null],
    ['no title', fresh({ title: ' ' }), null, 'homework.title-missing'],
    ['a past date', fresh({ date: '2026-11-23' }), null, 'homework.due-in-past'],
    ['a past date that stays', valuesOf(setting, now, zone), setting, null],
    ['nobody', fresh({ pupils: [] }), null, 'homework.nobody'],
    ['published before', fresh(later), null, null],
    [
      'published after',
      fresh({ ...later, date: '2026-11-25', time: '07:00' }),
      null,
      'homework.published-after-due',
    ],
  ] as const)('%s', (_, values, before, expected) =>
    expect(obstacleOf(values, before, now, zone)).toBe(expected),
  )

  test('a date is past in the school’s zone, not in the device’s', () => {
    const morning = fresh({ date: '2026-11-24', time: '10:00' })
    expect(obstacleOf(morning, null, now, zone)).toBeNull()
    expect(obstacleOf(morning, null, now, 'Indian/Reunion'), '10:50 there').toBe('homework.due-in-past')
  })
})

test('days around a due date begin today and reach two weeks past it', () => {
  expect(daysAround('2026-11-26', '2026-11-24')).toEqual({ from: '2026-11-24', to: '2026-12-10' })
  expect(daysAround('2026-11-24', '2026-11-24')).toEqual({ from: '2026-11-24', to: '2026-12-08' })
})
