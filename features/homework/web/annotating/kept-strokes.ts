// What was drawn and not sent yet, kept on this device. Each open page keeps its own, so that two tabs on one copy do not
// keep over each other, and takes on what another one left.
import { dropFile, keepFile, keptFile, keptNames } from '#feature/documents/web/kept-files.ts'
import { newKey } from '#web/new-key.ts'
import { joined } from '../../annotating/annotating-rules.ts'
import type { Item } from '../../annotating/contract.ts'

/** `base`: what the server held when it last answered, in `version`. */
export type Kept = { version: number; base: readonly Item[]; items: readonly Item[] }

const all = 'annotations.'
const page = newKey()
const nameOf = (submission: string, file: string) => `${all}${submission}.${file}`

/** Of which files of which hand-ins strokes were left on this device. */
export async function listLeft(): Promise<{ submission: string; file: string }[]> {
  const found = new Map<string, { submission: string; file: string }>()
  for (const name of await keptNames(all)) {
    const [, submission, file] = name.split('.')
    if (submission && file) found.set(nameOf(submission, file), { submission, file })
  }
  return [...found.values()]
}

/** The keeper of one file's strokes for this page. */
export function strokesKept(submission: string, file: string) {
  const name = `${nameOf(submission, file)}.${page}`
  const taken = new Map<string, string>()
  // One after the other: the last one stands.
  let keeping = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    keeping = keeping.then(work, work)
    return keeping
  }

  return {
    /** What was left here, this page's own included. */
    async read(): Promise<Kept | null> {
      for (const one of await keptNames(nameOf(submission, file))) {
        const found = await keptFile(one)
        if (found) taken.set(one, await found.text())
      }
      return joined([...taken.values()].map((text) => JSON.parse(text) as Kept))
    },
    keep: (value: Kept) =>
      inTurn(() => keepFile(name, new File([JSON.stringify(value)], 'annotations.json'))),
    /** The server holds all of it: what was read is forgotten, unless the page that kept it has gone on. */
    drop: () =>
      inTurn(async () => {
        await dropFile(name)
        for (const [one, text] of taken)
          if ((await (await keptFile(one))?.text()) === text) await dropFile(one)
        taken.clear()
      }),
  }
}
