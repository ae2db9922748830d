// `preau import` of timetables: one iCalendar file, or a folder with one for each school.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { schoolsCalled } from '#features/people'
import { type CalendarReport, calendarText, importCalendar, schoolInCalendar } from '#features/timetable'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { OperatorError } from '#platform/operator-error'
import { openProgress } from '#platform/progress'
import { withCtx } from './ctx.ts'
import { tell } from './verb.ts'

export type CalendarOptions = { school?: string; source?: string; dryRun?: boolean; json?: boolean }

const isCalendar = (name: string) => name.toLowerCase().endsWith('.ics')

/** The calendars at a path: the file itself, or those in the folder; none when it is something else. */
export async function calendarsAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile()) return isCalendar(path) ? [path] : []
  if (!found?.isDirectory()) return []
  return (await readdir(path))
    .filter(isCalendar)
    .sort()
    .map((name) => join(path, name))
}

async function schoolOf(ctx: Ctx, file: string, bytes: Uint8Array, wanted?: string): Promise<SchoolId> {
  const name = wanted ?? schoolInCalendar(bytes) ?? basename(file).replace(/\.ics$/i, '')
  const found = await schoolsCalled(ctx, name)
  if (found.length === 1 && found[0]) return found[0].id
  throw new OperatorError(
    found.length === 0
      ? `${basename(file)}: there is no school “${name}”. Name it by its UAI code: --school 0751234A`
      : `${basename(file)}: ${found.length} schools are called “${name}”. Name it by its UAI code: --school 0751234A`,
  )
}

/** Imports calendars one after the other, each whole or not at all, and tells what became of them. */
export async function importCalendars(
  files: readonly string[],
  options: CalendarOptions,
  language: 'fr' | 'en',
): Promise<void> {
  const { school, source, dryRun, json } = options
  if (school && files.length > 1)
    throw new OperatorError('--school is for one calendar; those of a folder name their schools themselves.')
  const progress = openProgress(process.stderr)
  const reports = await withCtx(async (ctx) => {
    const done: CalendarReport[] = []
    progress.step(language === 'fr' ? 'emplois du temps' : 'timetables')
    for (const file of files) {
      const bytes = await readFile(file)
      const schoolId = await schoolOf(ctx, file, bytes, school)
      done.push(await importCalendar(ctx, { schoolId, bytes, source, dryRun }))
      progress.at(done.length, files.length)
    }
    progress.done()
    return done
  })
  const text = reports.map((report) => calendarText(report, language)).join('\n')
  tell(json, reports.length === 1 && reports[0] ? reports[0] : { calendars: reports }, text)
  if (reports.some((report) => report.problemCount > 0)) process.exitCode = 2
}
