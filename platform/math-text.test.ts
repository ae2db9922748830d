// Formulas as plain text, as a table.
import { expect, test } from 'vitest'
import { formulaText, readableText } from './math-text.ts'

test.each([
  ['\\frac{AM}{AB}', 'AM/AB'],
  ['\\frac{a+b}{2}', '(a+b)/2'],
  ['x^2', 'x²'],
  ['x^{n+1}', 'xⁿ⁺¹'],
  ['x^{a+b}', 'x^(a+b)'],
  ['u_0', 'u₀'],
  ['\\sqrt{x^2+y^2}', '√(x²+y²)'],
  ['\\sqrt[3]{8}', '³√8'],
  ['a \\leq b', 'a ≤ b'],
  ['2\\pi r', '2πr'],
  ['a < b', 'a < b'],
  ['\\vec{AB}', 'AB'],
  ['\\frac{', '\\frac{'],
])('%s is read %s', (tex, read) => {
  expect(formulaText(tex).replaceAll('\u00a0', ' ')).toBe(read)
})

test('a long formula is cut short, and none has a space that breaks', () => {
  const long = formulaText(Array.from({ length: 50 }, (_, i) => `a_{${i}} = ${i}`).join(' + '))
  expect([...long]).toHaveLength(60)
  expect(long).toMatch(/…$/)
  expect(long).not.toContain(' ')
})

test('a text is read with its formulas, whatever stands in it', () => {
  const html = '<p>Calculer <code data-math>a &lt; \\frac{1}{2}</code>\ue0000\ue001, puis $5.</p>'
  expect(readableText(html).replaceAll('\u00a0', ' ')).toBe('Calculer a < 1/20, puis $5.')
})
