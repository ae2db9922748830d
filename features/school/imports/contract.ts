// Imports that a school makes in the browser, as they cross the wire.
//
//   GET    /api/schools/:schoolId/imports?lang=              → ImportList   (those who run the school, as all below)
//   POST   /api/schools/:schoolId/imports        ImportDraft → ImportView   begins a trial of an upload
//   GET    /api/schools/:schoolId/imports/:importId?lang=    → ImportView   with its report once there is one
//   POST   /api/schools/:schoolId/imports/:importId/apply  ApplyDraft → ImportView
//   POST   /api/schools/:schoolId/imports/:importId/again             → ImportView  tries anew what was cut
//   DELETE /api/schools/:schoolId/imports/:importId          → 204          forgets the file
import { type Static, Type } from 'typebox'
import { Instant } from '#platform/contract'
import type { Refusals } from '#platform/refusal'

/** Largest file that is taken here, in bytes; a school's directory has a few megabytes, a region's is for the command. */
export const largestImport = 100 * 1024 * 1024

export const ImportDraft = Type.Object({ upload: Type.String({ minLength: 1, maxLength: 200 }) })

/** `disabled`: what the trial said would be disabled, typed by the reader; asked for where it is much. */
export const ApplyDraft = Type.Object({ disabled: Type.Optional(Type.Integer({ minimum: 0 })) })

export const ImportState = Type.Union([
  Type.Literal('trying'),
  Type.Literal('tried'),
  Type.Literal('applying'),
  Type.Literal('applied'),
  /** Nothing was changed, for the reason given. */
  Type.Literal('refused'),
  /** It was broken off in the middle; nothing was changed. */
  Type.Literal('cut'),
  Type.Literal('discarded'),
])
export type ImportState = Static<typeof ImportState>

export const ImportView = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal('directory'), Type.Literal('timetable')]),
  name: Type.String(),
  bytes: Type.Integer(),
  state: ImportState,
  by: Type.Union([Type.String(), Type.Null()]),
  at: Instant,
  /** While it runs: what it is doing in words, and the share of that which is done. */
  step: Type.Union([Type.String(), Type.Null()]),
  done: Type.Number(),
  /** The whole report in words, as the command prints it. */
  report: Type.Union([Type.Array(Type.String()), Type.Null()]),
  /** Why it was refused, in words. */
  refusal: Type.Union([Type.String(), Type.Null()]),
  /** What would be disabled, in words; then applying asks for `disabled` to be typed. */
  disabling: Type.Array(Type.Object({ sentence: Type.String(), disabled: Type.Integer() })),
  /** It was cut, and its file is still there: it can be tried again. */
  again: Type.Boolean(),
})
export type ImportView = Static<typeof ImportView>

export const ImportList = Type.Object({
  imports: Type.Array(ImportView),
  /** It is the hour at which everybody comes: a change now is felt. */
  rush: Type.Boolean(),
  /** The school's own time zone, in which moments are shown. */
  zone: Type.String(),
})
export type ImportList = Static<typeof ImportList>

export const refusals = {
  'import.running': 409,
  'import.too-large': 413,
  'import.file-gone': 410,
  'import.not-tried': 409,
  'import.not-cut': 409,
  'import.not-confirmed': 409,
} as const satisfies Refusals
