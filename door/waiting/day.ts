// The day of whoever is known: which sheets a page without script shows, and of which date. Pure but for the shelf.

import type { View } from '../formats/feed.ts'
import { cookieNames, type PassRole } from '../formats/pass.ts'
import type { Reader } from '../passes/book.ts'
import { cookieOf } from '../request/cookie.ts'
import type { HeldSheet } from '../sheets/packed.ts'
import type { Shelf } from '../sheets/shelf.ts'

const mostSheets = 4
const daysAhead = 14
const roles: readonly PassRole[] = ['t', 's', 'g']

/** The date some days after another. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

function viewedKeys(cookies: string | undefined): string[] {
  const text = cookieOf(cookies, cookieNames.views)
  if (!text) return []
  try {
    const views = JSON.parse(Buffer.from(text, 'base64url').toString()) as (View | null)[]
    return views.map((view) => view?.sheet as string).filter((key) => typeof key === 'string')
  } catch {
    return []
  }
}

/**
 * The keys whose sheets to show, best first: those that the page shows by its own cookie, else those of the pass.
 * The cookie can be written by anybody, so only keys that the pass lists count.
 */
export function keysToShow(reader: Reader, cookies: string | undefined): string[] {
  const viewed = viewedKeys(cookies).filter((key) => reader.keys.has(key))
  const own = roles.flatMap((role) => reader.pass.keys[role] ?? [])
  return [...new Set(viewed.length > 0 ? viewed : own)]
}

/** The sheets to show: of today, or of the next day within two weeks that has something; the same day for all. */
export function dayFor(keys: readonly string[], today: string, held: Shelf): HeldSheet[] {
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const name = `day/${daysAfter(today, ahead)}`
    const sheets = keys.map((key) => held.of(key, name)).filter((sheet) => sheet?.html) as HeldSheet[]
    if (sheets.length > 0) return sheets.slice(0, mostSheets)
  }
  return []
}
