// What is typed for a new scale.
import { expect, test } from 'vitest'
import { emptyDraft, readDraft } from './draft.ts'

test.each([
  [{}, { wrong: 'title' }],
  [{ title: '0–20' }, { scale: { kind: 'points', title: '0–20', outOf: 20, steps: [0.25, 0.1] } }],
  [
    { title: 'x', outOf: '12,5', steps: '1' },
    { scale: { kind: 'points', title: 'x', outOf: 12.5, steps: [1] } },
  ],
  [{ title: 'x', outOf: '0' }, { wrong: 'outOf' }],
  [{ title: 'x', outOf: 'vingt' }, { wrong: 'outOf' }],
  [{ title: 'x', kind: 'levels', levels: 'A' }, { wrong: 'levels' }],
  [{ title: 'x', kind: 'levels', levels: '= rien\nA' }, { wrong: 'levels' }],
  [
    { title: 'x', kind: 'levels', levels: 'B\n\n A = Très = bien ' },
    {
      scale: {
        kind: 'levels',
        title: 'x',
        levels: [
          { code: 'B', label: '' },
          { code: 'A', label: 'Très = bien' },
        ],
      },
    },
  ],
  [{ title: 'x', kind: 'none' }, { scale: { kind: 'none', title: 'x' } }],
] as const)('%j is %j', (typed, expected) => {
  expect(readDraft({ ...emptyDraft, ...typed })).toEqual(expected)
})
