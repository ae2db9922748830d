// Files as they cross the wire. Bytes travel by tus 1.0 (resumable); a finished upload is then claimed.
//
//   tus  /api/uploads                  metadata: filename. Location gives the upload; its last part is the upload's id.
//   POST /api/files          Claim    → FileRef   hashes, finds the type by content, stores, syncs to disk
//   POST /api/files/known    Known    → FileRef   204 when this person never sent these bytes
//   GET  /files/:fileId/:name         → bytes, with ranges; `?view` gives the upright JPEG of a photo
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { FileId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

export const FileRef = Type.Object({
  id: IdOf<FileId>(),
  name: Type.String(),
  /** Media type found by content: image/jpeg, application/pdf, video/mp4 …; application/octet-stream when unknown. */
  type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  /** Whether an upright JPEG of a photo can be had with `?view`. */
  view: Type.Boolean(),
})
export type FileRef = Static<typeof FileRef>

/** `upload` is the last part of the upload's Location. The same claim again gives the same file. */
export const Claim = Type.Object({ upload: Type.String({ minLength: 1, maxLength: 200 }) })
export type Claim = Static<typeof Claim>

export const Known = Type.Object({
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  name: Type.String({ minLength: 1, maxLength: 255 }),
})
export type Known = Static<typeof Known>

/** Largest single file, in bytes: 2 GiB, so that a lesson's video fits. */
export const largestFile = 2 * 1024 ** 3

/** Uploads that are not finished and claimed after this long are forgotten. */
export const uploadLifetimeHours = 48

export const refusals = {
  'file.too-large': 413,
  'file.length-missing': 411,
  'file.upload-unfinished': 409,
  'file.empty': 422,
  'file.not-yours': 404,
  'file.disk-full': 507,
} as const satisfies Refusals
