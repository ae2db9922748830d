// What is searched for, and which part of a text shows it, as tables.
import { expect, test } from 'vitest'
import { monthsFrom, snippetOf, type Term, termsIn } from './rules.ts'

const brief = (terms: Term[]) =>
  terms.map((t) =>
    t.kind === 'phrase' ? `"${t.words.join(' ')}"` : t.kind === 'prefix' ? `${t.word}*` : t.word,
  )

test.each([
  ['Théorème de Thalès', ['theoreme', 'thales*']],
  ['Théorème de Thalès ', ['theoreme', 'thales']],
  ['théo', ['theo*']],
  ['th', ['th']],
  ['« lettre de poilu » guerre', ['"lettre de poilu"', 'guerre*']],
  ['"œuvre"', ['"oeuvre"']],
  ['l’eau', ['eau*']],
  ['de la', ['de', 'la']],
  ["'); drop table diary_entry; --", ['drop', 'table', 'diary', 'entry']],
  ['#3b &|!<>():*', ['3b']],
  ['', []],
  ['  …!? ', []],
  ['3e B', ['3e', 'b']],
])('%s', (typed, expected) => {
  expect(brief(termsIn(typed))).toEqual(expected)
})

const marked = (text: string, typed: string, stems: string[] = []) =>
  snippetOf(text, termsIn(typed), stems)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('')

test('the words that are found are marked, whatever their accents', () => {
  expect(marked('Le théorème de Thalès', 'thales')).toBe('Le théorème de [Thalès]')
  expect(marked('Calculs et calculatrice', 'calculs ', ['calcul'])).toBe('[Calculs] et calculatrice')
  expect(marked('Les équations', 'equation ', ['equat'])).toBe('Les [équations]')
  expect(marked('<b>gras</b>', 'gras')).toBe('<b>[gras]</b>')
})

test('a long text is cut around the first that is found, at spaces', () => {
  const long = `${'avant '.repeat(60)}Thalès ${'après '.repeat(60)}`
  const text = marked(long, 'thales')
  expect(text.startsWith('… avant')).toBe(true)
  expect(text.endsWith(' …')).toBe(true)
  expect(text).toContain('[Thalès]')
  expect(text.length).toBeLessThan(250)
})

test('months are numbered through', () => {
  expect(monthsFrom('2026-11-30', '2027-01-01')).toEqual([24323, 24324, 24325])
  expect(monthsFrom('2026-11-30', '2026-10-01')).toEqual([])
})

test('no formula is cut in two, and what is found is marked beside it and within', () => {
  const formula = `${'a+b'.repeat(19)}=c`
  for (let letters = 100; letters < 240; letters++) {
    const text = `${'x '.repeat(letters / 2)}Thalès ${'y '.repeat(letters / 2)}${formula} fin ${formula}`
    const shown = marked(text, 'thales').replaceAll(formula, '')
    expect(shown, `${letters}`).toContain('[Thalès]')
    expect(shown, `${letters}`).not.toMatch(/a\+b|=c/)
  }
  expect(marked('Soit\u00a0AM/AB\u00a0=\u00a02', 'ab')).toBe('Soit\u00a0AM/[AB]\u00a0=\u00a02')
})
