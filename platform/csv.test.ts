// What a spreadsheet makes of a table: columns in each language, and no cell that computes.
import { expect, test } from 'vitest'
import { csvTable } from './csv.ts'

test.each([
  ['fr', '\ufeffa;b\r\n'],
  ['en', '\ufeffa,b\r\n'],
] as const)('in %s the separator is the one that its spreadsheets expect', (language, table) => {
  expect(csvTable([['a', 'b']], language)).toBe(table)
})

test.each(['=1+1', '+33612', '-1', '@x', '\t=1', '\r=1', '\n=1'])('%j is text, not a formula', (cell) => {
  expect(csvTable([[cell]], 'fr').replace(/^\ufeff"?/, '')).toMatch(/^'/)
})

test.each([
  ['D;"é"', 'fr', '"D;""é"""'],
  ['D;é', 'en', 'D;é'],
  ['1,5', 'fr', '1,5'],
  ['Léa, Tom', 'en', '"Léa, Tom"'],
  ['two\nlines', 'fr', '"two\nlines"'],
  ['=HYPERLINK("http://x";"y")', 'fr', '"\'=HYPERLINK(""http://x"";""y"")"'],
] as const)('%j in %s is %s', (cell, language, written) => {
  expect(csvTable([[cell]], language)).toBe(`\ufeff${written}\r\n`)
})
