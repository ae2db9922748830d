// Whose name may stand on a piece of homework that a link opens without saying for whom.
import { expect, test } from 'vitest'
import type { View } from '#door/formats/feed'
import type { PersonId } from '#platform/ids'
import { firstOf, havingOf, mayHave } from './having.ts'

const lea: View = { role: 'g', sheet: '3b', groups: ['g1'], child: 'lea' }
const ibou: View = { role: 'g', sheet: '5a', groups: [], child: 'ibou' }
const me: View = { role: 's', sheet: 'bts' }
const ids = (...names: string[]) => names as PersonId[]

test.each([
  ['a sibling has it, not the child in front', { mine: false, children: ids('ibou') }, lea, ibou],
  ['both have it: the one in front', { mine: false, children: ids('ibou', 'lea') }, lea, lea],
  [
    'both have it, a teacher’s own day in front: the first',
    { mine: false, children: ids('ibou', 'lea') },
    undefined,
    lea,
  ],
  ['none of them has it', { mine: false, children: [] }, lea, undefined],
  ['it is mine', { mine: true, children: [] }, lea, me],
])('%s', (_, whose, front, shown) => {
  expect(firstOf(havingOf([lea, ibou, me], whose), front)).toBe(shown)
})

test.each([
  ['the whole class’s', lea, undefined, true],
  ['of a group in which the child is', lea, 'g1', true],
  ['of another group of the class', lea, 'g2', false],
  ['of a group, and the child is in none', { groups: undefined }, 'g1', false],
])('homework %s: %s', (_, view, key, may) => {
  expect(mayHave(view, key ? { group: { key, title: key } } : {})).toBe(may)
})
