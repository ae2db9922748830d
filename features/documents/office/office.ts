// Makes PDFs of office documents on their first look, one at a time, and remembers what could not be made.
import type { Readable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import { toPdf } from './soffice.ts'

const mostWaiting = 40
const minutesBeforeAgain = 60

export type OfficeDocument = {
  sha256: string
  ending: string
  bytes: () => Readable
  /** Takes the finished PDF, which is deleted afterwards. */
  keep: (path: string) => Promise<void>
}

export type Office = {
  /**
   * Sees to it that a PDF is made, and answers at once. `making` also when too many wait: whoever asks again later
   * finds a place. `failed` and `absent` are remembered for an hour.
   */
  ask(document: OfficeDocument): 'making' | 'failed' | 'absent'
  /** Ends what is under way. */
  close(): Promise<void>
}

/** The maker of previews; `program`: LibreOffice's, by its name or path. */
export function openOffice({ program = 'soffice' } = {}): Office {
  const line = new Map<string, OfficeDocument>()
  const hopeless = new LRUCache<string, 'failed' | 'absent'>({ max: 1000, ttl: minutesBeforeAgain * 60_000 })
  const stop = new AbortController()
  let work: Promise<void> | null = null

  async function make(document: OfficeDocument): Promise<void> {
    const { sha256, ending, bytes, keep } = document
    const { signal } = stop
    // What cannot even be read costs this one its preview, not those that wait behind it.
    const made = await toPdf({ program, ending, bytes, stop: signal }, keep).catch(() => 'failed' as const)
    if (made !== 'made' && !signal.aborted) hopeless.set(sha256, made)
  }
  async function workOn(): Promise<void> {
    for (const [sha256, document] of line) {
      if (stop.signal.aborted) return
      await make(document)
      line.delete(sha256)
    }
  }

  return {
    ask(document) {
      const known = hopeless.get(document.sha256)
      if (known) return known
      if (!line.has(document.sha256) && line.size < mostWaiting) line.set(document.sha256, document)
      work ??= workOn().finally(() => {
        work = null
      })
      return 'making'
    },
    async close() {
      stop.abort()
      await work
    },
  }
}
