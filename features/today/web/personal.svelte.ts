// The personal part of today as the pages and the shell share it: fetched once, kept small, sent ticks included.
import { api, jitter, Refusal } from '#web/api.ts'
import { saw } from '#web/connection.svelte.ts'
import { keep, kept } from '#web/keep.ts'
import { viewsStamp } from '#web/views.svelte.ts'
import type { PersonalPart } from '../contract.ts'

type Kept = { stamp: string; part: PersonalPart }

let part = $state.raw<PersonalPart | null>(null)
/** Whether `part` is this visit's answer, or what the device kept from an earlier one. */
let fresh = $state(false)
let asking: Promise<void> | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let tries = 0

function restore(): void {
  const before = kept<Kept>('personal')
  if (before?.stamp === viewsStamp()) part = before.part
}

/** The personal part, or null until something is known. */
export function personal(): PersonalPart | null {
  return part
}

export function personalIsFresh(): boolean {
  return fresh
}

async function ask(): Promise<void> {
  try {
    part = await api<PersonalPart>('GET', '/api/today')
    fresh = true
    tries = 0
    keep('personal', { stamp: viewsStamp(), part } satisfies Kept)
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'session.needed') comeBack(error)
  } finally {
    asking = null
  }
}

/** The workspace is away: look again by itself, ever more rarely and never in step with the others. */
function comeBack(refusal: Refusal): void {
  if (refusal.code === 'workspace.away' || refusal.status === 503) saw('away')
  const asked = Number(refusal.facts.seconds) || 0
  clearTimeout(timer)
  timer = setTimeout(loadPersonal, asked * 1000 + 4_000 + jitter(Math.min(tries++, 4), 8_000))
}

/** Fetches the personal part (again); several callers share one request. */
export function loadPersonal(): Promise<void> {
  if (!part) restore()
  asking ??= ask()
  return asking
}

/** Puts in what an answer to a change told, without asking for everything again. */
export function patchPersonal(change: (part: PersonalPart) => PersonalPart): void {
  if (!part) return
  part = change(part)
  keep('personal', { stamp: viewsStamp(), part } satisfies Kept)
}

/** Somebody else holds the device now. */
export function dropPersonal(): void {
  clearTimeout(timer)
  part = null
  fresh = false
  asking = null
}

addEventListener('online', () => {
  if (part || timer) loadPersonal()
})
