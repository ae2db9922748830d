// What kind of thing a file is for a reader, by the type found in its bytes, and its drawing.

export type Kind =
  | 'image'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'text'
  | 'document'
  | 'sheet'
  | 'slides'
  | 'archive'
  | 'other'

/** What the server lets a browser show by itself; must agree with `servedAs` (documents/rules). */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|video\/(mp4|webm|ogg)|audio\/(mpeg|mp4|ogg|wav|webm))$/

const patterns: [RegExp, Kind][] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/^application\/pdf$/, 'pdf'],
  [/spreadsheet|ms-excel|csv/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/wordprocessing|msword|opendocument\.text|rtf|epub/, 'document'],
  [/zip|x-7z|x-rar|x-tar|gzip|x-bzip/, 'archive'],
  [/^text\/plain$/, 'text'],
]

/** The kind of a media type. */
export function kindOf(type: string): Kind {
  return patterns.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

/** Whether a page may show these bytes itself, as picture, film or sound. */
export function playable(type: string): boolean {
  return shown.test(type)
}

/** Whether a page may show it as a picture, itself or by its upright JPEG. */
export function isPicture(file: { type: string; view?: boolean }): boolean {
  return file.view || (kindOf(file.type) === 'image' && playable(file.type))
}

/** A picture heavier than this (in bytes) is only fetched when it is asked for. */
export const heaviest = 3_000_000

const sheet = 'M6 3h9l4 4v14H6zM14 3v5h5'

export const kindIcons: Record<Kind, string> = {
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01',
  video: 'M3 6h12v12H3zM15 10.5 21 7v10l-6-3.5',
  audio:
    'M9 18V6l10-2v11M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  pdf: `${sheet}M9 17v-5h1.5a1.5 1.5 0 0 1 0 3H9M14 17v-5h2M14 14.5h1.5`,
  text: `${sheet}M9 12h6M9 16h4`,
  document: `${sheet}M9 12h6M9 16h6`,
  sheet: `${sheet}M9 12h7v5H9zM12.5 12v5M9 14.5h7`,
  slides: 'M4 5h16v11H4zM12 16v4M9 20h6M8 12l3-3 2 2 3-3',
  archive: `${sheet}M10.5 4v2M10.5 8v2M10.5 12v4`,
  other: sheet,
}

/** Where a file is read; `view` asks for the upright JPEG of a photo. */
export function fileAddress(file: { id: string; name: string }, view = false): string {
  return `/files/${file.id}/${encodeURIComponent(file.name)}${view ? '?view' : ''}`
}
