// Which files are office documents, of which a PDF is made to be looked at.

const endings: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
}

/** Word, Excel and PowerPoint before 2007 are one format by their first bytes, with a folder of streams in it. */
export const oldOffice = 'application/x-cfb'

/** The ending by which LibreOffice knows an office document of a type; null for any other file, and for old ones. */
export function officeEnding(type: string): string | null {
  return endings[type] ?? null
}

/** Whether there may be a preview of a file in pages: an old one is told apart by its streams, when it is opened. */
export const mayBeOffice = (type: string) => type === oldOffice || officeEnding(type) !== null

/** Where the first sector of the folder lies in a compound file, in bytes ([MS-CFB] §2.2: shift at 30, start at 48). */
export function folderAt(head: Uint8Array): { start: number; bytes: number } | null {
  if (head.length < 512) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const size = 2 ** view.getUint16(30, true)
  return size === 512 || size === 4096 ? { start: (view.getUint32(48, true) + 1) * size, bytes: 4096 } : null
}

const streams = { doc: 'WordDocument', xls: 'Workbook', ppt: 'PowerPoint Document' }

/** The ending of an old document by the names of its streams; where they lie elsewhere, by its name. */
export function oldOfficeEnding(folder: Uint8Array, name: string): string | null {
  const text = new TextDecoder('utf-16le').decode(folder.subarray(0, folder.length & ~1))
  const found = Object.entries(streams).find(([, stream]) => text.includes(stream))
  return found?.[0] ?? /\.(doc|xls|ppt)$/i.exec(name)?.[1]?.toLowerCase() ?? null
}
