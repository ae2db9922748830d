// Imports a school's directory: reads a OneRoster export as a stream into staging tables and merges it in one
// transaction, all or nothing. A dry run is the same work, rolled back.
import { dateIn, usualZone } from '#platform/calendar'
import { ticks } from '#platform/clock'
import type { Ctx } from '#platform/ctx'
import { Refused } from '#platform/refusal'
import { type ImportReport, importKinds, type Tally } from './contract.ts'
import { listDisabling } from './disabling-store.ts'
import { endPasses, mergeEnrollments } from './enrollment-store.ts'
import { fileSpecs, importedFiles, otherFiles } from './oneroster/column-rules.ts'
import { csvReader } from './oneroster/csv.ts'
import { type Export, type ExportFile, type ExportLimits, openExport } from './oneroster/export.ts'
import { type Manifest, readManifest } from './oneroster/manifest-rules.ts'
import { type RowReader, rowReader } from './oneroster/row-rules.ts'
import { mergeGuardianships, mergePeople, mergeRoles, type RoleFile } from './people-store.ts'
import { collectProblems, type Problems } from './problem-rules.ts'
import { mergeClasses, mergeCourses, mergeOrgs, mergeSessions } from './school-store.ts'
import { narrow, sourceWithin, type Within } from './scope-store.ts'
import { beginImport, endImport, type Merge, type RowSink, recordRun, stageRows } from './stage-store.ts'

export type ImportOptions = {
  /** A folder or a zip. */
  path: string
  dryRun?: boolean
  /** Overrides the manifest's source.systemName. */
  source?: string
  /** Hears what goes on: a step's name and the share of it that is done, 0 to 1. */
  say?: (step: string, done: number) => void
  limits?: ExportLimits
  /** Takes only what belongs to these schools, under a source of their own. */
  within?: Within
  /** More than a tenth of a school may be disabled. */
  mayDisableMany?: boolean
  /** Written in the import's own transaction, with its report; not on a dry run. */
  alongside?: (client: Merge['client'], report: ImportReport) => Promise<void>
}

type Kinds = ImportReport['kinds']

/**
 * Imports an export, or with `dryRun` finds out what importing it would do. Either way the run is kept with its report.
 * @throws directory.* (see contract): then nothing was changed
 */
export async function importDirectory(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  options: ImportOptions,
): Promise<ImportReport> {
  const started = ticks()
  const now = new Date(ctx.clock.now())
  const known = ['manifest', ...importedFiles, ...otherFiles]
  const from = await openExport(options.path, known, options.limits)
  let source = options.source ?? ''
  try {
    const problems = collectProblems()
    const manifest = readManifest(
      await manifestRows(from),
      new Set(from.files.keys()),
      problems,
      options.source,
    )
    source = manifest.source
    const report = await inTransaction(ctx, options, { from, manifest, problems, now, started })
    if (options.dryRun)
      await recordRun(ctx.pool, { source, now, finished: new Date(ctx.clock.now()), report })
    return report
  } catch (error) {
    if (error instanceof Refused) {
      const report = { refused: error.code, facts: error.facts }
      await recordRun(ctx.pool, { source, now, finished: new Date(ctx.clock.now()), report })
    }
    throw error
  } finally {
    from.close()
  }
}

type Run = { from: Export; manifest: Manifest; problems: Problems; now: Date; started: number }

async function inTransaction(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  { dryRun = false, say = () => {}, within, mayDisableMany, alongside }: ImportOptions,
  { from, manifest, problems, now, started }: Run,
): Promise<ImportReport> {
  const client = await ctx.pool.connect()
  try {
    if (!(await beginImport(client))) throw new Refused('directory.import-running')
    const today = dateIn(now.getTime(), usualZone)
    const source = within ? await sourceWithin({ client }, within, manifest.source) : manifest.source
    const merge: Merge = { client, source, now, today, problems }
    const rows = await stageAll(merge, from, manifest, say)
    if (within) await narrow(merge, within)
    const kinds = await mergeAll(merge, manifest, rows, say)
    const ended = await endPasses(merge)
    const gone = kinds.person.disabled + kinds.class.disabled + kinds.enrollment.disabled
    const disabling = gone > 0 ? await listDisabling(merge) : []
    const [most] = disabling
    if (most && !dryRun && !mayDisableMany) throw new Refused('directory.disables-many', most)
    const { problems: list, leftOut } = problems.list()
    const report: ImportReport = {
      source,
      version: manifest.version,
      applied: !dryRun,
      rows,
      kinds,
      problems: list,
      problemsLeftOut: leftOut,
      disabling,
      ...ended,
      seconds: Math.round((ticks() - started) / 100) / 10,
    }
    if (!dryRun) await alongside?.(client, report)
    await endImport(merge, dryRun ? undefined : { finished: new Date(ctx.clock.now()), report })
    return report
  } finally {
    // The connection goes whatever happened, and with it the transaction if it is still open.
    client.release(true)
  }
}

