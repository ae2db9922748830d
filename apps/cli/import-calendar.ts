// `preau import` of a calendar: a school's timetable, or only what importing it would change.
import { readFile, stat } from 'node:fs/promises'
import { type CalendarReport, faultSentence, importCalendar } from '#features/timetable'
import { OperatorError, systemCode } from '#platform/operator-error'
import { withCtx } from './ctx.ts'
import { oneSchool } from './one-school.ts'
import { tell } from './verb.ts'

type Options = { dryRun?: boolean; source?: string; school?: string; json?: boolean }

const mostBytes = 256 * 2 ** 20
const problemsShown = 50

/** Imports the calendar and tells what came of it; returns whether everything in it was taken. @throws OperatorError */
export async function bringCalendar(path: string, options: Options): Promise<boolean> {
  const { dryRun, source, school, json } = options
  const bytes = await readCalendarFile(path)
  const report = await withCtx(async (ctx) => {
    const { id } = await oneSchool(ctx, school)
    return importCalendar(ctx, { schoolId: id, bytes, source, dryRun })
  })
  tell(json, report, told(report))
  return report.problemCount === 0
}

async function readCalendarFile(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > mostBytes) throw new OperatorError(`${path} is too large for a calendar.`)
    return await readFile(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new OperatorError(`There is no file ${path}.`)
    throw error
  }
}

function told(r: CalendarReport): string {
  const lines = [
    `${r.applied ? 'Timetable of' : 'Trial, nothing was changed: timetable of'} ${r.school}, from "${r.source}"`,
    `  ${r.events} events, ${r.lessons} lessons`,
    `  slots created ${r.created}, changed ${r.changed}, removed ${r.removed}, unchanged ${r.unchanged}`,
  ]
  if (r.problemCount > 0) lines.push('', `To look at: ${r.problemCount}`)
  lines.push(...r.problems.slice(0, problemsShown).map((problem) => `  ${faultSentence(problem)}`))
  if (r.problemCount > problemsShown) lines.push('  … (all of the first 500 with --json)')
  return lines.join('\n')
}
