// What people do with files: claim an upload, name bytes that they sent before, read a file.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileTypeFromBuffer } from 'file-type'
import type { Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { Stored } from '#platform/files'
import type { FileId } from '#platform/ids'
import { newId } from '#platform/ids'
import { systemCode } from '#platform/operator-error'
import { absent, Refused } from '#platform/refusal'
import { toScan } from './antivirus/scanner.ts'
import { holdBytes } from './bytes/bytes-store.ts'
import type { Claim, FileRef, Known, ScanState } from './contract.ts'
import { askerOf } from './nodes/rights-actions.ts'
import type { Photos } from './photos/photos.ts'
import { refuseOverQuota } from './quotas/quota-actions.ts'
import { lockUse } from './quotas/quota-store.ts'
import {
  fileIdInUpload,
  fileName,
  needsUprightView,
  obstacleToReading,
  shownScan,
  typeByContent,
} from './rules.ts'
import * as store from './store.ts'
import type { Upload, Uploads } from './uploads.ts'

const headBytes = 64 * 1024

function present({ id, name, type, bytes, sha256, view, scan }: store.FileRow): FileRef {
  const shown = shownScan(scan)
  return { id, name, type, bytes, sha256, view, ...(shown ? { scan: shown } : {}) }
}

/** What a claim works with: the uploads of this process, and the maker of upright photos. */
export type Receiving = { uploads: Uploads; photos: Photos }

/**
 * Makes a finished upload a file of its sender's. When it resolves the bytes are synced to disk and the row is
 * committed; the same claim again gives the same file.
 * @throws `absent`, `file.upload-unfinished`, `file.empty`, `file.disk-full`, and those of `refuseOverQuota`
 */
export async function claimUpload(
  ctx: Ctx,
  who: Who,
  { upload }: Claim,
  { uploads, photos }: Receiving,
): Promise<FileRef> {
  const id = fileIdInUpload(upload, who.account) as FileId | null
  if (!id) throw absent()
  const file = (await store.findOwn(ctx.db, who.account, id)) ?? (await takeIn(ctx, who, id, upload, uploads))
  return present(await withView(ctx, who, file, photos))
}

async function takeIn(
  ctx: Ctx,
  who: Who,
  id: FileId,
  upload: string,
  uploads: Uploads,
): Promise<store.FileRow> {
  const found = await uploads.find(upload)
  // Another claim of the same upload may have come first.
  if (!found) return orAbsent(await store.findOwn(ctx.db, who.account, id))
  if (!found.finished) throw new Refused('file.upload-unfinished')
  if (found.bytes === 0) throw new Refused('file.empty')
  const stored = await keep(ctx, found, uploads)
  if (!stored) return orAbsent(await store.findOwn(ctx.db, who.account, id))
  const name = fileName(found.name)
  const same = await ownAgain(ctx, who, stored.sha256, name)
  // The upload stays until it expires, so that a retry of this claim finds the same answer.
  if (same) return same
  const head = await buffer(ctx.files.read(stored.sha256, { start: 0, end: headBytes - 1 }))
  const type = typeByContent(head, (await fileTypeFromBuffer(head).catch(() => undefined))?.mime)
  const { forHandIn } = found
  const kept = await insert(ctx, who, {
    id,
    name,
    type,
    ...stored,
    view: false,
    viewSha256: null,
    scan: fresh(ctx),
    forHandIn,
  })
  if (kept.id === id) await uploads.remove(upload)
  return kept
}

/** The person's own file with these bytes and this name, if there is one: it is theirs anew, also out of the trash. */
async function ownAgain(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  who: Who,
  sha256: string,
  name: string,
): Promise<store.FileRow | undefined> {
  const same = await store.findOwnByHash(ctx.db, who.account, sha256, name)
  return same?.name === name && (await store.noteClaimed(ctx.db, same.id, ctx.clock.now())) ? same : undefined
}

function orAbsent(row: store.FileRow | undefined): store.FileRow {
  if (!row) throw absent()
  return row
}

async function keep(ctx: Ctx, upload: Upload, uploads: Uploads): Promise<Stored | null> {
  try {
    const stored = await uploads.measured(upload)
    await holdBytes(ctx.db, stored.sha256)
    await ctx.files.take(upload.path, stored)
    return stored
  } catch (error) {
    if (systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT') throw new Refused('file.disk-full')
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** What new bytes are to the scanner: unless there is none, they wait for it. */
const fresh = ({ antivirus }: Pick<Ctx, 'antivirus'>): ScanState => (antivirus ? 'waiting' : 'off')

/** Adds a file; gives the one that is there when the same came a moment before. @throws those of `refuseOverQuota` */
async function insert(ctx: Ctx, who: Who, file: store.NewFile): Promise<store.FileRow> {
  const school = await store.findSchoolOf(ctx.db, who.account)
  if (!school) throw absent()
  const kept = await change(ctx, async (tx) => {
    await lockUse(tx, who.account)
    // Whoever waited for the lock looks again: what is there by now takes no more room.
    const own = await store.findOwn(tx, who.account, file.id)
    const same = own ?? (await ownAgain({ ...ctx, db: tx }, who, file.sha256, file.name))
    if (same) return same
    await refuseOverQuota(ctx, tx, who.account, file)
    await store.insertFile(tx, school, who.account, file, ctx.clock.now())
    return orAbsent(await store.findOwn(tx, who.account, file.id))
  })
  if (file.scan === 'waiting') ctx.bus.hear(toScan, [])
  return kept
}

/** Adds the upright view of a photo that needs one and has none yet. The file is kept and answered whatever comes of it. */
async function withView(ctx: Ctx, who: Who, file: store.FileRow, photos: Photos): Promise<store.FileRow> {
  if (file.viewSha256 || !['image/jpeg', 'image/heic', 'image/heif'].includes(file.type)) return file
  const head = await buffer(ctx.files.read(file.sha256, { start: 0, end: headBytes - 1 }))
  const kind = needsUprightView(file.type, head)
  const { sha256: original } = file
  const bytes = () => ctx.files.read(original)
  const upright = kind && (await photos.upright({ kind, sha256: original, sender: who.account, bytes }))
  if (!upright) return file
  await holdBytes(ctx.db, createHash('sha256').update(upright).digest('hex'))
  const { sha256 } = await ctx.files.put(Readable.from([upright]))
  await store.setView(ctx.db, file.id, sha256)
  return { ...file, view: true, viewSha256: sha256 }
}

/** A file with bytes that the same person sent before, so that they need not travel again; null when there is none. */
export async function knownFile(ctx: Ctx, who: Who, known: Known): Promise<FileRef | null> {
  const name = fileName(known.name)
  const same = await store.findOwnByHash(ctx.db, who.account, known.sha256, name)
  if (!same || (await ctx.files.size(same.sha256)) !== same.bytes) return null
  const again = await ownAgain(ctx, who, known.sha256, name)
  if (again) return present(again)
  const forHandIn = known.forHandIn ?? false
  const renamed = { ...same, name, id: newId<FileId>(ctx.clock.now()), forHandIn }
  return present(await insert(ctx, who, renamed))
}

/**
 * Files as the person's own, in their order: what is not theirs becomes it under the same name, without its bytes being
 * stored again. The caller has checked that they may have them.
 */
export async function ownCopies(ctx: Ctx, who: Who, ids: readonly FileId[]): Promise<FileRef[]> {
  const found = new Map((await store.listFiles(ctx.db, ids)).map((file) => [file.id, file]))
  const own = new Set(await store.listOwn(ctx.db, who.account, ids))
  const copies: FileRef[] = []
  for (const id of ids) {
    const file = found.get(id)
    // What waits for the scanner or was set aside does not become anybody's own on the way.
    if (!file || obstacleToReading(file.scan, own.has(id))) continue
    const mine = own.has(id) && (await store.noteClaimed(ctx.db, id, ctx.clock.now()))
    const same = mine ? file : await ownAgain(ctx, who, file.sha256, file.name)
    const copy = { ...file, id: newId<FileId>(ctx.clock.now()), forHandIn: false }
    copies.push(present(same ?? (await insert(ctx, who, copy))))
  }
  return copies
}

/** A file that the person may read now. @throws `absent`, `file.being-checked`, `file.infected` */
export async function fileReadBy(ctx: Ctx, who: Who, id: FileId): Promise<store.FileRow> {
  const file = orAbsent(await store.findReadable(ctx.db, askerOf(ctx, who), id))
  const obstacle = obstacleToReading(file.scan, file.owner === who.account)
  if (obstacle) throw new Refused(obstacle)
  return file
}

/**
 * A file of the person's own under this name, with the bytes of one that they may read: the file itself where it is
 * theirs and called so already. What becomes of the other one later does not matter to it. @throws `absent`
 */
export async function ownFile(ctx: Ctx, who: Who, id: FileId, name?: string): Promise<FileRef> {
  const file = await fileReadBy(ctx, who, id)
  const called = fileName(name ?? file.name)
  const same = await ownAgain(ctx, who, file.sha256, called)
  if (same) return present(same)
  const mine = { ...file, name: called, id: newId<FileId>(ctx.clock.now()), forHandIn: false }
  return present(await insert(ctx, who, mine))
}

/**
 * The ids, each once and in their order, when all of them are the person's own files or in `attached`: those that the
 * thing being edited holds already, whoever attached them. @throws `file.not-yours`
 */
export async function filesUsableBy(
  ctx: Pick<Ctx, 'db'>,
  who: Who,
  ids: readonly FileId[],
  attached: readonly FileId[] = [],
): Promise<FileId[]> {
  const wanted = [...new Set(ids)]
  const strange = wanted.filter((id) => !attached.includes(id))
  const own = strange.length > 0 ? await store.listOwn(ctx.db, who.account, strange) : []
  if (own.length < strange.length) throw new Refused('file.not-yours')
  return wanted
}

/** The media types of files, in the order asked for; undefined for what does not exist. The caller checks who asks. */
export async function fileTypes(
  ctx: Pick<Ctx, 'db'>,
  ids: readonly FileId[],
): Promise<(string | undefined)[]> {
  const found = new Map((await store.listFiles(ctx.db, ids)).map((file) => [file.id, file.type]))
  return ids.map((id) => found.get(id))
}
