// A child's work in one look.
import { expect, test } from 'vitest'
import type { Item } from '#feature/homework/web/sorting.ts'
import { atAGlance } from './glance.ts'

const now = Date.parse('2026-11-24T10:00:00Z')
const days = (n: number) => new Date(now + n * 86_400_000).toISOString()

let count = 0
function work(dueIn: number, state?: 'done' | 'handed-in' | 'given-back', handIn = true): Item {
  const id = `${++count}`
  const mine = state ? { homeworkId: id, state } : null
  return { homework: { id, dueAt: days(dueIn), handIn }, mine } as unknown as Item
}

test('late, due and given back, each the most pressing first, and counted', () => {
  const late = [work(-1), work(-3)]
  const coming = [work(5), work(2), work(1), work(6), work(3)]
  const back = [work(-2, 'given-back'), work(-1, 'given-back')]
  const rest = [
    work(-20), // older than a fortnight
    work(-1, undefined, false), // work without hand-in is never late
    work(9),
    work(-4, 'handed-in'),
    work(1, 'done', false),
    work(-30, 'given-back'),
  ]
  const glance = atAGlance([...late, ...coming, ...back, ...rest], now)
  expect(glance.overdue).toEqual([late[1], late[0]])
  expect(glance.due).toEqual([coming[2], coming[1], coming[4], coming[0]])
  expect(glance.back).toEqual([back[1], back[0]])
  expect(glance).toMatchObject({ overdueAll: 2, dueAll: 5, handedIn: 1 })
})

test('nothing is nothing', () => {
  expect(atAGlance([], now)).toEqual({
    overdue: [],
    due: [],
    back: [],
    overdueAll: 0,
    dueAll: 0,
    handedIn: 0,
  })
})
