// Searching in earlier homework. Pure.
import { folded } from '#platform/text'

const mostWords = 6

/** The words to look for, in lower case without accents. */
export function wordsOf(text: string): string[] {
  return folded(text).split(/\s+/).filter(Boolean).slice(0, mostWords)
}

/** The same homework given to several classes counts once: the one that comes first. */
export function onceEach<T extends { title: string; body: string; teacher: string | null }>(
  rows: readonly T[],
): T[] {
  const seen = new Set<string>()
  return rows.filter(({ title, body, teacher }) => {
    const mark = JSON.stringify([teacher, title, body])
    if (seen.has(mark)) return false
    seen.add(mark)
    return true
  })
}
