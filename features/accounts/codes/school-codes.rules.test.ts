// Counting for a choice of classes, and the table for a spreadsheet.
import { expect, test } from 'vitest'
import type { ClassId } from '#platform/ids'
import { codesCsv, countFor, planOf, type Standing, slipsFor } from './school-codes-rules.ts'

const [a, b] = [
  { id: 'a' as ClassId, title: '6e 2' },
  { id: 'b' as ClassId, title: '6e 10' },
]
const one = (classes: Standing['classes'], more: Partial<Standing> = {}): Standing => ({
  classes,
  waiting: true,
  works: false,
  codeMadeAt: null,
  ...more,
})

test('whoever stands in two classes counts once in any choice', () => {
  const all = [
    one([a, b], { codeMadeAt: new Date('2026-11-03T09:00:00Z') }),
    one([b]),
    one([b], { waiting: false }),
    one([a], { works: true }),
  ]
  const plan = planOf(all)
  expect(plan.classes.map(({ title, people, waiting }) => [title, people, waiting])).toEqual([
    ['6e 2', 2, 1],
    ['6e 10', 3, 2],
  ])
  expect(plan.working).toBe(1)
  for (const chosen of [['a'], ['b'], ['a', 'b'], []] as ClassId[][]) {
    const slips = slipsFor(all, chosen)
    expect(countFor(plan, new Set(chosen))).toEqual({
      people: slips.length,
      ending: slips.filter(({ person }) => person.codeMadeAt).length,
      lastMade: slips.some(({ person }) => person.codeMadeAt) ? '2026-11-03T09:00:00.000Z' : null,
    })
  }
  expect(slipsFor(all, null).map((slip) => slip.class)).toEqual(['6e 2', '6e 10'])
})

test('a name that is a formula is text in the table', () => {
  const slip = { givenName: '=1+1', familyName: 'D;"', username: '@x', code: 'AAAA', class: '-3' }
  expect(codesCsv({ codes: [slip] }, 'fr')).toBe(
    '\ufeffClasse;Nom;Prénom;Identifiant;Code\r\n\'-3;"D;""";\'=1+1;\'@x;AAAA\r\n',
  )
  const guardian = codesCsv({ codes: [{ ...slip, children: ['Léa', 'Tom'] }] }, 'en')
  expect(guardian.split('\r\n')[0]).toMatch(/^\ufeffClass,.*,Children$/)
  expect(guardian.split('\r\n')[1]).toMatch(/,"Léa, Tom"$/)
})
