// Pure decisions about files: what their bytes say they are, how they may be served, and which bytes a request asks for.
import { madeAt } from '#platform/ids'
import type { ScanState, ShownScan } from './contract.ts'

/** Shown by a browser itself; everything else is only ever downloaded. HTML, SVG and XML must never be listed. */
const shownInline: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'text/plain',
]

// Other names of the same formats, as the detector gives them.
const sameAs: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'application/ogg': 'video/ogg',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heif',
}

const unknownType = 'application/octet-stream'

/** The media type of a file by its first bytes; `found` is what the detector of binary formats says of them. */
export function typeByContent(head: Uint8Array, found: string | undefined): string {
  const type = asSound(head, found?.split(';')[0])
  if (type && type !== 'application/xml') return sameAs[type] ?? type
  const text = asText(head)
  return text === null ? unknownType : typeOfText(text)
}

/**
 * What browsers record as sound alone comes in the boxes of films: WebM whose only codec is one for sound (its CodecID
 * begins with A_, that of pictures with V_), MP4 with no other handler than `soun` (ISO/IEC 14496-12 §8.4.3).
 */
function asSound(head: Uint8Array, type: string | undefined): string | undefined {
  if (type !== 'video/webm' && type !== 'video/mp4') return type
  const text = new TextDecoder('latin1').decode(head)
  if (type === 'video/webm') return /A_[A-Z]{3}/.test(text) && !/V_[A-Z]/.test(text) ? 'audio/webm' : type
  return /hdlr.{8}soun/s.test(text) && !/hdlr.{8}vide/s.test(text) ? 'audio/mp4' : type
}

function asText(head: Uint8Array): string | null {
  try {
    // `stream` lets the last character be cut off.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? null : text
  } catch {
    return null
  }
}

function typeOfText(text: string): string {
  if (!text.trimStart().startsWith('<')) return 'text/plain'
  if (/<svg[\s>]/i.test(text)) return 'image/svg+xml'
  return /^\s*<\?xml/i.test(text) && !/<html[\s>]/i.test(text) ? 'application/xml' : 'text/html'
}

/** How bytes of a type are sent: shown by the browser, or handed over as a download of no particular type. */
export function servedAs(type: string): { type: string; inline: boolean } {
  if (!shownInline.includes(type)) return { type: unknownType, inline: false }
  return { type: type === 'text/plain' ? 'text/plain; charset=utf-8' : type, inline: true }
}

/** The kind of photo that browsers do not show upright by themselves, or null when none needs to be made. */
export function needsUprightView(type: string, head: Uint8Array): 'jpeg' | 'heic' | null {
  if (type === 'image/heic' || type === 'image/heif') return 'heic'
  return type === 'image/jpeg' && orientationOf(head) > 1 ? 'jpeg' : null
}

/** The orientation that a JPEG's Exif gives, 1 (upright) to 8; 1 when there is none (Exif 2.32 §4.6.4 A, tag 0x0112). */
export function orientationOf(jpeg: Uint8Array): number {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  try {
    let at = 2
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda) {
      const length = view.getUint16(at + 2)
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966)
        return orientationInTiff(view, at + 10)
      at += 2 + length
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error // cut off or damaged: as good as none
  }
  return 1
}

function orientationInTiff(view: DataView, tiff: number): number {
  const little = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, little)
  const entries = view.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12
    if (view.getUint16(entry, little) !== 0x0112) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** A name that is safe to keep and to show: the last part of a path, without control or direction characters. */
export function fileName(given: string | null | undefined): string {
  const last = (given ?? '').toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '').trim()
  if (clean === '' || clean === '.' || clean === '..') return 'document'
  return Array.from(clean).length > 200 ? shorten(clean) : clean
}

function shorten(name: string): string {
  const extension = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? ''
  return Array.from(name).slice(0, 180).join('') + extension
}

/** Content-Disposition with the name in both forms (RFC 6266 §4.3, RFC 8187). */
export function disposition(inline: boolean, name: string): string {
  const ascii =
    name
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/["\\%]/g, '_') || 'document'
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** What keeps a reader from a file's bytes: a virus, or, unless it is their own, a scan that is still to come. */
export function obstacleToReading(
  scan: ScanState,
  own: boolean,
): 'file.infected' | 'file.being-checked' | null {
  if (scan === 'infected') return 'file.infected'
  return scan === 'waiting' && !own ? 'file.being-checked' : null
}

/** What a reader is told of a scan; undefined for a file that is served as usual. */
export function shownScan(scan: ScanState): ShownScan | undefined {
  return scan === 'off' || scan === 'clean' ? undefined : scan
}

export type Range = { start: number; end: number }

/**
 * The bytes that a Range header asks for, both ends inclusive (RFC 9110 §14). `whole` when there is no single byte
 * range to honour, `none` when nothing of it exists.
 */
export function rangeOf(header: string | undefined, bytes: number): Range | 'whole' | 'none' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? 'none' : { start: bytes - length, end: bytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= bytes ? 'none' : { start, end }
}

/** Whether an upload's metadata say that it is for a hand-in: `purpose` is "hand-in", in base64 as tus has it. */
export function isForHandIn(metadata: string | undefined): boolean {
  return /(^|,) *purpose aGFuZC1pbg==(,|$)/.test(metadata ?? '')
}

/** An upload's id says whose it is: "<account>.<file id>". */
export function uploadId(account: string, file: string): string {
  return `${account}.${file}`
}

/** The file id in an upload's id, if the upload is this account's. */
export function fileIdInUpload(upload: string, account: string): string | null {
  const file = upload.startsWith(`${account}.`) ? upload.slice(account.length + 1) : ''
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(file) ? file : null
}

/** When an upload was begun (ms since 1970), by the clock that named it; null for what is no upload's id. */
export function begunAt(upload: string): number | null {
  const file = fileIdInUpload(upload, upload.slice(0, upload.indexOf('.')))
  return file === null ? null : madeAt(file)
}
