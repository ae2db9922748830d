// Files on their way into spaces: three at a time, with the folders around them, whichever page is open; after a reload
// they go on, as far as this device kept them.
import { dropFile, keepFile, keptFile } from '#feature/documents/web/kept-files.ts'
import { untilDone } from '#feature/documents/web/patience.ts'
import { fileSentences } from '#feature/documents/web/texts.ts'
import { uploadFile } from '#feature/documents/web/upload.ts'
import { newId } from '#platform/ids'
import { api } from '#web/api.ts'
import { exactNow } from '#web/clock.svelte.ts'
import { explain } from '#web/explain.ts'
import { keep, kept, whenForgotten } from '#web/keep.ts'
import type { Clash, NewFile, Placed } from '../../contract.ts'
import { spaceSentences } from '../texts.ts'
import { arrivingTexts } from './texts-arriving.ts'

export type Chosen = { file: File; folders: string[] }
export type Going = {
  /** Names the version that it becomes, so that sending it again changes nothing. */
  id: string
  place: string
  folders: string[]
  name: string
  bytes: number
  clash: Clash
  /** empty: there is nothing in it to keep. */
  state: 'queued' | 'sending' | 'waiting' | 'done' | 'skipped' | 'failed' | 'empty'
  /** 0 to 1. */
  progress: number
  problem?: string
}

const atOnce = 3
/** More are not kept on the device: after a reload they are chosen again. */
const mostKept = 100
const keptName = 'spaces.uploads'
let items = $state.raw<Going[]>([])
let arrived = $state(0)
const sources = new Map<string, File>()
const running = new Map<string, AbortController>()
let restored = false

const isOpen = ({ state }: Going) => state === 'queued' || state === 'sending' || state === 'waiting'

export const uploading = {
  get items() {
    return items
  },
  /** Grows with each file that has arrived: a page that shows a folder looks again. */
  get arrived() {
    return arrived
  },
  get busy() {
    return items.some(isOpen)
  },
}

function set(id: string, change: Partial<Going>): void {
  items = items.map((item) => (item.id === id ? { ...item, ...change } : item))
}

function save(): void {
  const open = items.filter(isOpen).slice(0, mostKept)
  keep(keptName, open.length ? open.map((item) => ({ ...item, state: 'queued', progress: 0 })) : null)
}

/** Sends files into a place; `clash`: what becomes of one whose name is taken there. Empty ones are left out, and said. */
export function send(place: string, chosen: readonly Chosen[], clash: (one: Chosen) => Clash): void {
  const fresh = chosen.map((one): Going => {
    const { name, size: bytes } = one.file
    const { folders } = one
    const state = bytes === 0 ? 'empty' : 'queued'
    return { id: newId(exactNow()), place, folders, name, bytes, clash: clash(one), state, progress: 0 }
  })
  // What was sent before and is done makes room.
  items = [...items.filter((item) => isOpen(item) || item.state === 'failed'), ...fresh]
  for (const [i, { id, state }] of fresh.entries()) {
    if (state === 'empty') continue
    const file = chosen[i]?.file as File
    sources.set(id, file)
    if (i < mostKept) void keepFile(id, file)
  }
  save()
  next()
}

function next(): void {
  while (running.size < atOnce) {
    const item = items.find(({ id, state }) => state === 'queued' && !running.has(id))
    if (!item) return
    const stop = new AbortController()
    running.set(item.id, stop)
    void run(item, stop.signal).finally(() => {
      running.delete(item.id)
      save()
      next()
    })
  }
}

async function run(item: Going, signal: AbortSignal): Promise<void> {
  const file = sources.get(item.id)
  if (!file) return set(item.id, { state: 'failed', problem: arrivingTexts().chooseAgain })
  set(item.id, { state: 'sending', problem: undefined })
  try {
    const ref = await uploadFile(file, {
      signal,
      fingerprint: item.id,
      onProgress: ({ sent, total, waiting }) =>
        set(item.id, { state: waiting ? 'waiting' : 'sending', progress: total ? sent / total : 0 }),
    })
    const { folders, name, clash, id } = item
    const draft = { fileId: ref.id, folders, name, clash, id: id as NewFile['id'] } satisfies NewFile
    const { outcome } = await untilDone(
      () => api<Placed>('POST', `/api/spaces/places/${item.place}/files`, draft, { signal }),
      { signal, waiting: () => set(id, { state: 'waiting' }) },
    )
    set(id, { state: outcome === 'skipped' ? 'skipped' : 'done', progress: 1 })
    sources.delete(id)
    void dropFile(id)
    arrived += 1
  } catch (error) {
    if (signal.aborted) return
    set(item.id, { state: 'failed', problem: explain(error, { ...fileSentences(), ...spaceSentences() }) })
  }
}

/** Stops one, and forgets it. */
export function stop(id: string): void {
  running.get(id)?.abort(new DOMException('removed', 'AbortError'))
  items = items.filter((item) => item.id !== id)
  sources.delete(id)
  void dropFile(id)
  save()
}

export function stopAll(): void {
  for (const { id } of items) stop(id)
}

/** Tries again what did not arrive. */
export function again(id: string): void {
  set(id, { state: 'queued', problem: undefined })
  next()
}

export const canTryAgain = (id: string) => sources.has(id)

/** Takes up what an earlier visit left; once. */
export async function restore(): Promise<void> {
  if (restored) return
  restored = true
  const before = kept<Going[]>(keptName) ?? []
  items = [...before, ...items]
  for (const { id } of before) {
    const file = await keptFile(id)
    if (file) sources.set(id, file)
  }
  next()
}

whenForgotten(() => {
  for (const one of running.values()) one.abort(new DOMException('signed out', 'AbortError'))
  items = []
})
