// Folders and files to take along, as one archive.
import type { Readable } from 'node:stream'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { archivePaths } from '#platform/text'
import { zipStream } from '#platform/zip'
import { nodesSeenBy } from '../place-actions.ts'
import { mostAtOnce } from '../rules.ts'
import { archiveEntries, archiveName, type Language, missingText, type Packed } from './archive-rules.ts'
import { listPacked, type PackedFile } from './archive-store.ts'

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
  const packed: Packed<PackedFile>[] = []
  for (const { node, rights } of seen) {
    const asker = { account: who.account, leads: rights.right === 4 }
    packed.push(...(await listPacked(ctx.db, node.id, asker, mostAtOnce + 1)))
    if (packed.length > mostAtOnce) throw new Refused('space.too-many', { limit: mostAtOnce })
  }
  return {
    name: archiveName(
      seen.map(({ node }) => node.name),
      language,
    ),
    bytes: pack(ctx, packed, language),
  }
}

function pack(ctx: Ctx, packed: readonly Packed<PackedFile>[], language: Language): Readable {
  return zipStream(async (zip) => {
    const paths = archivePaths()
    const missing: string[] = []
    for (const { path, file } of archiveEntries(packed, paths)) {
      if (zip.left) return
      if (!file) zip.folder(path)
      else if (!file.served || (await ctx.files.size(file.sha256)) !== file.bytes) missing.push(path)
      else await zip.file(path, () => ctx.files.read(file.sha256), file)
    }
    if (missing.length === 0) return
    const { name, text } = missingText(missing, language)
    zip.text(paths.take('', name), text)
  })
}
