// What is written to disk: the same bytes for the same seed, columns as the standard has them, references that resolve,
// calendars that another program reads.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RegionSummary, writeRegion } from '#features/region'
import { line } from './icalendar.ts'

type Row = Record<string, string>

let folder: string
let summary: RegionSummary
const options = { seed: 7, size: { schools: 3 }, year: 2026, zip: true }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preau-region-'))
  summary = await writeRegion(options, join(folder, 'a'))
})
afterAll(() => rm(folder, { recursive: true }))

const rows = async (name: string, region = 'a'): Promise<Row[]> =>
  parse(await readFile(join(folder, region, 'oneroster', `${name}.csv`)), { columns: true })

async function digest(region: string): Promise<Record<string, string>> {
  const found = await readdir(join(folder, region), { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(
    files.map(async (path) => [
      path.slice(join(folder, region).length),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]),
  )
  return Object.fromEntries(hashes)
}

test('the same seed writes the same bytes, another seed others', async () => {
  await writeRegion(options, join(folder, 'again'))
  expect(await digest('again')).toEqual(await digest('a'))
  await writeRegion({ ...options, seed: 8 }, join(folder, 'other'))
  expect((await digest('other'))['/oneroster/users.csv']).not.toBe(
    (await digest('a'))['/oneroster/users.csv'],
  )
})

test('a folder that holds something is left alone', async () => {
  const before = await digest('a')
  await expect(writeRegion(options, join(folder, 'a'))).rejects.toThrow('is not empty')
  expect(await digest('a')).toEqual(before)
})

describe('OneRoster', () => {
  // Written out from the standard, so that they do not follow a slip in the program.
  test.each([
    ['orgs', 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId'],
    [
      'academicSessions',
      'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    ],
    [
      'courses',
      'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
    ],
    [
      'classes',
      'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    ],
    [
      'users',
      'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
    ],
    [
      'roles',
      'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
    ],
    [
      'enrollments',
      'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    ],
    ['manifest', 'propertyName,value'],
  ])('%s has the columns of 1.2', async (name, header) => {
    const text = await readFile(join(folder, 'a', 'oneroster', `${name}.csv`), 'utf8')
    expect(text.slice(0, text.indexOf('\r\n'))).toBe(header)
  })

  test('sourcedIds are unique and every reference resolves', async () => {
    const names = ['orgs', 'academicSessions', 'courses', 'classes', 'users', 'roles', 'enrollments']
    const files = Object.fromEntries(
      await Promise.all(names.map(async (n) => [n, await rows(n)] as const)),
    ) as Record<string, Row[]>
    const ids: Record<string, Set<string>> = {}
    for (const [name, list] of Object.entries(files)) {
      ids[name] = new Set(list.map((row) => row.sourcedId as string))
      expect(ids[name].size, name).toBe(list.length)
    }
    const references: [string, string, string][] = [
      ['orgs', 'parentSourcedId', 'orgs'],
      ['academicSessions', 'parentSourcedId', 'academicSessions'],
      ['courses', 'orgSourcedId', 'orgs'],
      ['courses', 'schoolYearSourcedId', 'academicSessions'],
      ['classes', 'courseSourcedId', 'courses'],
      ['classes', 'schoolSourcedId', 'orgs'],
      ['classes', 'termSourcedIds', 'academicSessions'],
      ['users', 'agentSourcedIds', 'users'],
      ['users', 'primaryOrgSourcedId', 'orgs'],
      ['roles', 'userSourcedId', 'users'],
      ['roles', 'orgSourcedId', 'orgs'],
      ['enrollments', 'classSourcedId', 'classes'],
      ['enrollments', 'schoolSourcedId', 'orgs'],
      ['enrollments', 'userSourcedId', 'users'],
    ]
    for (const [name, column, target] of references) {
      const wanted = new Set(files[name]?.flatMap((row) => (row[column] as string).split(',')))
      wanted.delete('')
      expect(wanted.size, `${name}.${column}`).toBeGreaterThan(0)
      expect(
        [...wanted].filter((id) => !ids[target]?.has(id)),
        `${name}.${column}`,
      ).toEqual([])
    }
    expect(files.enrollments).toHaveLength(summary.enrollments)
    expect(files.users).toHaveLength(summary.users)
    expect(files.users?.every((row) => row.password === '')).toBe(true)
  })

  test('nobody is enrolled twice in a class, and nobody is without a role', async () => {
    const enrollments = await rows('enrollments')
    const pairs = new Set(enrollments.map((row) => `${row.classSourcedId} ${row.userSourcedId}`))
    expect(pairs.size).toBe(enrollments.length)
    const withRole = new Set((await rows('roles')).map((row) => row.userSourcedId))
    expect((await rows('users')).filter((row) => !withRole.has(row.sourcedId))).toEqual([])
  })

  test('the example belongs together', async () => {
    const users = await rows('users')
    const by = (name: string) => users.find((row) => row.username === name) as Row
    const { pupil, guardian } = summary.example
    expect(by(pupil).agentSourcedIds?.split(',')).toContain(by(guardian).sourcedId)
    const roles = (await rows('roles')).filter((row) => row.userSourcedId === by(guardian).sourcedId)
    expect(new Set(roles.map((row) => row.orgSourcedId)).size).toBeGreaterThan(1)
  })
})

describe('iCalendar', () => {
  const calendar = async (uai: string) =>
    new ICAL.Component(ICAL.parse(await readFile(join(folder, 'a', 'timetables', `${uai}.ics`), 'utf8')))

  test('another program reads it, and every class, teacher and course is in OneRoster', async () => {
    const classes = new Set((await rows('classes')).map((row) => row.sourcedId))
    const users = new Set((await rows('users')).map((row) => row.sourcedId))
    const courses = new Set((await rows('courses')).map((row) => row.courseCode))
    const uids = new Set<string>()
    let events = 0
    for (const school of (await rows('orgs')).filter((row) => row.type === 'school')) {
      for (const event of (await calendar(school.sourcedId as string)).getAllSubcomponents('vevent')) {
        const value = (name: string) => String(event.getFirstPropertyValue(name))
        expect(classes).toContain(value('x-preau-class'))
        expect(users).toContain(value('x-preau-teacher'))
        expect(courses).toContain(value('x-preau-course'))
        expect(event.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Europe/Paris')
        uids.add(value('uid'))
        events++
      }
    }
    expect(uids.size).toBe(events)
    expect(events).toBeGreaterThan(500)
  })

  test('lessons fall on open days of the year, at the same wall-clock time in winter and summer', async () => {
    const component = await calendar(summary.example.school)
    const event = component.getAllSubcomponents('vevent').find((e) => !/INTERVAL=2/.test(String(e)))
    const zone = new ICAL.Timezone(component.getFirstSubcomponent('vtimezone') as ICAL.Component)
    ICAL.TimezoneService.register(zone)
    const lesson = new ICAL.Event(event as ICAL.Component)
    const starts: ICAL.Time[] = []
    for (let all = lesson.iterator(), next = all.next(); next; next = all.next()) starts.push(next)
    expect(starts.length).toBeGreaterThan(30)
    expect(starts.length).toBeLessThan(38)
    const days = starts.map((start) => start.toString().slice(0, 10))
    for (const day of days) expect(day >= '2026-09-01' && day < '2027-07-03').toBe(true)
    expect(days.filter((day) => day > '2026-12-19' && day < '2027-01-04')).toEqual([])
    expect(new Set(starts.map((start) => start.toString().slice(11))).size).toBe(1)
    expect(new Set(starts.map((start) => start.utcOffset()))).toEqual(new Set([3600, 7200]))
    ICAL.TimezoneService.reset()
  })

  test('lines are folded at 75 octets', async () => {
    for (const text of ['a', 'é', '’', '🎓', 'aé’🎓'].flatMap((t) => [t.repeat(60), `x${t.repeat(61)}`, t])) {
      const folded = line(`SUMMARY:${text}`)
      for (const each of folded.split('\r\n')) {
        expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75)
        expect(each.isWellFormed()).toBe(true)
      }
      expect(folded.replaceAll('\r\n ', '')).toBe(`SUMMARY:${text}\r\n`)
    }
  })
})
