// `preau import`: brings in a school's directory (OneRoster 1.1 or 1.2, a folder or a zip) or a timetable (.ics), or only
// says what it would do.
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import {
  type ImportReport,
  importDirectory,
  type Language,
  problemEffects,
  refusalSentence,
  reportText,
  stepName,
} from '#features/directory'
import { noteApplied } from '#features/school'
import { OperatorError } from '#platform/operator-error'
import { openProgress, type Progress } from '#platform/progress'
import { Refused } from '#platform/refusal'
import { withCtx } from './ctx.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = {
  disableMany?: boolean
  dryRun?: boolean
  source?: string
  school?: string
  lang?: string
  json?: boolean
}

/** Exit code of an import that left rows out: applied, but somebody should look. */
const rowsLeftOut = 2

export const declare: Declare = (command) =>
  command
    .argument(
      '<export>',
      'a folder or zip with manifest.csv (directory), or an .ics file or folder of them (timetable)',
    )
    .option('--dry-run', 'say what would be created, changed and disabled, and change nothing')
    .option('--disable-many', 'allow that more than a tenth of a school is disabled')
    .option('--source <name>', 'name of the system or calendar it comes from (default: its own)')
    .option('--school <name or UAI>', 'whose timetable it is, unless it says so (X-PREAU-SCHOOL)')
    .option('--lang <fr|en>', 'language of the report (default: yours)')
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau import --dry-run export.zip',
        'preau import export.zip',
        'preau import --source Pronote --lang fr /srv/exports/college',
        'preau import timetable.ics --school 0750655E --dry-run',
      ) +
        '\nEnds with 0 when every row was taken, 2 when some were left out (the report says which), 1 when the export was\n' +
        'refused and nothing changed. What is read and how: docs/import.md, docs/timetable.md.\n',
    )
    .action(run)

async function run(path: string, options: Options): Promise<void> {
  if (options.source !== undefined && !/\S/.test(options.source))
    throw new OperatorError('--source needs a name.')
  const { bringCalendars, calendarsAt } = await import('./import-calendar.ts')
  const calendars = await calendarsAt(path)
  if (calendars.length === 0) return bringDirectory(path, options)
  const whole = await bringCalendars(calendars, options, languageOf(options.lang))
  process.exitCode = whole ? 0 : rowsLeftOut
}

async function bringDirectory(
  path: string,
  { dryRun, disableMany, source, lang, json }: Options,
): Promise<void> {
  const language = languageOf(lang)
  // Rows live for a moment only. Without this V8 lets its nursery grow by 120 MB for a little speed.
  setFlagsFromString('--semi-space-growth-factor=1')
  const progress = saying(openProgress(process.stderr))
  const say = (step: string, done: number) => progress(stepName(step, language), done)
  try {
    const report = await withCtx((ctx) =>
      importDirectory(ctx, {
        path,
        dryRun,
        mayDisableMany: disableMany,
        source: source?.trim(),
        say,
        alongside: (client, report) => noteDirectory(client, path, report, new Date(ctx.clock.now())),
      }),
    )
    tell(json, report, reportText(report, language))
    process.exitCode = leftOut(report) ? rowsLeftOut : 0
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const sentence = refusalSentence(error.code, error.facts, language)
    // For machines the code and its facts stay as they are.
    if (json)
      process.stdout.write(`${JSON.stringify({ error: sentence, code: error.code, ...error.facts })}\n`)
    process.stderr.write(`${sentence}\n`)
    process.exitCode = 1
  }
}

/** In the import's own transaction: the history of its schools tells of it, or it did not happen. */
async function noteDirectory(
  client: Parameters<typeof noteApplied>[0],
  path: string,
  report: ImportReport,
  now: Date,
): Promise<void> {
  const { size } = await stat(path)
  const file = { kind: 'directory' as const, name: basename(resolve(path)), bytes: size }
  await noteApplied(client, { source: report.source }, file, report, now)
}

function leftOut({ problems }: ImportReport): boolean {
  return problems.some(({ code }) => problemEffects[code] === 'skipped' || code === 'file-empty')
}

function languageOf(wanted: string | undefined): Language {
  if (wanted === 'fr' || wanted === 'en') return wanted
  if (wanted !== undefined) throw new OperatorError(`"${wanted}" is not a language of the report: fr or en.`)
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('fr') ? 'fr' : 'en'
}

function saying(progress: Progress): (step: string, done: number) => void {
  let current = ''
  return (step, done) => {
    if (step !== current) progress.step(step)
    current = step
    if (done > 0 && done < 1) progress.at(Math.round(done * 100), 100)
    if (done === 1) progress.done()
  }
}
