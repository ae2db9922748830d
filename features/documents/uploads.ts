// Uploads on their way in: tus 1.0 with creation, creation-with-upload, termination and expiration, in a folder of
// their own. An upload becomes a file when it is claimed (actions.ts).
import { readdir, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Server } from '@tus/server'
import type { Ctx } from '#platform/ctx'
import type { Stored } from '#platform/files'
import type { FileId, PersonId } from '#platform/ids'
import { newId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { largestFile, uploadLifetimeHours } from './contract.ts'
import { HashedFolder } from './receiving/hashed-folder.ts'
import { QueueingLocker } from './receiving/queueing-locker.ts'
import { freeOn, openRoom, underWay } from './receiving/room.ts'
import { answerNode, webRequest } from './receiving/web-request.ts'
import { begunAt, uploadId } from './rules.ts'

const lifetime = uploadLifetimeHours * 3_600_000

export type Uploads = {
  /** Refuses an upload that cannot succeed before its bytes travel, and keeps room for the others that are on their way;
   * gives its announced size.
   * @throws `file.too-large`, `file.empty`, `file.length-missing`, `file.disk-full` */
  checkRoom(length: string | undefined): Promise<number>
  /** Bytes that a person's uploads in this process's folder announced. */
  underWay(person: PersonId): Promise<number>
  /** Answers a tus request of a person about the upload that was checked to be theirs, or for a new one. */
  handle(request: IncomingMessage, response: ServerResponse, sender: PersonId, upload?: string): Promise<void>
  /** What there is of an upload, or null when it is unknown or gone. */
  find(upload: string): Promise<Upload | null>
  /** Hash and size of a finished upload. @throws ENOENT when it is gone */
  measured(upload: Upload): Promise<Stored>
  /** Forgets an upload. */
  remove(upload: string): Promise<void>
}

type Checked = { sender: PersonId; upload: string | undefined }

export type Upload = {
  id: string
  path: string
  name: string | null
  bytes: number
  finished: boolean
  forHandIn: boolean
}

/** The tus server at /api/uploads. */
export function openUploads(ctx: Pick<Ctx, 'clock' | 'log' | 'uploads'>): Uploads {
  const checked = new WeakMap<object, Checked>()
  const checkedOf = (request: { runtime?: { node?: { req: object } | undefined } | undefined }) => {
    const found = checked.get(request.runtime?.node?.req ?? {})
    if (!found) throw new Error('an upload without a sender')
    return found
  }
  const store = new HashedFolder({
    directory: ctx.uploads,
    expirationPeriodInMilliseconds: lifetime,
  })
  // Without it every upload has its length from the start, and what is too large is refused before it travels.
  store.extensions = store.extensions.filter((e) => e !== 'creation-defer-length')
  const server = new Server({
    path: '/api/uploads',
    datastore: store,
    locker: new QueueingLocker(),
    maxSize: largestFile,
    relativeLocation: true,
    allowedOrigins: () => false,
    namingFunction: (request) => uploadId(checkedOf(request).sender, newId<FileId>(ctx.clock.now())),
    // The upload that was checked, and no other: the library would take what stands last in the address, query included.
    getFileIdFromRequest: (request) => checkedOf(request).upload,
    onResponseError: (_request, error) => answerOf(error as { status_code?: number; body?: string }, ctx),
  })
  const takeRoom = openRoom(ctx.uploads, () => freeOn(ctx.uploads))
  return {
    checkRoom: async (length) => {
      const bytes = announcedSize(length)
      await takeRoom(bytes)
      return bytes
    },
    underWay: (person) => underWay(ctx.uploads, person),
    handle: async (request, response, sender, upload) => {
      checked.set(request, { sender, upload })
      return answerNode(await server.handleWeb(webRequest(request, response)), response)
    },
    find: (id) => findUpload(store, id),
    measured: ({ id, bytes }) => store.measured(id, bytes),
    remove: async (id) => {
      store.forget(id)
      await removeUpload(ctx.uploads, id)
    },
  }
}

/** The protocol's own errors pass; a failed write means a full or broken disk and is said as such. */
function answerOf(error: { status_code?: number; body?: string }, ctx: Pick<Ctx, 'log'>) {
  // 501: an extension that nobody was offered.
  if (error.status_code && (error.status_code < 500 || error.status_code === 501)) return undefined
  ctx.log.error({ err: error }, 'an upload could not be written')
  const status = 507
  return {
    status_code: status,
    body: JSON.stringify({ type: 'about:blank', status, code: 'file.disk-full' }),
  }
}

/** The size that a request announces. @throws `file.length-missing`, `file.empty`, `file.too-large` */
function announcedSize(length: string | undefined): number {
  if (length === undefined || !/^\d{1,15}$/.test(length)) throw new Refused('file.length-missing')
  const bytes = Number(length)
  if (bytes === 0) throw new Refused('file.empty')
  if (bytes > largestFile) throw new Refused('file.too-large', { limit: largestFile })
  return bytes
}

/** An upload as another feature reads it, without making it a file; null when it is unknown or gone. */
export async function uploadAt({ uploads }: Pick<Ctx, 'uploads'>, id: string): Promise<Upload | null> {
  return findUpload(new HashedFolder({ directory: uploads }), id)
}

/** Forgets an upload that another feature has read. */
export async function forgetUpload({ uploads }: Pick<Ctx, 'uploads'>, id: string): Promise<void> {
  await removeUpload(uploads, id)
}

async function findUpload(store: HashedFolder, id: string): Promise<Upload | null> {
  const found = await store.getUpload(id).catch(() => null)
  if (!found) return null
  const name = found.metadata?.filename ?? null
  const path = join(store.directory, id)
  const finished = found.offset === found.size
  return { id, path, name, bytes: found.offset, finished, forHandIn: found.metadata?.purpose === 'hand-in' }
}

async function removeUpload(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { force: true })
  await rm(join(folder, `${id}.json`), { force: true })
}

/** Forgets uploads that were begun more than 48 hours ago; returns how many. Run it now and then. */
export async function sweepUploads(ctx: Pick<Ctx, 'clock' | 'uploads'>): Promise<number> {
  const names = await readdir(ctx.uploads).catch(() => [])
  // By the time in its id: a folder's times are the machine's, and our clock may be another one.
  const old = [...new Set(names.map((name) => name.replace(/\.json$/, '')))].filter((id) => {
    const begun = begunAt(id)
    return begun !== null && begun + lifetime <= ctx.clock.now()
  })
  for (const id of old) await removeUpload(ctx.uploads, id)
  return old.length
}
