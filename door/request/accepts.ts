// What the other side says that it can read: content codings, HTML, French or English (RFC 9110 §12.5). Pure.

function quality(parameters: string | undefined): number {
  const q = parameters?.match(/;\s*q\s*=\s*([0-9.]+)/i)?.[1]
  return q === undefined ? 1 : Number(q)
}

function* list(header: string): Generator<readonly [name: string, q: number]> {
  for (const part of header.split(',')) {
    const at = part.indexOf(';')
    const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase()
    if (name) yield [name, quality(at < 0 ? undefined : part.slice(at))]
  }
}

/** Whether a content coding (`br`, `gzip`) may be sent. `*` is not enough: whoever sends it is no browser. */
export function accepts(coding: 'br' | 'gzip', header: string | undefined): boolean {
  if (!header) return false
  // What every browser sends, without taking it apart.
  if (!header.includes('q')) return header.includes(coding)
  for (const [name, q] of list(header)) if (name === coding) return q > 0
  return false
}

/** Whether a browser asks for a page: only who names `text/html` does. */
export function acceptsHtml(header: string | undefined): boolean {
  return header?.includes('text/html') ?? false
}

export type Language = 'fr' | 'en'

/** The language of a page: the better liked of French and English; French when neither is named. */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'fr'
  let most = 0
  for (const [name, q] of list(header ?? '')) {
    const language = name.slice(0, 2)
    if ((language === 'fr' || language === 'en') && q > most) {
      best = language
      most = q
    }
  }
  return best
}
