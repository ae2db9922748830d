// The budgets bite.
import { expect, test } from 'vitest'
import { longFunctions, overBudget } from './budgets.ts'

const lines = (n: number) => '\n'.repeat(n)

test('a file of 300 lines is within its budget, one of 301 is not', () => {
  expect(overBudget([{ path: 'platform/a.ts', text: lines(300) }])).toEqual([])
  expect(overBudget([{ path: 'platform/a.ts', text: lines(301) }])).toHaveLength(1)
})

test('a feature folder of 13 files is two features; its pages do not count', () => {
  const files = Array.from({ length: 12 }, (_, i) => ({ path: `features/x/f${i}.ts`, text: '' }))
  const pages = [{ path: 'features/x/web/page.svelte', text: '' }]
  expect(overBudget([...files, ...pages])).toEqual([])
  expect(overBudget([...files, { path: 'features/x/more.ts', text: '' }])).toHaveLength(1)
})

test('a function of more than 40 lines is named', () => {
  const text = `// A.\nexport function f() {${lines(39)}}\nexport const g = () => {${lines(40)}}\n`
  expect(longFunctions({ path: 'platform/a.ts', text })).toEqual([
    'platform/a.ts:42 is a function of 41 lines',
  ])
  const inner = `const inner = () => {${lines(30)}}\n`
  expect(longFunctions({ path: 'platform/a.ts', text: `function f() {\n${inner}${inner}}\n` })).toEqual([])
})
