// Work by subject and term.
import { expect, test } from 'vitest'
import { bySubject, type Piece, termTitle } from './groups.ts'

const terms = [
  { title: 'T1', from: '2026-09-01', to: '2026-11-30' },
  { title: 'T2', from: '2026-12-01', to: '2027-02-28' },
]
const piece = (id: string, subject: string, day: string, mark?: string) =>
  ({ id, subject, day, ...(mark && { mark }) }) as Piece
const pieces = [
  piece('c', 'MATHS', '2026-12-02', '12'),
  piece('b', '', '2026-10-02'),
  piece('a', 'Maths', '2026-10-01', '15'),
]
const nameOf = (subject: string) => subject.toLowerCase()
const told = (term: string | null) =>
  bySubject(pieces, terms, term, nameOf).map(({ name, pieces, marks }) => [
    name,
    pieces.map((p) => p.id),
    marks,
  ])

test.each([
  [
    null,
    [
      ['maths', ['c', 'a'], 2],
      ['', ['b'], 0],
    ],
  ],
  [
    'T1',
    [
      ['maths', ['a'], 1],
      ['', ['b'], 0],
    ],
  ],
  ['T2', [['maths', ['c'], 1]]],
  ['', []],
])('of term %j: %j', (term, expected) => expect(told(term)).toEqual(expected))

test('a day between terms is in none', () => expect(termTitle(terms, '2027-03-15')).toBe(''))
