// Which sheets the person may show (cookie preau_views) and which one is in front: a parent's child, a teacher's own day.
import type { View } from '#door/formats/feed'
import { keep, kept } from './keep.ts'

function cookieText(): string {
  return /(?:^|; )preau_views=([^;]*)/.exec(document.cookie)?.[1] ?? ''
}

function parse(text: string): View[] {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
    const list = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

let text = $state(cookieText())
const list = $derived(parse(text))
let chosen = $state(kept<string>('view') ?? '')

const name = (view: View) => `${view.role}.${view.sheet}.${view.child ?? ''}`

/** All views of whoever is signed in; empty when nobody is. */
export function views(): View[] {
  return list
}

/** The view in front. */
export function view(): View | undefined {
  return list.find((v) => name(v) === chosen) ?? list[0]
}

export function bringToFront(next: View): void {
  chosen = name(next)
  keep('view', chosen)
}

/** Changes with the person's rights: what was kept under another value is not theirs. */
export function viewsStamp(): string {
  return text
}

/** Reads the cookie again: after signing in, switching or renewing. */
export function readViews(): void {
  text = cookieText()
  chosen = kept<string>('view') ?? ''
}

/** Pupils are said "tu", grown-ups "vous". */
export function isPupil(): boolean {
  return list[0]?.role === 's'
}
