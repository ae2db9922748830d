// A new feature starts within the house's rules.
import { expect, test } from 'vitest'
import { breachesOf } from './architecture.ts'
import { newFeature } from './new-feature.ts'

test('what is written keeps the rules of the house', () => {
  const files = Object.entries(newFeature('report-cards')).filter(([name]) => name.endsWith('.ts'))
  expect(files).toHaveLength(6)
  expect(breachesOf(files.map(([name, text]) => ({ path: `features/report-cards/${name}`, text })))).toEqual(
    [],
  )
})
