// Folders and files to take along, as one archive.
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { nodesSeenBy } from '../place-actions.ts'
import { mostAtOnce } from '../rules.ts'
import {
  type ArchiveEntry,
  archiveEntries,
  archiveName,
  type Language,
  missingText,
} from './archive-rules.ts'
import { listPacked, type PackedFile } from './archive-store.ts'

/** Types that get smaller: everything else (pictures, films, PDF, office files) is packed as it is. */
const shrinks = /^text\/|^image\/svg|xml$|json$/

/**
 * Nodes with all that the asker sees in them, as a zip that is made while it is sent: one file after the other is read,
 * and nothing is kept. What cannot be read is told in a text. @throws `absent`, `space.too-many`
 */
export async function archiveOf(
  ctx: Ctx,
  who: Who,
  ids: readonly NodeId[],
  language: Language,
): Promise<{ name: string; bytes: Readable }> {
  const seen = await nodesSeenBy(ctx, who, ids)
  const packed = []
  for (const { node, rights } of seen) {
    const asker = { account: who.account, leads: rights.right === 4 }
    packed.push(...(await listPacked(ctx.db, node.id, asker, mostAtOnce + 1)))
    if (packed.length > mostAtOnce) throw new Refused('space.too-many', { limit: mostAtOnce })
  }
  const bytes = await pack(ctx, archiveEntries(packed), language)
  return {
    name: archiveName(
      seen.map(({ node }) => node.name),
      language,
    ),
    bytes,
  }
}

async function pack(ctx: Ctx, entries: ArchiveEntry<PackedFile>[], language: Language): Promise<Readable> {
  const sizes = new Map<string, number | null>()
  for (const { file } of entries) if (file) sizes.set(file.sha256, await ctx.files.size(file.sha256))
  const isThere = ({ file }: ArchiveEntry<PackedFile>) =>
    !file || (file.served && sizes.get(file.sha256) === file.bytes)
  const zip = new ZipFile()
  const bytes = zip.outputStream as Readable
  // Whoever leaves in the middle leaves no open file behind.
  let reading: Readable | null = null
  bytes.once('close', () => reading?.destroy())
  zip.on('error', (error) => bytes.destroy(error))
  for (const { path, file } of entries.filter(isThere)) {
    if (!file) zip.addEmptyDirectory(path)
    else
      zip.addReadStreamLazy(path, { compress: shrinks.test(file.type), size: file.bytes }, (done) => {
        reading = ctx.files.read(file.sha256)
        done(null, reading)
      })
  }
  const missing = entries.filter((entry) => !isThere(entry)).map(({ path }) => path)
  if (missing.length > 0) {
    const { name, text } = missingText(missing, language)
    zip.addBuffer(Buffer.from(text), name)
  }
  zip.end()
  return bytes
}
