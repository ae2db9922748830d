// Opens a OneRoster export, a folder or a zip, and trusts neither: names, sizes and compression ratios are checked on
// what is really read, never on what a header claims.
import { createReadStream } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import yauzl from 'yauzl'
import { systemCode } from '#platform/operator-error'
import { Refused } from '#platform/refusal'

export type ExportLimits = {
  /** Entries of a zip. */
  entries: number
  /** Bytes read of all files together, decompressed. */
  bytes: number
  /** Decompressed bytes per compressed byte, once a file is larger than `ratioFrom` bytes. */
  ratio: number
  ratioFrom: number
}
export const exportLimits: ExportLimits = {
  entries: 1000,
  bytes: 32 * 2 ** 30,
  ratio: 200,
  ratioFrom: 2 ** 24,
}

export type ExportFile = { bytes: number; open(): AsyncIterable<Buffer> }
export type Export = {
  /** By name without ".csv", as OneRoster writes it (academicSessions). */
  files: ReadonlyMap<string, ExportFile>
  close(): void
}

/**
 * Opens a folder or zip with manifest.csv at its root, or in its only folder. `known` are the names that case is
 * mended for ("Users.csv").
 * @throws directory.not-found, not-an-export, manifest-missing, zip-damaged, zip-encrypted, unsafe-path, file-twice,
 * too-many-files; and while reading too-large, zip-bomb
 */
export async function openExport(
  path: string,
  known: readonly string[],
  limits: ExportLimits = exportLimits,
): Promise<Export> {
  const found = await stat(path).catch((error) => {
    throw systemCode(error) === 'ENOENT' ? new Refused('directory.not-found') : error
  })
  const opened = found.isDirectory()
    ? await openFolder(path, limits)
    : await openZip(path, found.size, limits)
  try {
    const files = new Map<string, ExportFile>()
    for (const [name, file] of atRoot(opened.files)) {
      const plain = name.replace(/\.csv$/i, '')
      const proper = known.find((one) => one.toLowerCase() === plain.toLowerCase()) ?? plain
      if (files.has(proper)) throw new Refused('directory.file-twice', { file: `${proper}.csv` })
      files.set(proper, file)
    }
    if (!files.has('manifest')) throw new Refused('directory.manifest-missing')
    return { files, close: opened.close }
  } catch (error) {
    opened.close()
    throw error
  }
}

type Opened = { files: Map<string, ExportFile>; close(): void }

/** What archive programs add of their own. */
const clutter = /(^|\/)(__MACOSX\/|\.)/

/** The CSV files at the root, or in the single folder that holds everything. */
function atRoot(files: Map<string, ExportFile>): [string, ExportFile][] {
  const all = [...files].filter(([name]) => /\.csv$/i.test(name) && !clutter.test(name))
  const folders = new Set(all.map(([name]) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : '')))
  const inside = folders.size === 1 ? [...folders][0] : ''
  return all
    .map(([name, file]): [string, ExportFile] => [inside ? name.slice(inside.length + 1) : name, file])
    .filter(([name]) => !name.includes('/'))
}

/** Counts what is read over all files. @throws directory.too-large */
function meter(limits: ExportLimits) {
  let total = 0
  return (file: string, bytes: number) => {
    total += bytes
    if (total > limits.bytes) throw new Refused('directory.too-large', { file, limit: limits.bytes })
  }
}

async function openFolder(path: string, limits: ExportLimits): Promise<Opened> {
  const count = meter(limits)
  const files = new Map<string, ExportFile>()
  for (const folder of ['', ...(await onlyFolderOf(path))]) {
    for (const entry of await readdir(join(path, folder))) {
      if (!/\.csv$/i.test(entry)) continue
      const name = folder ? `${folder}/${entry}` : entry
      const found = await lstat(join(path, name))
      if (!found.isFile()) throw new Refused('directory.unsafe-path', { file: shown(entry) })
      files.set(name, { bytes: found.size, open: () => readFolderFile(join(path, name), count) })
    }
  }
  return { files, close() {} }
}

async function onlyFolderOf(path: string): Promise<string[]> {
  const entries = (await readdir(path, { withFileTypes: true })).filter((e) => !clutter.test(`${e.name}/`))
  return entries.length === 1 && entries[0]?.isDirectory() ? [entries[0].name] : []
}

async function* readFolderFile(path: string, count: (file: string, bytes: number) => void) {
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    count(basename(path), chunk.length)
    yield chunk as Buffer
  }
}

/** A name out of the archive, fit for a sentence. */
const shown = (name: string) => name.replace(/[^\w.\-/ ]/g, '?').slice(0, 80)

async function openZip(path: string, size: number, limits: ExportLimits): Promise<Opened> {
  const zip = await yauzl
    .openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    })
    .catch((error: Error) => {
      const isZip = !/end of central directory|not a zip|signature not found/i.test(error.message)
      throw new Refused(isZip ? 'directory.zip-damaged' : 'directory.not-an-export')
    })
  const files = new Map<string, ExportFile>()
  const count = meter(limits)
  const seen = new Set<string>()
  try {
    if (zip.entryCount > limits.entries) {
      throw new Refused('directory.too-many-files', { limit: limits.entries })
    }
    for (const entry of await entriesOf(zip)) {
      checkEntry(entry, seen)
      if (entry.fileName.endsWith('/')) continue
      const packed = Math.min(entry.compressedSize, size)
      const open = () => readEntry(zip, entry, packed, limits, count)
      files.set(entry.fileName, { bytes: entry.uncompressedSize, open })
    }
  } catch (error) {
    zip.close()
    throw error
  }
  return { files, close: () => zip.close() }
}

function entriesOf(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = []
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => {
      // yauzl refuses "../", absolute paths and backslashes by itself.
      const path = /relative path|absolute path|characters in fileName/i.test(error.message)
      reject(new Refused(path ? 'directory.unsafe-path' : 'directory.zip-damaged'))
    })
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.readEntry()
  })
}

const fileKind = 0o170000
const symbolicLink = 0o120000

function checkEntry(entry: yauzl.Entry, seen: Set<string>): void {
  const file = shown(entry.fileName)
  if (((entry.externalFileAttributes >>> 16) & fileKind) === symbolicLink) {
    throw new Refused('directory.unsafe-path', { file })
  }
  if (entry.generalPurposeBitFlag & 1) throw new Refused('directory.zip-encrypted', { file })
  const key = entry.fileName.toLowerCase()
  if (seen.has(key)) throw new Refused('directory.file-twice', { file })
  seen.add(key)
}

async function* readEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  packed: number,
  limits: ExportLimits,
  count: (file: string, bytes: number) => void,
) {
  const file = basename(shown(entry.fileName))
  let read = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      read += (chunk as Buffer).length
      if (read > limits.ratioFrom && read > packed * limits.ratio) {
        throw new Refused('directory.zip-bomb', { file, limit: limits.ratio })
      }
      count(file, (chunk as Buffer).length)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof Refused || systemCode(error) === 'EIO') throw error
    throw new Refused('directory.zip-damaged', { file })
  }
}
