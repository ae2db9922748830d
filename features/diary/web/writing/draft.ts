// What a writer has not saved yet, kept on the device with what it began from; and how two texts of one lesson become one.
import { keep, kept } from '#web/keep.ts'
import type { EntryDraft } from '../../contract.ts'

export type Draft = {
  body: string
  /** The version that it began from; 0 for nothing. */
  version: number
  /** Saves that were sent and not answered. */
  unanswered: NonNullable<EntryDraft['unanswered']>
}

/** The kept draft of a lesson; `version`: what one without its own began from. Null when there is none. */
export function keptDraft(name: string, version: number): Draft | null {
  const found = kept<Draft | string>(name)
  return typeof found === 'string' ? { body: found, version, unanswered: [] } : found
}

/** Keeps a draft; null drops it. */
export const keepDraft = (name: string, draft: Draft | null): void => keep(name, draft)

/** The paragraphs, lists and titles that a text consists of, one after the other. */
export function blocksOf(html: string): string[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return [...body.childNodes].flatMap((node) => {
    if (node instanceof Element) return [node.outerHTML]
    const paragraph = document.createElement('p')
    paragraph.append(node.cloneNode(true))
    return paragraph.textContent?.trim() ? [paragraph.outerHTML] : []
  })
}

/** Two texts that began from the same one, as one: all of theirs, then what is new in mine. */
export function together(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): string[] {
  const known = new Set([...base, ...theirs])
  return [...theirs, ...mine.filter((block) => !known.has(block))]
}
