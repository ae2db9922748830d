// `preau import` of calendars: a school's timetable, or a folder with one for each school; or only what it would change.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { noteApplied } from '#features/school'
import { type CalendarReport, calendarText, importCalendar, schoolInCalendar } from '#features/timetable'
import type { Ctx } from '#platform/ctx'
import { OperatorError } from '#platform/operator-error'
import { openProgress } from '#platform/progress'
import { withCtx } from './ctx.ts'
import { oneSchool } from './one-school.ts'
import { tell } from './verb.ts'

type Options = { dryRun?: boolean; source?: string; school?: string; json?: boolean }

const mostBytes = 64 * 2 ** 20
const isCalendar = (name: string) => name.toLowerCase().endsWith('.ics')

/** The calendars at a path: the file itself, or those in the folder; none when it is something else. */
export async function calendarsAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) {
    if (isCalendar(path) && !found) throw new OperatorError(`There is no file ${path}.`)
    return isCalendar(path) ? [path] : []
  }
  const names = (await readdir(path)).filter(isCalendar).sort()
  return names.map((name) => join(path, name))
}

async function bring(ctx: Ctx, file: string, options: Options): Promise<CalendarReport> {
  const { dryRun, source, school } = options
  if ((await stat(file)).size > mostBytes) throw new OperatorError(`${file} is too large for a calendar.`)
  const bytes = await readFile(file)
  const { id } = await oneSchool(ctx, school ?? schoolInCalendar(bytes))
  const noted = { kind: 'timetable' as const, name: basename(file), bytes: bytes.length }
  return importCalendar(ctx, {
    ...{ schoolId: id, bytes, source, dryRun },
    alongside: (tx, report) => noteApplied(tx, { school: id }, noted, report, new Date(ctx.clock.now())),
  })
}

/**
 * Imports calendars one after the other, each whole or not at all, and tells what became of them; returns whether
 * everything in them was taken. @throws OperatorError
 */
export async function bringCalendars(
  files: readonly string[],
  options: Options,
  language: 'fr' | 'en',
): Promise<boolean> {
  if (options.school && files.length > 1)
    throw new OperatorError('--school is for one calendar; those of a folder name their schools themselves.')
  const progress = openProgress(process.stderr)
  const reports = await withCtx(async (ctx) => {
    const done: CalendarReport[] = []
    progress.step(language === 'fr' ? 'emplois du temps' : 'timetables')
    for (const file of files) {
      done.push(
        await bring(ctx, file, options).catch((error) => {
          if (!(error instanceof OperatorError) || files.length === 1) throw error
          throw new OperatorError(`${basename(file)}: ${error.message}`)
        }),
      )
      progress.at(done.length, files.length)
    }
    progress.done()
    return done
  })
  const [only] = reports
  const result = reports.length === 1 && only ? only : { calendars: reports }
  tell(options.json, result, reports.map((report) => calendarText(report, language)).join('\n'))
  return reports.every((report) => report.problemCount === 0)
}
