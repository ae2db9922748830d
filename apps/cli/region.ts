// `preau region`: writes a plausible region, to try an import, to rehearse a morning or to measure.
import { setFlagsFromString } from 'node:v8'
import { type RegionSummary, type Size, schoolYearOf, writeRegion } from '#features/region'
import { dateIn, isLocalDate, usualZone } from '#platform/calendar'
import { systemClock } from '#platform/clock'
import { readConfig } from '#platform/config'
import { OperatorError } from '#platform/operator-error'
import { openProgress } from '#platform/progress'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = {
  schools?: number
  pupils?: number
  users?: number
  enrollments?: number
  seed: number
  year?: number
  today?: string
  timetable: boolean
  zip?: boolean
  out: string
  json?: boolean
}

/** A whole number from `low` on, up to 2³¹. */
function wholeFrom(low: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= low && value < 2 ** 31) return value
    throw new OperatorError(`"${text}" is not a whole number of at least ${low}.`)
  }
}

export const declare: Declare = (command) =>
  command
    .option('--schools <n>', 'so many schools (default: 1)', wholeFrom(1))
    .option('--pupils <n>', 'about so many pupils', wholeFrom(1))
    .option('--users <n>', 'about so many users in all', wholeFrom(1))
    .option('--enrollments <n>', 'about so many enrollments: adds classes by subject', wholeFrom(1))
    .option('--seed <n>', 'the same seed gives the same region', wholeFrom(0), 1)
    .option(
      '--year <yyyy>',
      'the school year that starts in it (default: the one of --today)',
      wholeFrom(2000),
    )
    .option('--today <date>', 'YYYY-MM-DD (default: today in Paris)')
    .option('--no-timetable', 'without calendars')
    .option('--zip', 'write oneroster.zip as well')
    .requiredOption('--out <folder>', 'a new or empty folder')
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau region --schools 2 --seed 7 --out /tmp/region',
        'preau region --users 1000000 --enrollments 8000000 --no-timetable --out /tmp/large',
      ) +
        '\nWrites oneroster/*.csv (OneRoster 1.2, bulk) and timetables/<UAI>.ics. There are no passwords in it.\n',
    )
    .action(run)

function sizeOf({ schools, pupils, users }: Options): Size {
  const given = [schools, pupils, users].filter((n) => n !== undefined)
  if (given.length > 1) throw new OperatorError('Give one of --schools, --pupils and --users.')
  if (pupils !== undefined) return { pupils }
  return users === undefined ? { schools: schools ?? 1 } : { users }
}

function yearOf({ year, today }: Options): number {
  if (year !== undefined) return year
  if (today !== undefined && !isLocalDate(today)) throw new OperatorError(`"${today}" is not a date.`)
  const clock = systemClock(readConfig(process.env).clockOffset)
  return schoolYearOf(today ?? dateIn(clock.now(), usualZone))
}

async function run(options: Options): Promise<void> {
  // What is made lives for one school only. Without this V8 lets its nursery grow by 120 MB for a little speed.
  setFlagsFromString('--semi-space-growth-factor=1')
  const { seed, enrollments, timetable, zip, out, json } = options
  const wanted = { size: sizeOf(options), year: yearOf(options), seed, enrollments, timetable, zip }
  const progress = openProgress(process.stderr)
  progress.step('Schools')
  const summary = await writeRegion(wanted, out, (schools, of) => progress.at(schools, of))
  progress.done()
  tell(json, { out, seed, ...summary }, told(summary, out))
}

function told(s: RegionSummary, out: string): string {
  const n = new Intl.NumberFormat('en-GB').format
  const notPlaced = s.lessonsNotPlaced ? ` (${n(s.lessonsNotPlaced)} found no slot)` : ''
  const rows = [
    [
      'schools',
      `${n(s.schools)} (${n(s.byKind.école)} écoles, ${n(s.byKind.collège)} collèges, ${n(s.byKind.lycée)} lycées)`,
    ],
    ['pupils', n(s.pupils)],
    ['teachers', n(s.teachers)],
    ['guardians', `${n(s.guardians)} (${n(s.guardiansInSeveralSchools)} with children in several schools)`],
    ['other staff', n(s.otherStaff)],
    ['users', n(s.users)],
    ['classes', `${n(s.classes)} (${n(s.homerooms)} homerooms)`],
    ['enrollments', `${n(s.enrollments)} (${s.enrollmentsPerUser} per user)`],
    ['lessons a week', n(s.lessonsPerWeek) + notPlaced],
  ]
  const table = rows.map(([name, value]) => `  ${(name as string).padEnd(16)}${value}`).join('\n')
  const { pupil, teacher, guardian, administrator, school } = s.example
  return `School year ${s.schoolYear} in ${out}\n${table}\n  for example     ${pupil} (pupil), ${teacher} (teacher), ${guardian} (guardian), ${administrator} (administrator) in ${school}`
}
