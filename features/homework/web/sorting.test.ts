// Tables for the layout of the work list.
import { expect, test } from 'vitest'
import type { Homework, WorkState } from '../contract.ts'
import { byDueDay, filterOf, type Item, itemsOf, latestFirst, minutesOf } from './sorting.ts'

const now = Date.parse('2026-11-24T15:00:00Z') // a Tuesday, 16:00 in Paris
const zone = 'Europe/Paris'

function work(id: string, dueAt: string, handIn = false): Homework {
  return { id, dueAt, handIn, title: id } as unknown as Homework
}
const item = (id: string, dueAt: string, handIn = false): Item => ({
  homework: work(id, dueAt, handIn),
  mine: null,
})

test.each([
  ['a minute ago', '2026-11-24T14:59:00Z', 'unticked'],
  ['this evening', '2026-11-24T17:00:00Z', 'today'],
  ['just before midnight in Paris', '2026-11-24T22:59:00Z', 'today'],
  ['just after midnight in Paris', '2026-11-24T23:01:00Z', 'tomorrow'],
  ['Sunday', '2026-11-29T20:00:00Z', 'week'],
  ['next Monday', '2026-11-30T07:00:00Z', 'next'],
  ['in two weeks', '2026-12-07T07:00:00Z', 'later'],
])('work due %s stands under its day', (_, dueAt, name) => {
  const { groups } = byDueDay([item('a', dueAt)], now, zone)
  expect(groups.map((group) => group.name)).toEqual([name])
})

test('on a Sunday, Monday is tomorrow and not next week', () => {
  const sunday = Date.parse('2026-11-29T10:00:00Z')
  const { groups } = byDueDay([item('a', '2026-11-30T07:00:00Z')], sunday, zone)
  expect(groups[0]?.name).toBe('tomorrow')
})

test('what nobody ticked is asked about for a week, never overdue; what can still be handed in stays overdue', () => {
  const items = [
    item('reading', '2026-11-10T07:00:00Z'),
    item('copy', '2026-11-10T07:00:00Z', true),
    item('recent', '2026-11-20T07:00:00Z'),
  ]
  const { groups, old } = byDueDay(items, now, zone)
  expect(groups.map(({ name, items }) => [name, items.map((i) => i.homework.id)])).toEqual([
    ['overdue', ['copy']],
    ['unticked', ['recent']],
  ])
  expect(old.map((i) => i.homework.id)).toEqual(['reading'])
})

test('states decide the list, and what was due last comes first', () => {
  const homework = ['a', 'b', 'c', 'd'].map((id) => work(id, `2026-11-2${id.charCodeAt(0) % 10}T07:00:00Z`))
  const states = [
    { homeworkId: 'a', state: 'done' },
    { homeworkId: 'b', state: 'handed-in' },
    { homeworkId: 'c', state: 'given-back' },
  ] as unknown as WorkState[]
  const items = itemsOf({ homework, states })
  expect(items.map(filterOf)).toEqual(['handed', 'handed', 'back', 'todo'])
  expect(latestFirst(items, 'handed').map((i) => i.homework.id)).toEqual(['b', 'a'])
})

test('the time that a list takes counts what is still to do and estimated', () => {
  const long = (id: string, minutes?: number): Item => {
    const { homework } = item(id, '2026-11-26T07:00:00Z')
    return { homework: { ...homework, ...(minutes && { minutes }) }, mine: null }
  }
  const done = { homeworkId: 'c', state: 'done' } as unknown as WorkState
  expect(minutesOf([long('a', 45), long('b'), { ...long('c', 30), mine: done }, long('d', 20)])).toBe(65)
})
