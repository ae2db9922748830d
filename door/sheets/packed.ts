// A sheet as the door keeps it: compressed once, with the headers of its answer ready.
import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import type { Head } from '../answer/security.ts'
import { type Sheet, sheetPath } from '../formats/feed.ts'

/** A sheet in few bytes, as it is kept in memory and on disk. */
export type Packed = {
  key: string
  name: string
  version: string
  /** The JSON, gzipped. */
  json: Buffer
  /** The HTML fragment, gzipped; null when there is none. */
  html: Buffer | null
}

/** A packed sheet, ready to be sent. */
export type HeldSheet = Packed & {
  path: string
  etag: string
  found: Head
  unchanged: Head
}

const gzipped = promisify(gzip)

// zlib answers with a slice of a 16 kB buffer, which a small sheet would keep alive whole: so it is copied.
async function compress(text: string): Promise<Buffer> {
  const slice = await gzipped(text)
  const exact = Buffer.allocUnsafeSlow(slice.length)
  slice.copy(exact)
  return exact
}

const keyForm = /^[A-Za-z0-9._~-]{1,128}$/
const nameForm = /^[a-z]{1,16}\/[0-9a-z-]{1,40}$/
const versionForm = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/

/** Whether key, name and version can stand in an address and in a header. */
export function isSound(sheet: { key: string; name: string; version: string }): boolean {
  return keyForm.test(sheet.key) && nameForm.test(sheet.name) && versionForm.test(sheet.version)
}

/** Compresses a sheet, beside the event loop. */
export async function pack(sheet: Sheet): Promise<Packed> {
  const { key, name, version } = sheet
  const json = await compress(sheet.json)
  return { key, name, version, json, html: sheet.html ? await compress(sheet.html) : null }
}

/** The fragment for pages without script, or an empty text. */
export function fragmentOf(sheet: Packed): string {
  return sheet.html ? gunzipSync(sheet.html).toString() : ''
}

/**
 * Prepares the answers of a sheet. Its version is the ETag; devices keep it for themselves and ask each time whether
 * it still holds. `security`: headers that go on every answer.
 */
export function ready(sheet: Packed, security: Head): HeldSheet {
  const etag = `"${sheet.version}"`
  const common = ['etag', etag, 'cache-control', 'private, no-cache', 'vary', 'cookie, accept-encoding']
  const found = [
    'content-type',
    'application/json',
    'content-encoding',
    'gzip',
    'content-length',
    String(sheet.json.length),
    ...common,
    ...security,
  ]
  return { ...sheet, path: sheetPath(sheet.key, sheet.name), etag, found, unchanged: common }
}
