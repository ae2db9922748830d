// Identifiers are ordered by time, and the time can be read from them again.
import { expect, test } from 'vitest'
import { isId, madeAt, newId } from './ids.ts'

test('an identifier says when it was made', () => {
  const at = Date.parse('2026-11-24T06:50:00.123Z')
  const id = newId(at)
  expect(isId(id)).toBe(true)
  expect(madeAt(id)).toBe(at)
  expect(newId(at + 1) > id).toBe(true)
})
