// A year's work by subject and term, as the history shows it. Pure.
import type { History } from '../../history/contract.ts'
import { termOf } from '../../history/history-rules.ts'

export type Piece = History['work'][number] & { day: string }
export type Subject = { name: string; pieces: Piece[]; marks: number }

/** The title of a piece's term; '' between terms. */
export function termTitle(terms: History['terms'], day: string): string {
  return termOf(terms, day)?.title ?? ''
}

/** Work of one term (all of it when it is null) by subject, subjects by name, in each what was due last first. */
export function bySubject(
  pieces: readonly Piece[],
  terms: History['terms'],
  term: string | null,
  nameOf: (subject: string) => string,
): Subject[] {
  const those = pieces.filter(({ day }) => term === null || termTitle(terms, day) === term)
  const groups = Map.groupBy(those, ({ subject }) => nameOf(subject))
  return [...groups]
    .map(([name, pieces]) => ({ name, pieces, marks: pieces.filter((p) => p.mark !== undefined).length }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || a.name.localeCompare(b.name, 'fr'))
}
