// Identifiers are ordered by time, and the time can be read from them again.
import { expect, test } from 'vitest'
import { isId, madeAt, newId, occurrenceIn } from './ids.ts'

test('an identifier says when it was made', () => {
  const at = Date.parse('2026-11-24T06:50:00.123Z')
  const id = newId(at)
  expect(isId(id)).toBe(true)
  expect(madeAt(id)).toBe(at)
  expect(newId(at + 1) > id).toBe(true)
})

test("an occurrence's id names what recurs and a day that exists", () => {
  const id = '0199f0a0-0000-7000-8000-000000000001'
  expect(occurrenceIn(`${id}.2026-11-24`)).toEqual({ id, date: '2026-11-24' })
  for (const wrong of [`${id}.2026-02-30`, `${id}.2026-13-01`, `${id}-2026-11-24`, id, 'x.2026-11-24', ''])
    expect(occurrenceIn(wrong), wrong).toBeNull()
})
