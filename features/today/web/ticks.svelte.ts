// Ticking homework off: shown at once, sent when it can be; what could not be sent stays on the device until it is.
import { api, Refusal } from '#web/api.ts'
import { connection, onceBack } from '#web/connection.svelte.ts'
import { keep, kept } from '#web/keep.ts'
import { patchPersonal } from './personal.svelte.ts'

let waiting = $state.raw<Record<string, boolean>>(kept('ticks') ?? {})
let sending = false

/** What the person wants and the server does not know yet: true to be ticked, false to be unticked. */
export function wished(homeworkId: string): boolean | undefined {
  return waiting[homeworkId]
}

/** Whether the wish is only on this device for now, because the server could not be reached. */
export function keptHere(homeworkId: string): boolean {
  return waiting[homeworkId] !== undefined && connection() !== 'ok'
}

function put(next: Record<string, boolean>): void {
  waiting = next
  keep('ticks', next)
}

function settle(homeworkId: string, done: boolean): void {
  patchPersonal((part) => {
    const others = part.work.filter((state) => state.homeworkId !== homeworkId)
    const id = homeworkId as (typeof part.work)[number]['homeworkId']
    return { ...part, work: done ? [...others, { homeworkId: id, state: 'done' }] : others }
  })
  const { [homeworkId]: _, ...rest } = waiting
  put(rest)
}

/** Ticks or unticks. Rejects only when the server says no; without a line it waits for one. */
export async function tick(homeworkId: string, done: boolean): Promise<void> {
  put({ ...waiting, [homeworkId]: done })
  try {
    await api(done ? 'PUT' : 'DELETE', `/api/homework/${homeworkId}/tick`)
  } catch (error) {
    const no = error instanceof Refusal && error.status >= 400 && error.status < 500 && error.status !== 401
    if (!no) return
    const { [homeworkId]: _, ...rest } = waiting
    put(rest)
    throw error
  }
  if (waiting[homeworkId] === done) settle(homeworkId, done)
}

async function sendWaiting(): Promise<void> {
  if (sending) return
  sending = true
  for (const [id, done] of Object.entries(waiting)) await tick(id, done).catch(() => {})
  sending = false
}

/** Starts to send what waits, now and whenever the workspace is back; returns how to stop. */
export function keepSending(): () => void {
  waiting = kept('ticks') ?? {}
  void sendWaiting()
  return onceBack(sendWaiting)
}
