// What a teacher prepared for later days, which the class does not see yet: asked for beside the class's own diary.
import { api } from '#web/api.ts'
import { views } from '#web/views.svelte.ts'
import type { Ahead } from '../ahead/contract.ts'
import type { PeriodEntry } from '../history/contract.ts'

/**
 * Entries that the class sees from their day on. None for whoever teaches nowhere (nothing is asked then), for days that
 * have passed, and without a line: the diary itself does not wait for them.
 */
export async function preparedIn(
  classId: string,
  span: { from: string; to: string; subject?: string },
  today: string,
): Promise<PeriodEntry[]> {
  if (span.to <= today || !views().some(({ role }) => role === 't')) return []
  const { from, to, subject } = span
  const query = new URLSearchParams({ from, to, ...(subject && { subject }) })
  const path = `/api/classes/${classId}/diary/ahead?${query}`
  return api<Ahead>('GET', path).then(
    ({ entries }) => entries,
    () => [],
  )
}
