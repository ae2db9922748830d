// Sheets as pages read them: from the door, checked by ETag, with the last day's kept for when there is no line.
import { usualZone } from '#platform/calendar'
import { api, askToSignIn, Refusal } from '#web/api.ts'
import { keep, kept } from '#web/keep.ts'
import { readViews, viewsStamp } from '#web/views.svelte.ts'

/** `kept`: not from the door just now but from this device, at `at` (ms since 1970). */
export type Read<T> = { sheet: T; kept: boolean }

type Stored = { path: string; stamp: string; sheet: unknown }

/** Keys were changed (a new class, a new year): fetches fresh ones once, then the cookie names the new sheets. */
async function renew(): Promise<boolean> {
  const before = viewsStamp()
  await api('POST', '/api/session/renew')
  readViews()
  return viewsStamp() !== before
}

/**
 * Reads one sheet. With `name`, the sheet is kept on the device under it and stands in when the line is cut.
 * @throws {Refusal} `renewed` when the views have changed and the caller should look at them again.
 */
export async function readSheet<T>(path: string, name?: string): Promise<Read<T>> {
  try {
    const sheet = await api<T>('GET', path)
    if (name) keep(name, { path, stamp: viewsStamp(), sheet } satisfies Stored)
    return { sheet, kept: false }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.status === 401) askToSignIn()
    if (error.status === 404 && (await renew().catch(() => false))) throw new Refusal('renewed', 0)
    const stored = name ? keptSheet<T>(path, name) : null
    if (stored && error.status !== 401 && error.status !== 404) return { sheet: stored, kept: true }
    throw error
  }
}

/** The school's time zone, as the last day's sheet said. */
export function schoolZone(): string {
  return kept<{ sheet?: { zone?: string } }>('day')?.sheet?.zone ?? usualZone
}

/** What the device kept of a sheet, for showing it while the door is asked. */
export function keptSheet<T>(path: string, name: string): T | null {
  const stored = kept<Stored>(name)
  return stored?.path === path && stored.stamp === viewsStamp() ? (stored.sheet as T) : null
}
