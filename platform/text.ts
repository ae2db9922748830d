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
/** Linux takes 255; what is put behind a name (a number, ".txt") needs some of them. */
const mostFileNameBytes = 220
const utf8 = new TextEncoder()

/** Names that Windows keeps for devices, whatever ending they have. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/**
 * A file's name that every system takes: composed (NFC), without separators, control characters, a device's name, or an
 * end that Windows drops. Longer ones are cut before their ending, between characters.
 */
export function safeFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
    .replace(devices, '_$1')
  return shortened(clean) || 'document'
}

function shortened(name: string): string {
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? ''
  const letters = Array.from(ending ? name.slice(0, -ending.length) : name)
  let bytes = utf8.encode(ending).length
  let kept = 0
  while (kept < Math.min(letters.length, longestFileName - ending.length)) {
    bytes += utf8.encode(letters[kept]).length
    if (bytes > mostFileNameBytes) break
    kept++
  }
  return kept === letters.length ? name : letters.slice(0, kept).join('').trimEnd() + ending
}

/**
 * Two names with the same key are one file somewhere: Windows and macOS ignore case, macOS also how accents are composed
 * and that "ß" is written "SS".
 */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

/** The name itself, or with a number before its ending when it is taken already (`fileNameKey`). Takes it. */
export function freeName(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]{1,10})?$/s.exec(name) ?? []
  let found = name
  for (let n = 2; taken.has(fileNameKey(found)); n++) found = `${stem.trimEnd()} (${n})${ending}`
  taken.add(fileNameKey(found))
  return found
}

export type ArchivePaths = {
  /** A path in a folder ("" or "Cours/"), by a name that is made safe and unlike every other one there. Takes it. */
  take(folder: string, name: string): string
  /** The path of a text that stands in the place of what has this path: "Cours/a.pdf.txt". Takes it. */
  note(path: string): string
}

/** The paths of one archive: each is one file, or one folder, on every computer that unpacks it. */
export function archivePaths(): ArchivePaths {
  const folders = new Map<string, Set<string>>()
  function take(folder: string, name: string): string {
    const taken = folders.get(folder) ?? new Set<string>()
    folders.set(folder, taken)
    return `${folder}${freeName(safeFileName(name), taken)}`
  }
  function note(path: string): string {
    const cut = path.lastIndexOf('/') + 1
    return take(path.slice(0, cut), `${path.slice(cut)}.txt`)
  }
  return { take, note }
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
