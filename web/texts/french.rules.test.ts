// Names in French sentences.
import { expect, test } from 'vitest'
import { deName } from './french.ts'

test.each([
  ['Léa', 'de Léa'],
  ['Ibrahima', 'd’Ibrahima'],
  ['Élodie', 'd’Élodie'],
  ['E\u0301lodie', 'd’E\u0301lodie'],
  ['Œdipe', 'd’Œdipe'],
  ['Yasmine', 'de Yasmine'],
  ['Hamza', 'de Hamza'],
  ['', 'de '],
])('%s', (name, said) => {
  expect(deName(name)).toBe(said)
})
