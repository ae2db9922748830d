// How two texts of one lesson become one, as a table.
import { expect, test } from 'vitest'
import { together } from './draft.ts'

test.each([
  ['both added', ['a'], ['a', 'b'], ['a', 'c'], ['a', 'c', 'b']],
  ['two first texts', [], ['b'], ['c'], ['c', 'b']],
  ['mine says nothing new', ['a'], ['a'], ['a', 'c'], ['a', 'c']],
  ['both added the same', ['a'], ['a', 'b'], ['a', 'b'], ['a', 'b']],
  ['they took away what I left as it was', ['a', 'b'], ['a', 'b', 'd'], ['a'], ['a', 'd']],
  ['I changed what they left', ['a'], ['A'], ['a', 'c'], ['a', 'c', 'A']],
])('%s', (_case, base, mine, theirs, expected) => {
  expect(together(base, mine, theirs)).toEqual(expected)
})
