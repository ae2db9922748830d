// When a guardian has to sign in again.
import { expect, test } from 'vitest'
import { changesKeys } from './rules.ts'

test('passes end where a child comes into sight or goes out of it', () => {
  const pairs = [
    ['all', 'day', false],
    ['day', 'all', false],
    ['all', 'nothing', true],
    ['nothing', 'day', true],
    ['nothing', 'nothing', false],
  ] as const
  for (const [before, after, ends] of pairs)
    expect(changesKeys(before, after), `${before} ${after}`).toBe(ends)
})
