// What is drawn on one file: kept on this device at every stroke, saved as one goes, brought together with what somebody
// else drew meanwhile, with undo and redo.
import { api, Refusal } from '#web/api.ts'
import { onceBack } from '#web/connection.svelte.ts'
import { whenForgotten } from '#web/keep.ts'
import { alike, merged } from '../../annotating/annotating-rules.ts'
import type { AnnotationsDraft, Corrections, Item, Saved } from '../../annotating/contract.ts'
import { listLeft, strokesKept } from './kept-strokes.ts'

export type Marks = ReturnType<typeof makeMarks>

type Step = { before: Item | undefined; after: Item | undefined }[]

const saveAfter = 900
const mostSteps = 200
const open = new Map<string, Marks>()
whenForgotten(() => open.clear())

/** What is drawn on a file of a hand-in; the same for as long as the page lives. */
export function marksOf(submission: string, file: string): Marks {
  const name = `${submission}.${file}`
  let marks = open.get(name)
  if (!marks) {
    marks = makeMarks(submission, file)
    open.set(name, marks)
  }
  return marks
}

/** Sends what earlier visits drew without a line, on whichever copy. */
export async function sendLeft(): Promise<void> {
  for (const { submission, file } of await listLeft()) await marksOf(submission, file).load()
}

/** Sends all that is drawn on a hand-in and not saved yet, in an earlier visit too. @throws {Refusal} why it could not be */
export async function settleMarks(submission: string | undefined): Promise<void> {
  for (const left of await listLeft())
    if (left.submission === submission) await marksOf(submission, left.file).load()
  for (const [name, marks] of open) if (name.startsWith(`${submission}.`)) await marks.settle()
}

function makeMarks(submission: string, file: string) {
  let items = $state.raw<readonly Item[]>([])
  let base: readonly Item[] = []
  let version = 0
  let state = $state<'loading' | 'saved' | 'changed' | 'saving' | 'waiting' | 'failed'>('loading')
  let problem = $state.raw<unknown>(null)
  let past = $state.raw<Step[]>([])
  let future = $state.raw<Step[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let loading: Promise<void> | null = null

  const here = strokesKept(submission, file)
  function keepHere(): void {
    if (alike(base, items)) void here.drop()
    else void here.keep({ version, base, items })
  }

  function take(theirs: readonly Item[], theirVersion: number): void {
    items = merged(base, items, theirs)
    base = theirs
    version = theirVersion
  }

  async function fetchTheirs(): Promise<void> {
    const { files } = await api<Corrections>('GET', `/api/submissions/${submission}/corrections`)
    const found = files.find(({ fileId }) => fileId === file)
    take(found?.items ?? [], found?.version ?? 0)
  }

  async function load(): Promise<void> {
    const left = items.length === 0 ? await here.read() : null
    if (left) ({ base, items, version } = left)
    try {
      await fetchTheirs()
      problem = null
      state = alike(base, items) ? 'saved' : 'changed'
      if (state === 'changed') void save()
      else if (left) keepHere()
    } catch (error) {
      loading = null
      // What this device holds can be read and gone on with.
      problem = error
      state = alike(base, items) ? 'loading' : 'waiting'
    }
  }

  async function send(): Promise<void> {
    for (let tries = 0; tries < 6; tries++) {
      const sent = items
      const draft: AnnotationsDraft = { version, items: [...sent] }
      const path = `/api/submissions/${submission}/files/${file}/annotations`
      try {
        const answer = await api<Saved>('PUT', path, draft)
        version = answer.version
        base = sent
        if (alike(base, items)) return
      } catch (error) {
        if (!(error instanceof Refusal && error.code === 'annotation.changed-meanwhile')) throw error
        await fetchTheirs()
      }
    }
  }

  async function attempt(): Promise<void> {
    state = 'saving'
    try {
      await send()
      problem = null
      state = alike(base, items) ? 'saved' : 'changed'
      keepHere()
    } catch (error) {
      problem = error
      const status = error instanceof Refusal ? error.status : 500
      state = status === 0 || status >= 500 || status === 401 ? 'waiting' : 'failed'
    }
  }

  function save(): Promise<void> {
    clearTimeout(timer)
    if (state === 'loading' || alike(base, items)) return Promise.resolve()
    running ??= attempt().finally(() => {
      running = null
      if (state === 'changed') later()
    })
    return running
  }
  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(save, saveAfter)
  }

  function put(id: string, item: Item | undefined): void {
    const at = items.findIndex((one) => one.id === id)
    if (!item) items = items.filter((one) => one.id !== id)
    else if (at < 0) items = [...items, item]
    else items = items.map((one) => (one.id === id ? item : one))
  }
  function changed(): void {
    if (state !== 'saving') state = 'changed'
    keepHere()
    later()
  }
  function replay(step: Step, which: 'before' | 'after'): void {
    for (const one of step) put((one.before ?? one.after)?.id ?? '', one[which])
    changed()
  }

  function again(): void {
    if (state === 'waiting') void save()
    else if (state === 'loading' && problem) void (loading ??= load())
  }
  onceBack(again)
  addEventListener('online', again)

  return {
    get items() {
      return items
    },
    get state() {
      return state
    },
    get problem() {
      return problem
    },
    get canUndo() {
      return past.length > 0
    },
    get canRedo() {
      return future.length > 0
    },
    /** Reads what the server and this device hold; once, until it has succeeded. */
    load(): Promise<void> {
      loading ??= load()
      return loading
    },
    /** Adds, changes or (with no `after`) removes items, as one step that can be undone. */
    change(changes: { id: string; after: Item | undefined }[]): void {
      const step = changes.map(({ id, after }) => ({ before: items.find((one) => one.id === id), after }))
      if (step.every(({ before, after }) => before === after)) return
      for (const { id, after } of changes) put(id, after)
      past = [...past.slice(-mostSteps + 1), step]
      future = []
      changed()
    },
    undo(): void {
      const step = past.at(-1)
      if (!step) return
      past = past.slice(0, -1)
      future = [...future, step]
      replay(step, 'before')
    },
    redo(): void {
      const step = future.at(-1)
      if (!step) return
      future = future.slice(0, -1)
      past = [...past, step]
      replay(step, 'after')
    },
    save,
    /** @throws why it could not be saved */
    async settle(): Promise<void> {
      if (state === 'loading') await (loading ??= load())
      while (!alike(base, items)) {
        await save()
        if (problem) throw problem
      }
    },
  }
}
