// The waiting page: one self-contained answer of at most 14 kB (what a server may send at once on a new connection), in
// French or English, without script, with the day on it.
import { gzipSync } from 'node:zlib'
import type { Language } from '../request/accepts.ts'
import { fragmentOf, type HeldSheet } from '../sheets/packed.ts'
import { style } from './style.ts'
import { type Reason, wordsFor } from './texts.ts'

/** Bytes after compression, with the headers left out. */
export const mostBytes = 14 * 1024 - 1024

const roof =
  '<svg viewBox="0 0 26 20" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M2 9 13 2l11 7M5.5 8v10.5M20.5 8v10.5"/></svg>'

const icon =
  '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%27-1 -4 28 28%27 fill=%27none%27 stroke=%27%23264564%27 stroke-width=%273%27 stroke-linecap=%27round%27%3E%3Cpath d=%27M2 9 13 2l11 7M5.5 8v10.5M20.5 8v10.5%27/%3E%3C/svg%3E">'

function dateOf(sheet: HeldSheet, language: Language): string {
  const date = new Date(`${sheet.name.slice(4)}T12:00:00Z`)
  const format = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return date.toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', format)
}

function dayHtml(sheets: readonly HeldSheet[], language: Language, reason: Reason, today: string): string {
  const words = wordsFor(language, reason)
  const first = sheets[0]
  if (!first) return words.noDay ? `<p class="day">${words.noDay}</p>` : ''
  const date = dateOf(first, language) + (first.name === `day/${today}` ? `, ${words.today}` : '')
  const parts = sheets.map((sheet) => `<article class="sheet">${fragmentOf(sheet)}</article>`).join('\n')
  const title = reason === 'day' ? '' : `${words.day} `
  return `<section class="day" aria-label="${words.day}"><h2>${title}<span>${date}</span></h2>\n${parts}</section>`
}

function whole(
  sheets: readonly HeldSheet[],
  language: Language,
  reason: Reason,
  today: string,
  again: string,
): Buffer {
  const words = wordsFor(language, reason)
  const safe = words.safe ? `<p class="safe">${words.safe}</p>` : ''
  return gzipSync(`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title} · Préau</title>${icon}
<style>${style}</style></head>
<body${reason === 'day' ? ' class="plain"' : ''}><header>${roof}<span>Préau</span></header>
<main><section class="wait" role="status"><h1>${words.title}</h1><p>${words.lead}</p>${safe}<a class="again" href="${again}">${words.again}</a></section>
${dayHtml(sheets, language, reason, today)}</main></body></html>`)
}

/** The page, gzipped; sheets that do not fit into its bytes are left out, the last first. `again` is where the button leads. */
export function pageOf(
  sheets: readonly HeldSheet[],
  language: Language,
  reason: Reason,
  today: string,
  again: string,
): Buffer {
  for (let count = sheets.length; count > 0; count--) {
    const page = whole(sheets.slice(0, count), language, reason, today, again)
    if (page.length <= mostBytes) return page
  }
  return whole([], language, reason, today, again)
}

/** A bounded memory of pages: a class that waits together reads one page, made once. */
export function pageBook(
  most = 500,
): (
  sheets: readonly HeldSheet[],
  language: Language,
  reason: Reason,
  today: string,
  again: string,
) => Buffer {
  const pages = new Map<string, Buffer>()
  return (sheets, language, reason, today, again) => {
    const which = sheets.map((sheet) => `${sheet.path} ${sheet.version}`).join(' ')
    const name = `${language} ${reason} ${today} ${again} ${which}`
    const known = pages.get(name)
    if (known) return known
    const page = pageOf(sheets, language, reason, today, again)
    if (pages.size >= most) pages.delete(pages.keys().next().value as string)
    pages.set(name, page)
    return page
  }
}
