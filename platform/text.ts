// Text that people type, as it is kept. Pure: the browser cleans with the same before it sends.

/**
 * Well-formed, with \n line ends, and without what no text holds: control characters, and the marks that turn the
 * direction of what follows (a name that reads otherwise than it is).
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '')
}

/** A title, a room or another text of one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim()
}

const longestFileName = 100

/** A file's name that every system takes: without separators, control characters, or an end that Windows drops. */
export function safeFileName(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}\p{Bidi_Control}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
  return Array.from(clean).slice(0, longestFileName).join('') || 'document'
}

/** The name itself, or with a number before its ending when it is taken already, in whatever case. Takes it. */
export function freeName(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]{1,10})?$/s.exec(name) ?? []
  let found = name
  for (let n = 2; taken.has(found.toLowerCase()); n++) found = `${stem.trimEnd()} (${n})${ending}`
  taken.add(found.toLowerCase())
  return found
}

/** Letters that are no other letter with a mark, in lower case. */
const unlike: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd' }

/** Without case and accents: what a search compares. As the database's `folded`. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[œæøłđ]/g, (letter) => unlike[letter] ?? letter)
}
