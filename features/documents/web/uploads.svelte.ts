// Several files on their way together: two at a time, each with its state, kept across a reload where that is asked for.

import { newId } from '#platform/ids'
import { exactNow } from '#web/clock.svelte.ts'
import { explain } from '#web/explain.ts'
import { keep, kept, whenForgotten } from '#web/keep.ts'
import type { FileRef, ShownScan } from '../contract.ts'
import { dropFile, keepFile, keptFile } from './kept-files.ts'
import { documentTexts, fileSentences } from './texts.ts'
import { uploadFile } from './upload.ts'

/** What a page needs to know of a file that is attached already: a contract's Attachment or FileRef. */
export type Attached = {
  id: string
  name: string
  type: string
  bytes: number
  view?: boolean
  scan?: ShownScan
}

export type Sending = {
  id: string
  name: string
  bytes: number
  type: string
  state: 'queued' | 'sending' | 'waiting' | 'sent' | 'failed'
  /** 0 to 1. */
  progress: number
  /** Why it failed, as a sentence. */
  problem?: string
  /** Once it is there. */
  ref?: Attached
  /** A picture of it, from this device. */
  preview?: string
}

export type Uploads = ReturnType<typeof openUploads>

type Kept = { id: string; name: string; bytes: number; type: string; ref?: Attached }

const atOnce = 2
const runningFiles = new Map<string, AbortController>()
const waitingTurns: (() => void)[] = []
let taken = 0

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (taken >= atOnce) await new Promise<void>((resolve) => waitingTurns.push(resolve))
  else taken++
  try {
    return await work()
  } finally {
    const next = waitingTurns.shift()
    if (next) next()
    else taken--
  }
}

whenForgotten(() => {
  for (const running of runningFiles.values()) running.abort(new DOMException('signed out', 'AbortError'))
})

const pictured = /^image\/(png|jpeg|gif|webp|avif)$/

/**
 * A list of files that are being attached. With `keepAs` (which should name the person, too) the list and the files
 * survive a reload until `clear`. `forHandIn`: they have the hand-ins' own reserve. `changed` is told whenever what would be submitted has changed.
 */
export function openUploads(
  options: { keepAs?: string; most?: number; changed?: () => void; forHandIn?: boolean } = {},
) {
  const { keepAs, changed, most = 20, forHandIn = false } = options
  let items = $state.raw<Sending[]>([])
  const sources = new Map<string, File>()
  let restored: Promise<void> | null = null
  const keptName = keepAs && `files.${keepAs}`

  function save(): void {
    if (!keptName) return
    const worth = items.filter((item) => item.ref || sources.has(item.id))
    const list = worth.map(({ id, name, bytes, type, ref }): Kept => ({ id, name, bytes, type, ref }))
    keep(keptName, list.length ? list : null)
  }

  function set(id: string, change: Partial<Sending>): void {
    items = items.map((item) => (item.id === id ? { ...item, ...change } : item))
  }

  async function send(id: string, file: File): Promise<void> {
    const running = new AbortController()
    runningFiles.set(id, running)
    const { signal } = running
    set(id, { state: 'queued', problem: undefined })
    try {
      const ref = await inTurn(() => {
        signal.throwIfAborted()
        set(id, { state: 'sending' })
        return uploadFile(file, {
          signal,
          forHandIn,
          ...(keepAs ? { fingerprint: id } : {}),
          onProgress: ({ sent, total, waiting }) =>
            set(id, { state: waiting ? 'waiting' : 'sending', progress: total ? sent / total : 0 }),
        })
      })
      set(id, { state: 'sent', progress: 1, ref })
      sources.delete(id)
      if (keepAs) void dropFile(id)
      save()
      changed?.()
    } catch (error) {
      if (signal.aborted) return
      set(id, { state: 'failed', problem: explain(error, fileSentences()) })
    } finally {
      runningFiles.delete(id)
    }
  }

  function add(files: readonly File[]): void {
    const room = Math.max(0, most - items.length)
    const fresh = files.map((file, i) => ({ file, item: itemOf(file, i >= room ? most : null) }))
    items = [...items, ...fresh.map(({ item }) => item)]
    for (const { file, item } of fresh) {
      if (item.state === 'failed') continue
      sources.set(item.id, file)
      if (keepAs) void keepFile(item.id, file)
      void send(item.id, file)
    }
    save()
    changed?.()
  }

  function remove(id: string): void {
    const gone = items.find((item) => item.id === id)
    runningFiles.get(id)?.abort(new DOMException('removed', 'AbortError'))
    items = items.filter((item) => item.id !== id)
    sources.delete(id)
    if (gone?.preview) URL.revokeObjectURL(gone.preview)
    if (keepAs) void dropFile(id)
    save()
    changed?.()
  }

  async function restore(): Promise<void> {
    const before = (keptName && kept<Kept[]>(keptName)) || []
    const place = (item: Kept): Sending => ({
      ...item,
      state: item.ref ? 'sent' : 'queued',
      progress: item.ref ? 1 : 0,
    })
    items = [...before.map(place), ...items]
    for (const { id, ref } of before) {
      if (ref) continue
      const file = await keptFile(id)
      if (!items.some((item) => item.id === id)) continue
      if (!file) set(id, { state: 'failed', problem: documentTexts().chooseAgain })
      else {
        sources.set(id, file)
        set(id, { preview: previewOf(file) })
        void send(id, file)
      }
    }
  }

  return {
    get items() {
      return items
    },
    /** Whether it is a hand-in's, which has room of its own. */
    forHandIn,
    /** What has arrived, in order: what a draft names. */
    get refs(): Attached[] {
      return items.flatMap((item) => (item.ref ? [item.ref] : []))
    },
    /** Whether something is still on its way. */
    get busy() {
      return items.some(({ state }) => state !== 'sent' && state !== 'failed')
    },
    get failed() {
      return items.some(({ state }) => state === 'failed')
    },
    add,
    /** Adds what was made on this device; from here on it is kept as the list is. */
    take(file: File): boolean {
      add([file])
      return true
    },
    remove,
    /** Sends again what was refused or interrupted, if the file is still at hand. */
    again(id: string): void {
      const file = sources.get(id)
      if (file) void send(id, file)
    },
    canTryAgain: (id: string) => sources.has(id),
    /** Adds what is on the server already, as far as there is room. */
    attach(attached: readonly Attached[]): void {
      const fresh = attached.filter(({ id }) => !items.some((item) => item.ref?.id === id))
      const room = fresh.slice(0, Math.max(0, most - items.length))
      items = [...items, ...room.map((ref): Sending => ({ ...ref, state: 'sent', progress: 1, ref }))]
      save()
      changed?.()
    },
    /** Shows what is attached already, in the place of everything. */
    put(attached: readonly Attached[]): void {
      items = attached.map((ref) => ({ ...ref, state: 'sent', progress: 1, ref }))
      save()
    },
    /** Takes up what an earlier visit left; once, however often it is asked. */
    restoreOnce(): Promise<void> {
      restored ??= restore()
      return restored
    },
    /** Empties the list once it was handed over; what has arrived stays on the server. */
    clear(): void {
      for (const { id } of items) remove(id)
    },
  }
}

function previewOf(file: File): string | undefined {
  return pictured.test(file.type) ? URL.createObjectURL(file) : undefined
}

function itemOf(file: File, most: number | null): Sending {
  const { name, size: bytes, type } = file
  const item: Sending = { id: newId(exactNow()), name, bytes, type, state: 'queued', progress: 0 }
  if (most !== null) return { ...item, state: 'failed', problem: documentTexts().many(most) }
  return { ...item, preview: previewOf(file) }
}
