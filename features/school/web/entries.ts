// What a school's own page leads to. A feature that has something for the office adds one entry here, and its words to
// texts-entries.ts; an entry is shown once its address leads to a page.
import { calendar, card, check, folder, people, task } from '#web/components/icons.ts'
import { info, key, place } from '#web/components/icons-more.ts'
import type { entryTexts } from './texts-entries.ts'

export type Entry = {
  /** Names its words in texts-entries.ts. */
  name: keyof ReturnType<typeof entryTexts>['entries']
  icon: string
  href(schoolId: string): string
}

/** In the order of the page: every day, then each term, then once a year. */
export const entries: readonly Entry[] = [
  { name: 'missing', icon: people, href: (id) => `/schools/${id}/missing` },
  { name: 'absences', icon: calendar, href: () => '/absences' },
  { name: 'remote', icon: place, href: (id) => `/schools/${id}/remote` },
  { name: 'classes', icon: people, href: (id) => `/schools/${id}/classes` },
  { name: 'codes', icon: key, href: (id) => `/schools/${id}/codes` },
  { name: 'accounts', icon: card, href: (id) => `/schools/${id}/accounts` },
  { name: 'import', icon: task, href: (id) => `/schools/${id}/import` },
  { name: 'scales', icon: check, href: (id) => `/schools/${id}/scales` },
  { name: 'storage', icon: folder, href: (id) => `/schools/${id}/storage` },
  { name: 'feeds', icon: calendar, href: () => '/feeds' },
  { name: 'settings', icon: info, href: (id) => `/schools/${id}/settings` },
]
