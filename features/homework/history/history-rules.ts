// School years and terms, for a pupil's history. Pure.

/** A school year runs from August to July: the year in which the one of a day begins. */
export function schoolYearAt(day: string): number {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month >= 8 ? year : year - 1
}

/** First and last day of a school year. */
export function daysOf(year: number): { from: string; to: string } {
  return { from: `${year}-08-01`, to: `${year + 1}-07-31` }
}

export type Term = { title: string; from: string; to: string }

/** The term of a day; where terms overlap, the shortest one. Null between terms. */
export function termOf(terms: readonly Term[], day: string): Term | null {
  const length = ({ from, to }: Term) => Date.parse(to) - Date.parse(from)
  const those = terms.filter(({ from, to }) => from <= day && day <= to)
  return those.toSorted((a, b) => length(a) - length(b))[0] ?? null
}
