// Typed text is kept without what no text holds.
import { expect, test } from 'vitest'
import { archivePaths, cleanLine, cleanText, folded, safeFileName } from './text.ts'

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

test.each([
  ['a/b:c?.pdf', 'a b c .pdf'],
  ['fin...', 'fin'],
  ['Aux.txt', '_Aux.txt'],
  ['auxiliaire.txt', 'auxiliaire.txt'],
  ['cafe\u0301.txt', 'café.txt'],
  ['\u202e', 'document'],
  [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(96)}.pdf`],
  [`${'😀'.repeat(300)}.txt`, `${'😀'.repeat(54)}.txt`],
])('a file called %j is saved as %j', (given, saved) => {
  expect(safeFileName(given)).toBe(saved)
})

test('no two paths of an archive are one file on any computer', () => {
  const paths = archivePaths()
  const names = [
    'a.txt',
    'A.TXT',
    'été',
    'e\u0301te\u0301',
    'straße',
    'STRASSE',
    'a.pdf',
    'a.pdf.txt',
    'a?',
    'a*',
  ]
  expect(names.map((name) => paths.take('Cours/', name))).toEqual([
    'Cours/a.txt',
    'Cours/A (2).TXT',
    'Cours/été',
    'Cours/été (2)',
    'Cours/straße',
    'Cours/STRASSE (2)',
    'Cours/a.pdf',
    'Cours/a.pdf.txt',
    'Cours/a',
    'Cours/a (2)',
  ])
  expect(paths.note('Cours/a.pdf')).toBe('Cours/a.pdf (2).txt')
  expect(paths.take('', 'a.txt'), 'another folder').toBe('a.txt')
  expect(paths.note('a.txt')).toBe('a.txt.txt')
})
