// Lists and sizes as people say them, for the pages that need them.
import { language } from './language.svelte.ts'

/** "a, b et c". */
export function listText(items: string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(items)
}

const unit = { fr: ['o', 'ko', 'Mo', 'Go'], en: ['B', 'kB', 'MB', 'GB'] }

/** A file's size, in the language's units. */
export function bytesText(bytes: number): string {
  const step = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3
  const value = bytes / 1000 ** step
  const digits = step > 1 && value < 10 ? 1 : 0
  return `${value.toLocaleString(language(), { maximumFractionDigits: digits })}\u00a0${unit[language()][step]}`
}
