// What an import of the school's directory says about itself, and why it may refuse one.
import { type Static, Type } from 'typebox'
import type { Refusals } from '#platform/refusal'

/** What an import creates, changes and disables, in the order in which it does. */
export const importKinds = [
  'org',
  'academicSession',
  'course',
  'class',
  'person',
  'role',
  'guardianship',
  'enrollment',
] as const
export type ImportKind = (typeof importKinds)[number]

/** What became of the row in which a problem was found. */
export const problemEffects = {
  // The row was left out.
  'value-missing': 'skipped',
  'value-too-long': 'skipped',
  'date-invalid': 'skipped',
  'cells-too-many': 'skipped',
  'cells-too-few': 'skipped',
  orphan: 'skipped',
  'class-deleted': 'skipped',
  duplicate: 'skipped',
  'duplicate-enrollment': 'skipped',
  'username-twice': 'skipped',
  'username-taken': 'skipped',
  'outside-school': 'skipped',
  // The row was taken, without this value or with what a reader would assume.
  'value-assumed': 'kept',
  'value-cut': 'kept',
  'value-unknown': 'kept',
  'date-dropped': 'kept',
  'status-empty': 'kept',
  'status-inactive': 'kept',
  'reference-unknown': 'kept',
  'reference-circular': 'kept',
  'code-twice': 'kept',
  'session-reversed': 'kept',
  'class-outside-school': 'kept',
  'enrollment-school-differs': 'kept',
  'enrollment-over': 'kept',
  'enrollment-not-pupil': 'kept',
  'agent-unrelated': 'kept',
  'user-without-role': 'kept',
  // Something that the administrator should know; no single row is concerned.
  'column-unknown': 'note',
  'column-missing': 'note',
  'column-twice': 'note',
  'file-not-imported': 'note',
  'file-undeclared': 'note',
  'file-not-ours': 'note',
  'demographics-ignored': 'note',
  'passwords-not-read': 'note',
  'source-unnamed': 'note',
  'nobody-disabled': 'note',
  'file-empty': 'note',
  'delta-status-column': 'note',
} as const
export type ProblemCode = keyof typeof problemEffects

export const Problem = Type.Object({
  code: Type.Unsafe<ProblemCode>(Type.String()),
  /** The file's name as OneRoster has it, "users.csv". */
  file: Type.String(),
  column: Type.Union([Type.String(), Type.Null()]),
  /** Only for names of columns and files, words of an enumeration, and identifiers of the source; never of people's data. */
  value: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer(),
  /** The first lines on which it was found; the header is line 1. */
  lines: Type.Array(Type.Integer()),
})
export type Problem = Static<typeof Problem>

export const Tally = Type.Object({
  created: Type.Integer(),
  changed: Type.Integer(),
  disabled: Type.Integer(),
})
export type Tally = Static<typeof Tally>

/** More than a tenth of a school, and at least ten, would be disabled: rather a mistake. */
export const Disabling = Type.Object({
  school: Type.String(),
  kind: Type.Union([Type.Literal('person'), Type.Literal('class'), Type.Literal('enrollment')]),
  disabled: Type.Integer(),
  /** Of so many. */
  of: Type.Integer(),
})
export type Disabling = Static<typeof Disabling>

export const ImportReport = Type.Object({
  source: Type.String(),
  version: Type.String(),
  /** False for a dry run: the same work was done and rolled back. */
  applied: Type.Boolean(),
  /** Rows read of each file. */
  rows: Type.Record(Type.String(), Type.Integer()),
  kinds: Type.Unsafe<Record<ImportKind, Tally>>(Type.Record(Type.String(), Tally)),
  problems: Type.Array(Problem),
  /** Problems that are not listed because there were too many kinds of them. */
  problemsLeftOut: Type.Integer(),
  disabling: Type.Array(Disabling),
  /** Classes that lost a member, so that their key was changed and older passes no longer open them. */
  classKeysChanged: Type.Integer(),
  /** Accounts whose passes were ended. */
  passesEnded: Type.Integer(),
  seconds: Type.Number(),
})
export type ImportReport = Static<typeof ImportReport>

/** An import that changes nothing because the export cannot be read as it is. Facts name file, line and column. */
export const refusals = {
  'directory.not-found': 404,
  'directory.not-an-export': 400,
  'directory.manifest-missing': 400,
  'directory.manifest-invalid': 400,
  'directory.version-unknown': 400,
  'directory.file-missing': 400,
  'directory.column-missing': 400,
  'directory.separator': 400,
  'directory.not-utf8': 400,
  'directory.nul-byte': 400,
  'directory.broken-quotes': 400,
  'directory.cell-too-long': 400,
  'directory.row-too-long': 400,
  'directory.too-many-columns': 400,
  'directory.zip-damaged': 400,
  'directory.zip-encrypted': 400,
  'directory.unsafe-path': 400,
  'directory.file-twice': 400,
  'directory.too-many-files': 400,
  'directory.too-large': 400,
  'directory.zip-bomb': 400,
  'directory.import-running': 409,
  'directory.other-source': 409,
  'directory.other-school': 409,
  'directory.disables-many': 409,
} as const satisfies Refusals
export type ImportRefusal = keyof typeof refusals
