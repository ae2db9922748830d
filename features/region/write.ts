// Writes a generated region to a folder, school by school, so that a million people need no more memory than a few.
import { closeSync, createWriteStream, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import { OperatorError } from '#platform/operator-error'
import { calendarWriter } from './icalendar.ts'
import * as csv from './oneroster.ts'
import type { MadeSchool, PlannedSchool } from './rules/model.ts'
import { newLedger } from './rules/people.ts'
import { firstDepartment, plannedSchools, pupilsIn, type Size } from './rules/plan.ts'
import { addSubjectClasses, fillSchool } from './rules/school.ts'
import { type SchoolYear, schoolYear } from './rules/year.ts'
import { addToSummary, exampleFinder, newSummary, type RegionSummary } from './summary.ts'

export type RegionOptions = {
  seed: number
  size: Size
  /** The year in which the school year starts: 2026 is 2026-2027. */
  year: number
  /** About how many enrollments to reach, with a class for each subject of a homeroom. */
  enrollments?: number
  /** Without calendars when false. */
  timetable?: boolean
  /** Also oneroster.zip. */
  zip?: boolean
}

export type Progress = (schools: number, of: number, users: number) => void

type Sheet = { add(rows: string): void; close(): void }

const chunk = 1 << 17
// One buffer for all files; a character of ours takes three octets at most.
const buffer = Buffer.allocUnsafe(chunk * 3)

/** Writes a text piece by piece through the one buffer, which garbage collection would otherwise see by the gigabyte. */
function writeText(file: number, text: string): void {
  for (let from = 0; from < text.length; from += chunk) {
    const length = buffer.write(text.slice(from, from + chunk))
    for (let at = 0; at < length; ) at += writeSync(file, buffer, at, length - at)
  }
}

function writeFile(path: string, text: string): void {
  const file = openSync(path, 'w')
  writeText(file, text)
  closeSync(file)
}

function openSheet(path: string, header: string): Sheet {
  const file = openSync(path, 'w')
  let text = `${header}\r\n`
  const add = (rows: string) => {
    text += rows
    if (text.length < chunk) return
    writeText(file, text)
    text = ''
  }
  const close = () => {
    writeText(file, text)
    closeSync(file)
  }
  return { add, close }
}

type Sheets = Record<csv.FileName, Sheet>

function addSchool(sheets: Sheets, made: MadeSchool, year: SchoolYear, summary: RegionSummary): void {
  sheets.orgs.add(csv.orgRow(made))
  for (const person of made.people) sheets.users.add(csv.userRow(made, person))
  let role = summary.roles
  for (const each of made.roles) sheets.roles.add(csv.roleRow(made, each, ++role))
  let enrollment = summary.enrollments + 1
  for (const each of made.classes) {
    sheets.classes.add(csv.classRow(made, each, year))
    sheets.enrollments.add(csv.enrollmentRows(made, each, enrollment))
    enrollment += each.pupils.length + each.teachers.length
  }
}

function prepare(out: string, options: RegionOptions): { oneroster: string; timetables: string } {
  mkdirSync(out, { recursive: true })
  if (readdirSync(out).length > 0)
    throw new OperatorError(`${out} is not empty: name a new folder, or empty it.`)
  const [oneroster, timetables] = [join(out, 'oneroster'), join(out, 'timetables')]
  mkdirSync(oneroster)
  if (options.timetable !== false) mkdirSync(timetables)
  return { oneroster, timetables }
}

async function zipped(folder: string, to: string, year: number): Promise<void> {
  const zip = new ZipFile()
  // A fixed local time, kept in DOS form only: the same bytes whenever and wherever it is written.
  const entry = { mtime: new Date(year, 8, 1, 8), mode: 0o100644, forceDosTimestamp: true }
  for (const name of readdirSync(folder).sort()) zip.addFile(join(folder, name), name, entry)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(to))
}

/** What is left of the wanted enrollments for this school, by its share of the pupils still to come. */
function enrollmentShare(
  target: number,
  summary: RegionSummary,
  plan: PlannedSchool,
  pupils: number,
): number {
  return ((target - summary.enrollments) * pupilsIn(plan)) / (pupils - summary.pupils)
}

/**
 * Writes a region into an empty or new folder: oneroster/*.csv, timetables/<UAI>.ics and, if asked, oneroster.zip.
 * The same options give the same bytes. Lets other work run between two schools.
 * @throws OperatorError when the folder holds something
 */
export async function writeRegion(
  options: RegionOptions,
  out: string,
  progress: Progress = () => {},
): Promise<RegionSummary> {
  const folders = prepare(out, options)
  const year = schoolYear(options.year)
  const plans = plannedSchools(options.seed, options.size)
  const pupils = plans.reduce((sum, plan) => sum + pupilsIn(plan), 0)
  const ledger = newLedger(pupils)
  const summary = newSummary(year)
  const findExample = exampleFinder(summary)
  const calendarOf = calendarWriter(year)
  const open = (name: csv.FileName) => openSheet(join(folders.oneroster, `${name}.csv`), csv.columns[name])
  const sheets = Object.fromEntries(csv.fileNames.map((name) => [name, open(name)])) as Sheets
  sheets.orgs.add(csv.regionRows((plans.at(-1)?.department ?? firstDepartment) - firstDepartment + 1))
  sheets.academicSessions.add(csv.sessionRows(year))
  sheets.courses.add(csv.courseRows(year))
  for (const plan of plans) {
    const made = fillSchool(options.seed, ledger, plan)
    if (options.enrollments) {
      addSubjectClasses(made, enrollmentShare(options.enrollments, summary, plan, pupils))
    }
    addSchool(sheets, made, year, summary)
    if (options.timetable !== false) {
      writeFile(join(folders.timetables, `${plan.uai}.ics`), calendarOf(made))
    }
    addToSummary(summary, made)
    findExample(made)
    summary.guardiansInSeveralSchools = ledger.guardiansInSeveralSchools
    progress(summary.schools, plans.length, summary.users)
    await turn()
  }
  for (const sheet of Object.values(sheets)) sheet.close()
  writeFile(join(folders.oneroster, 'manifest.csv'), csv.manifest(options.seed))
  if (options.zip) await zipped(folders.oneroster, join(out, 'oneroster.zip'), options.year)
  return summary
}
