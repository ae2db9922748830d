// Imports in the browser: a trial first, then the same file applied; one at a time in a school.
import {
  disablingSentence,
  type ImportReport,
  type Language,
  refusalSentence,
  reportText,
  stepName,
} from '#features/directory'
import { fileIdInUpload, forgetUpload, uploadAt } from '#features/documents'
import { schoolRunBy, type Who, zoneOf } from '#features/people'
import { type CalendarReport, calendarText } from '#features/timetable'
import type { Ctx } from '#platform/ctx'
import { violates } from '#platform/db'
import { type Id, newId, type SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { type ImportList, type ImportView, largestImport } from './contract.ts'
import { isRunning, isRush, kindOf, obstacleToApplying } from './import-rules.ts'
import * as store from './import-store.ts'

/** Starts the process that runs an import; it is not waited for. */
export type RunImport = (id: string) => void

const mostListed = 50
/** A process that has said nothing for so long is looked after. */
const silentMs = 15_000
/** The largest calendar, which is read whole. */
const largestCalendar = 20 * 1024 * 1024

function disablingOf(row: store.ImportRow, language: Language): ImportView['disabling'] {
  if (row.kind !== 'directory' || !row.report) return []
  return ((row.report as ImportReport).disabling ?? []).map((one) => ({
    sentence: disablingSentence(one, language),
    disabled: one.disabled,
  }))
}

function reportOf(row: store.ImportRow, language: Language): string[] | null {
  if (!row.report) return null
  const text =
    row.kind === 'directory'
      ? reportText(row.report as ImportReport, language, false)
      : calendarText(row.report as CalendarReport, language)
  return text.split('\n')
}

function view(row: store.ImportRow, language: Language, whole: boolean): ImportView {
  const { id, kind, name, state, by, step, done, refusal } = row
  return {
    id,
    kind,
    name,
    bytes: Number(row.bytes),
    state,
    by,
    at: row.changedAt.toISOString(),
    step: step && stepName(step, language),
    done,
    report: whole ? reportOf(row, language) : null,
    refusal:
      refusal && String(refusal.facts.message ?? refusalSentence(refusal.code, refusal.facts, language)),
    disabling: disablingOf(row, language),
    again: row.state === 'cut' && row.upload !== null,
  }
}

/** A school's imports, newest first, without their reports. @throws `absent` */
export async function listImports(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  language: Language,
): Promise<ImportList> {
  await schoolRunBy(ctx, who, schoolId)
  const found = await store.listImports(ctx.db, schoolId, mostListed)
  const rows = (await endedMeanwhile(ctx, found))
    ? await store.listImports(ctx.db, schoolId, mostListed)
    : found
  const zone = await zoneOf(ctx, schoolId)
  return { imports: rows.map((row) => view(row, language, false)), rush: isRush(ctx.clock.now(), zone), zone }
}

/** One import with its report. @throws `absent` */
export async function viewImport(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  id: string,
  language: Language,
): Promise<ImportView> {
  await schoolRunBy(ctx, who, schoolId)
  const found = await store.findImport(ctx.db, schoolId, id)
  const row =
    found && (await endedMeanwhile(ctx, [found])) ? await store.findImport(ctx.db, schoolId, id) : found
  if (!row) throw absent()
  return view(row, language, true)
}

/** Whoever looks at an import whose process is gone is not told that it runs. */
async function endedMeanwhile(ctx: Ctx, rows: readonly store.ImportRow[]): Promise<boolean> {
  const before = ctx.clock.now() - silentMs
  const silent = rows.some(({ state, changedAt }) => isRunning(state) && changedAt.getTime() < before)
  return silent && (await endCutImports(ctx)) > 0
}

/**
 * Begins to try a file that was uploaded: nothing is changed.
 * @throws `absent`, `file.upload-unfinished`, `file.empty`, `import.too-large`, `import.running`
 */
export async function tryImport(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  upload: string,
  run: RunImport,
): Promise<ImportView> {
  await schoolRunBy(ctx, who, schoolId)
  const found = fileIdInUpload(upload, who.account) ? await uploadAt(ctx, upload) : null
  if (!found) throw absent()
  if (!found.finished) throw new Refused('file.upload-unfinished')
  if (found.bytes === 0) throw new Refused('file.empty')
  const name = cleanLine(found.name ?? '').slice(0, 200) || 'export.zip'
  const kind = kindOf(name)
  const limit = kind === 'timetable' ? largestCalendar : largestImport
  if (found.bytes > limit) throw new Refused('import.too-large', { limit })
  await endCutImports(ctx)
  const now = ctx.clock.now()
  const id = newId<Id<'import'>>(now)
  const made = { id, kind, name, bytes: found.bytes, upload }
  await store.insertImport(ctx.db, schoolId, made, who.account, new Date(now)).catch((error) => {
    throw violates(error, 'school_import_running') ? new Refused('import.running') : error
  })
  run(id)
  return viewImport(ctx, who, schoolId, id, 'fr')
}

/**
 * Applies what was tried. Where it would disable much, `typed` must be one of the numbers that the trial told.
 * @throws `absent`, `import.running`, `import.file-gone`, `import.not-tried`, `import.not-confirmed`
 */
export async function applyImport(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  id: string,
  typed: number | undefined,
  run: RunImport,
): Promise<ImportView> {
  await schoolRunBy(ctx, who, schoolId)
  const row = await store.findImport(ctx.db, schoolId, id)
  if (!row) throw absent()
  const hasFile = row.upload !== null && Boolean(await uploadAt(ctx, row.upload))
  const wanted = disablingOf(row, 'fr').map(({ disabled }) => disabled)
  const obstacle = obstacleToApplying({ state: row.state, hasFile }, wanted, typed)
  if (obstacle) throw new Refused(obstacle)
  const begun = await store
    .beginApplying(ctx.db, schoolId, id, who.account, wanted.length > 0, new Date(ctx.clock.now()))
    .catch((error) => {
      throw violates(error, 'school_import_running') ? new Refused('import.running') : error
    })
  if (!begun) throw new Refused('import.running')
  run(id)
  return viewImport(ctx, who, schoolId, id, 'fr')
}

/**
 * Tries again an import that was cut, with the file that is still there.
 * @throws `absent`, `import.running`, `import.file-gone`, `import.not-cut`
 */
export async function tryAgain(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  id: string,
  run: RunImport,
): Promise<ImportView> {
  await schoolRunBy(ctx, who, schoolId)
  const row = await store.findImport(ctx.db, schoolId, id)
  if (!row) throw absent()
  if (isRunning(row.state)) throw new Refused('import.running')
  if (!row.upload || !(await uploadAt(ctx, row.upload))) throw new Refused('import.file-gone')
  await endCutImports(ctx)
  const begun = await store
    .beginAgain(ctx.db, schoolId, id, who.account, new Date(ctx.clock.now()))
    .catch((error) => {
      throw violates(error, 'school_import_running') ? new Refused('import.running') : error
    })
  if (!begun) throw new Refused('import.not-cut')
  run(id)
  return viewImport(ctx, who, schoolId, id, 'fr')
}

/** Forgets the file of an import that does not run. @throws `absent`, `import.running` */
export async function discardImport(ctx: Ctx, who: Who, schoolId: SchoolId, id: string): Promise<void> {
  await schoolRunBy(ctx, who, schoolId)
  const row = await store.findImport(ctx.db, schoolId, id)
  if (!row) throw absent()
  if (isRunning(row.state)) throw new Refused('import.running')
  if (row.upload) await forgetUpload(ctx, row.upload)
  await store.forgetUpload(ctx.db, id, true, new Date(ctx.clock.now()))
}

/** Says of imports whose process is gone that they were cut. To be called now and then. */
export async function endCutImports(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<number> {
  const now = ctx.clock.now()
  return store.endCut(ctx.db, new Date(now - silentMs), new Date(now))
}

/**
 * Notes in the history of each school that it was about an import that the operator applied with the command, in the
 * import's own transaction `on`; its report only where one school alone is concerned.
 */
export function noteApplied(
  on: store.Writer,
  concerned: store.Concerned,
  file: store.AppliedFile,
  report: object,
  now: Date,
): Promise<void> {
  return store.insertApplied(on, concerned, file, report, now)
}
