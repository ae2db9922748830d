// A look at an office document: the PDF that was made of it, or word of how far its making is.
import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { measure } from '#platform/files'
import type { FileId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { fileReadBy } from '../actions.ts'
import { holdBytes } from '../bytes/bytes-store.ts'
import type { Preview } from '../contract.ts'
import type { Office } from './office.ts'
import { folderAt, mayBeOffice, officeEnding, oldOfficeEnding } from './office-rules.ts'
import * as store from './office-store.ts'

/** More than this is not looked at, but downloaded. */
const mostBytes = 60 * 1024 ** 2

/**
 * How the preview of an office document stands; the first who looks has it made. What a virus scanner has not seen is
 * not opened here, not for its owner either. @throws `absent`, `file.being-checked`, `file.infected`
 */
export async function previewOf(ctx: Ctx, who: Who, id: FileId, office: Office): Promise<Preview> {
  const { sha256, type, name, bytes, scan, previewSha256 } = await fileReadBy(ctx, who, id)
  if (!mayBeOffice(type)) throw absent()
  if (previewSha256) return { state: 'ready' }
  if (scan === 'waiting') throw new Refused('file.being-checked')
  const made = await store.findPreview(ctx.db, sha256)
  if (made) {
    await store.setPreview(ctx.db, sha256, made)
    return { state: 'ready' }
  }
  if (bytes > mostBytes) return { state: 'failed' }
  const ending = officeEnding(type) ?? (await endingByStreams(ctx, sha256, name))
  if (!ending) return { state: 'failed' }
  const keep = (path: string) => keepPreview(ctx, sha256, path)
  return { state: office.ask({ sha256, ending, bytes: () => ctx.files.read(sha256), keep }) }
}

async function endingByStreams({ files }: Ctx, sha256: string, name: string): Promise<string | null> {
  const at = folderAt(await buffer(files.read(sha256, { start: 0, end: 511 })))
  if (!at || at.start >= ((await files.size(sha256)) ?? 0)) return null
  return oldOfficeEnding(
    await buffer(files.read(sha256, { start: at.start, end: at.start + at.bytes - 1 })),
    name,
  )
}

async function keepPreview(ctx: Ctx, original: string, path: string): Promise<void> {
  const measured = measure()
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() })
  await pipeline(createReadStream(path), measured.stream, nowhere)
  const stored = measured.result()
  await holdBytes(ctx.db, stored.sha256)
  await ctx.files.take(path, stored)
  await store.setPreview(ctx.db, original, stored.sha256)
}
