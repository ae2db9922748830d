// What somebody searches for, read out of what they typed; and the piece of a text that shows it. Pure.
import { folded } from '#platform/text'

export type Term =
  | { kind: 'word'; word: string }
  /** Unfinished: whatever begins so. */
  | { kind: 'prefix'; word: string }
  | { kind: 'phrase'; words: string[] }

/** Words that say nothing by themselves, in both languages, without accents. */
const empty = new Set(
  `a au aux avec ce ces cette d dans de des du elle en est et il ils j je l la le les leur lui m ma mais me mes mon n ne
  nos notre nous on ou par pas pour qu que qui s sa se ses son sur t ta te tes toi ton tu un une vos votre vous y
  an and are as at be by for from has he in is it its of on or she that the their they this to was we were with you`.split(
    /\s+/,
  ),
)

const mostTerms = 12
/** Shorter beginnings would find half the dictionary. */
const shortestPrefix = 3

const wordsIn = (text: string) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * The terms in what was typed, all of which must be found; none when there is nothing to look for. Words that say nothing
 * are left out as long as another one remains.
 */
export function termsIn(typed: string): Term[] {
  const phrases = [...typed.matchAll(/["«“”]([^"»“”]+)["»“”]/g)].flatMap(([, inside = '']) => {
    const words = wordsIn(inside)
    return words.length > 0 ? [{ kind: 'phrase' as const, words }] : []
  })
  const loose = typed.replaceAll(/["«“”][^"»“”]+["»“”]/g, ' | ')
  const words = wordsIn(loose)
  const last = /[\p{L}\p{N}]$/u.test(loose) ? words.length - 1 : -1
  const terms = words.map((word, i): Term => {
    const unfinished = i === last && word.length >= shortestPrefix
    return { kind: unfinished ? 'prefix' : 'word', word }
  })
  const telling = terms.filter((term) => term.kind === 'phrase' || !empty.has(term.word))
  const rest = telling.length + phrases.length > 0 ? telling : terms
  return [...phrases, ...rest].slice(0, mostTerms)
}

export type Piece = { text: string; hit?: true }

/** As many letters of a word may stand behind a stem: "calcul" in "calculatrices", and not "art" in "articulation". */
const longestEnding = 5

function matches(word: string, terms: readonly Term[], stems: readonly string[]): boolean {
  for (const term of terms) {
    if (term.kind === 'phrase' ? term.words.includes(word) : term.word === word) return true
    if (term.kind === 'prefix' && word.startsWith(term.word)) return true
  }
  return stems.some(
    (stem) => stem.length >= 3 && word.startsWith(stem) && word.length - stem.length <= longestEnding,
  )
}

const snippetLetters = 220
const before = 60

/** The part of a plain text around the first word that is found, with every word that is. `stems`: of the terms. */
export function snippetOf(text: string, terms: readonly Term[], stems: readonly string[]): Piece[] {
  const plain = text.normalize('NFC')
  const found = [...plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter(([word]) =>
    matches(folded(word), terms, stems),
  )
  const first = found[0]?.index ?? 0
  const from = first <= before * 1.5 ? 0 : firstBreak(plain, first)
  const to = from + snippetLetters >= plain.length ? plain.length : lastBreak(plain, from + snippetLetters)
  const pieces: Piece[] = []
  const add = (piece: Piece) => void (piece.text && pieces.push(piece))
  let at = from
  if (from > 0) add({ text: '… ' })
  for (const { 0: word, index } of found) {
    if (index < at || index + word.length > to) continue
    add({ text: plain.slice(at, index) })
    add({ text: word, hit: true })
    at = index + word.length
  }
  add({ text: plain.slice(at, to) })
  if (to < plain.length) add({ text: ' …' })
  return pieces
}

/** A formula is one word with no space that breaks, of sixty letters at most: no cut goes through it. */
const longestWord = 70

function firstBreak(text: string, first: number): number {
  const after = text.indexOf(' ', first - before) + 1
  if (after > 0 && after <= first) return after
  return Math.max(text.lastIndexOf(' ', first) + 1, first - longestWord)
}

function lastBreak(text: string, before: number): number {
  const at = text.lastIndexOf(' ', before)
  return at > before - longestWord ? at : before
}

/** A month as a number that the index knows it by: those from one day to another. */
export function monthsFrom(from: string, to: string): number[] {
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return Array.from({ length: Math.max(0, number(to) - number(from) + 1) }, (_, i) => number(from) + i)
}