async function manifestRows({ files }: Export): Promise<string[][]> {
  const rows: string[][] = []
  const reader = csvReader('manifest.csv', (cells) => rows.push(cells))
  for await (const chunk of files.get('manifest')?.open() ?? []) reader.push(chunk)
  reader.end()
  return rows
}

async function stageAll(
  merge: Merge,
  { files }: Export,
  { modes, version }: Manifest,
  say: NonNullable<ImportOptions['say']>,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const file of importedFiles) {
    const found = files.get(file)
    if (modes[file] === 'absent' || !found) continue
    const readerFor = (header: string[]) =>
      rowReader(`${file}.csv`, fileSpecs[file], version, modes[file], header, merge.problems)
    const sink = stageRows(merge.client, file, version)
    rows[file] = await stageFile(file, found, readerFor, sink, (done) => say(`${file}.csv`, done))
  }
  return rows
}

const linesAtOnce = 131_072

/** Streams one file into its staging table; returns the rows read. Memory holds one chunk and its lines. */
async function stageFile(
  file: string,
  { bytes, open }: ExportFile,
  readerFor: (header: string[]) => RowReader,
  sink: RowSink,
  say: (done: number) => void,
): Promise<number> {
  let read: RowReader | undefined
  let lines = ''
  let rows = 0
  const reader = csvReader(`${file}.csv`, (cells, line) => {
    if (read) {
      rows++
      lines += read(cells, line)
    } else read = readerFor(cells)
  })
  let seen = 0
  for await (const chunk of open()) {
    reader.push(chunk)
    seen += chunk.length
    if (lines.length < linesAtOnce) continue
    await sink.write(lines)
    lines = ''
    say(Math.min(1, seen / bytes))
  }
  reader.end()
  if (!read) readerFor([])
  if (lines) await sink.write(lines)
  await sink.end()
  say(1)
  return rows
}

const none: Tally = { created: 0, changed: 0, disabled: 0 }

async function mergeAll(
  merge: Merge,
  manifest: Manifest,
  rows: Readonly<Record<string, number>>,
  say: NonNullable<ImportOptions['say']>,
): Promise<Kinds> {
  const { modes, version } = manifest
  const kinds = Object.fromEntries(importKinds.map((kind) => [kind, none])) as Kinds
  // An empty list is rather a mistake of the program that wrote it than a school without anybody: it disables nothing.
  const isEmpty = (file: keyof typeof modes) => modes[file] === 'bulk' && !rows[file]
  const bulk = (file: keyof typeof modes) => modes[file] === 'bulk' && !isEmpty(file)
  const step = async (kind: keyof Kinds, file: keyof typeof modes, work: () => Promise<Tally>) => {
    if (modes[file] === 'absent') return
    say(kind, 0)
    kinds[kind] = await work()
    say(kind, 1)
  }
  for (const file of ['users', 'roles', 'classes', 'courses', 'enrollments'] as const)
    if (isEmpty(file)) merge.problems.note('file-empty', `${file}.csv`)
  if (modes.orgs === 'absent' && Object.values(modes).includes('bulk')) {
    merge.problems.note('nobody-disabled', 'orgs.csv')
  }
  await step('org', 'orgs', () => mergeOrgs(merge))
  await step('academicSession', 'academicSessions', () => mergeSessions(merge))
  await step('course', 'courses', () => mergeCourses(merge, bulk('courses')))
  await step('class', 'classes', () => mergeClasses(merge, bulk('classes')))
  say('person', 0)
  // Also without users.csv: the steps that follow ask who is in it.
  kinds.person = await mergePeople(merge, bulk('users'), version)
  say('person', 1)
  const roles = roleFile(manifest, bulk)
  await step('role', roles.file, () => mergeRoles(merge, roles))
  await step('guardianship', 'users', () => mergeGuardianships(merge, bulk('users')))
  await step('enrollment', 'enrollments', () =>
    mergeEnrollments(merge, bulk('enrollments'), (done) => say('enrollment', done)),
  )
  return kinds
}

function roleFile({ version }: Manifest, bulk: (file: 'users' | 'roles') => boolean): RoleFile {
  if (version === '1.1') {
    const complete = bulk('users') ? 'school' : 'person'
    return { file: 'users', userColumn: 'sourcedId', orgColumn: 'orgSourcedIds', complete }
  }
  const complete = bulk('roles') ? 'school' : 'nobody'
  return { file: 'roles', userColumn: 'userSourcedId', orgColumn: 'orgSourcedId', complete }
}
