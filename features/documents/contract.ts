// Files as they cross the wire. Bytes travel by tus 1.0 (resumable); a finished upload is then claimed.
//
//   tus  /api/uploads                  metadata: filename. Location gives the upload; its last part is the upload's id.
//   POST /api/files          Claim    → FileRef   hashes, finds the type by content, stores, syncs to disk
//   POST /api/files/known    Known    → FileRef   204 when this person never sent these bytes
//   GET  /api/files/room              → Room      how much room the sender has
//   POST /api/files/:fileId/preview   → Preview   of an office document: has its PDF made, and says how far that is
//   DELETE /api/files/:fileId         → 204         the sender's own that was set aside, wherever it is attached or kept
//   GET  /files/:fileId/:name         → bytes, with ranges; `?view` gives the upright JPEG of a photo, `?preview` the PDF
//                                       made of an office document
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { FileId, PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

//
// For a school's administrators:
//
//   GET  /api/schools/:schoolId/storage                          → SchoolStorage
//   PUT  /api/schools/:schoolId/storage            SchoolQuotas  → SchoolStorage
//   PUT  /api/schools/:schoolId/storage/:personId  PersonQuota   → SchoolStorage
//   POST /api/schools/:schoolId/set-aside/:fileId/release        → SchoolStorage   a false alarm: served again

/** Whether a virus scanner has seen a file. `off`: there was none; `unchecked`: it does not take files of this size. */
export type ScanState = 'off' | 'waiting' | 'clean' | 'infected' | 'unchecked'

/** The states that a reader is told: being checked, set aside, too large to be checked. */
export const ShownScan = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('infected'),
  Type.Literal('unchecked'),
])
export type ShownScan = Static<typeof ShownScan>

export const FileRef = Type.Object({
  id: IdOf<FileId>(),
  name: Type.String(),
  /** Media type found by content: image/jpeg, application/pdf, video/mp4 …; application/octet-stream when unknown. */
  type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  /** Whether an upright JPEG of a photo can be had with `?view`. */
  view: Type.Boolean(),
  /** Absent for a file that is served as usual. */
  scan: Type.Optional(ShownScan),
})
export type FileRef = Static<typeof FileRef>

/** `upload` is the last part of the upload's Location. The same claim again gives the same file. */
export const Claim = Type.Object({ upload: Type.String({ minLength: 1, maxLength: 200 }) })
export type Claim = Static<typeof Claim>

export const Known = Type.Object({
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  name: Type.String({ minLength: 1, maxLength: 1000 }),
  /** On a hand-in's page: the file has the hand-ins' own reserve. */
  forHandIn: Type.Optional(Type.Boolean()),
})
export type Known = Static<typeof Known>

/** `failed`: no PDF can be made of it; `absent`: this installation has no LibreOffice to make one. */
export const Preview = Type.Object({
  state: Type.Union([
    Type.Literal('ready'),
    Type.Literal('making'),
    Type.Literal('failed'),
    Type.Literal('absent'),
  ]),
})
export type Preview = Static<typeof Preview>

/** Bytes used, of how many. */
export const Room = Type.Object({ used: Type.Integer(), quota: Type.Integer() })
export type Room = Static<typeof Room>

const Quota = Type.Union([Type.Integer({ minimum: 0, maximum: 1024 ** 5 }), Type.Null()])

/** In bytes; null: as usual. */
export const SchoolQuotas = Type.Object({ school: Quota, pupil: Quota, adult: Quota })
export type SchoolQuotas = Static<typeof SchoolQuotas>

export const PersonQuota = Type.Object({ bytes: Quota })
export type PersonQuota = Static<typeof PersonQuota>

const PersonStorage = Type.Object({
  id: IdOf<PersonId>(),
  name: Type.String(),
  username: Type.String(),
  pupil: Type.Boolean(),
  own: Type.Integer(),
  handedIn: Type.Integer(),
  quota: Type.Integer(),
  ownQuota: Quota,
})

/** A file in which a virus was found: it is kept, and served to nobody. */
const SetAside = Type.Object({
  id: IdOf<FileId>(),
  name: Type.String(),
  finding: Type.String(),
  ownerId: IdOf<PersonId>(),
  owner: Type.String(),
  at: Type.String(),
})

/** In bytes. `own`: the school's own values. Whoever keeps most comes first, up to 2000 people. */
export const SchoolStorage = Type.Object({
  used: Type.Integer(),
  quota: Type.Integer(),
  own: SchoolQuotas,
  usual: Type.Object({ pupil: Type.Integer(), adult: Type.Integer(), school: Type.Integer() }),
  people: Type.Array(PersonStorage),
  setAside: Type.Array(SetAside),
})
export type SchoolStorage = Static<typeof SchoolStorage>

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
  /** A virus scanner has not seen it yet; its owner may read it. */
  'file.being-checked': 423,
  /** A virus was found in it: nobody is served it. */
  'file.infected': 403,
  /** Only what the scanner set aside is deleted as a file. */
  'file.not-set-aside': 409,
  /** What was handed in stays with the work, as a proof of what was there. */
  'file.handed-in': 409,
  'quota.person-full': 413,
  'quota.school-full': 413,
  'quota.hand-ins-full': 413,
} as const satisfies Refusals
