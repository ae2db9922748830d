// Typed text is kept without what no text holds.
import { expect, test } from 'vitest'
import { cleanLine, cleanText, folded } from './text.ts'

test('text keeps its lines and loses what no text holds', () => {
  expect(cleanText('a\r\nb\rc\u0000d\te\ud800')).toBe('a\nb\ncd\te\ufffd')
  expect(cleanText('rapport\u202efdp.exe')).toBe('rapportfdp.exe')
})

test('a line is one line', () => {
  expect(cleanLine('  Lire\n le  chapitre 2 ')).toBe('Lire le chapitre 2')
  expect(cleanLine('\u0001CDI\u2066')).toBe('CDI')
})

test('letters are compared without case and accents, composed or not', () => {
  expect(folded('ÉLÈVE Œuvre cafe\u0301 Łódź')).toBe('eleve oeuvre cafe lodz')
})
