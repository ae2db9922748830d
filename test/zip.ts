// What is in a zip, for tests.
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

const fromBuffer = promisify<Buffer, yauzl.Options, ZipFile>(yauzl.fromBuffer)

const openEntry = (zip: ZipFile, entry: Entry) =>
  promisify(
    zip.openReadStream.bind(zip) as (e: Entry, cb: (error: Error | null, stream: Readable) => void) => void,
  )(entry)

/** Names and contents, read as text. */
export async function unzipped(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await fromBuffer(bytes, { lazyEntries: true })
  const found: Record<string, string> = {}
  zip.readEntry()
  zip.on('entry', async (entry: Entry) => {
    const stream = await openEntry(zip, entry)
    found[entry.fileName] = await text(stream)
    zip.readEntry()
  })
  await once(zip, 'end')
  return found
}
