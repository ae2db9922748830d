// Exports with faults: each is reported with its place, and costs no more than it must.

import { expect, test } from 'vitest'
import { aDirectory, codes, role, school, seat, tally, user, without } from '#test/directory'
import { exportFiles, foreignExports, zipOf } from '#test/oneroster'
import { importDirectory } from './actions.ts'
import type { ImportReport } from './contract.ts'

const { aSource, bring, clock, db, pool, everything, peopleOf } = await aDirectory()

test('user names may be exchanged; one that somebody else has costs its row, not the school', async () => {
  const [source, other] = [aSource(), aSource()]
  await bring(school(other), { source: other })
  const rows = school(source)
  await bring(rows, { source })
  const named = (id: string, name: string) => user(id, source, { name })
  const users = [
    user('lea', source, { name: `theo.${source}`, agents: 'mum' }),
    named('theo', `LEA.${source}`),
    named('nour', `lea.${other}`),
    named('ines', `prof.${source}`),
    named('prof', `prof.${source}`),
    user('mum', source, { agents: '"lea,theo"' }),
    named('new', `nour.${source}`),
  ]
  const report = await bring(
    { ...rows, users, roles: [...(rows.roles ?? []), role('new', 'student')] },
    { source },
  )
  expect(codes(report).filter((code) => code.startsWith('username'))).toEqual([
    'username-twice users.csv username 5',
    'username-taken users.csv username 4,8',
  ])
  expect(tally(report)).toEqual({ person: '0/2/0' })
  const people = await peopleOf(source)
  expect(people.lea?.username).toBe(`theo.${source}`)
  expect(people.theo?.username).toBe(`LEA.${source}`)
  expect(people.nour).toMatchObject({ username: `nour.${source}`, disabled: false, roles: ['student'] })
  expect(people.new).toBeUndefined()
})

test('what leads nowhere is left out, with file and line; whoever is in a bad row is not missing', async () => {
  const source = aSource()
  await bring(school(source), { source })
  const rows = school(source)
  const report = await bring(
    {
      ...rows,
      orgs: ['school,,,Collège,school,0750001A,nowhere'],
      classes: [
        ...(rows.classes ?? []),
        'c3,,,3e C,,fr,,homeroom,,elsewhere,year,,,',
        'c1,,,again,,fr,,homeroom,,school,year,,,',
      ],
      users: [...without(rows.users, 'theo'), 'theo,,,true,,,Prénom,Nom,,,,,,,,,,,,,,', user('idle', source)],
      enrollments: [
        ...(rows.enrollments ?? []),
        seat('e6', 'c3', 'lea'),
        seat('e7', 'c1', 'ghost'),
        seat('e8', 'c1', 'lea'),
        'e9,,,c2,elsewhere,lea,student,,,2020-01-01',
        seat('e10', 'c2', 'prof'),
      ],
    },
    { source },
  )
  expect(codes(report)).toEqual([
    'value-missing users.csv username 7',
    'reference-unknown orgs.csv parentSourcedId 2',
    'duplicate classes.csv sourcedId 5',
    'orphan classes.csv schoolSourcedId 4',
    'user-without-role users.csv - 8',
    'orphan enrollments.csv classSourcedId 7',
    'orphan enrollments.csv userSourcedId 8',
    'enrollment-school-differs enrollments.csv schoolSourcedId 10',
    'enrollment-over enrollments.csv endDate 10',
    'enrollment-not-pupil enrollments.csv role 11',
    'duplicate-enrollment enrollments.csv - 9',
  ])
  expect(tally(report)).toEqual({ person: '1/0/0', enrollment: '2/0/0' })
  expect((await peopleOf(source)).theo?.disabled).toBe(false)
})

test('a fault found late undoes what went before', async () => {
  const source = aSource()
  const before = await everything()
  const files = exportFiles(school(source), { source })
  files['enrollments.csv'] += 'e9,"open\n'
  const path = await zipOf(files)
  await expect(importDirectory({ pool, clock }, { path })).rejects.toMatchObject({
    code: 'directory.broken-quotes',
    facts: { file: 'enrollments.csv', line: 7 },
  })
  expect(await everything()).toBe(before)
  const run = await db
    .selectFrom('import_run')
    .select(['applied', 'report'])
    .where('source', '=', source)
    .executeTakeFirst()
  expect(run).toMatchObject({ applied: false, report: { refused: 'directory.broken-quotes' } })
})

const foreign = foreignExports()
test.skipIf(!foreign)(
  'real exports by others import with a useful report (skipped where they are not at hand)',
  async () => {
    const reports: ImportReport[] = []
    for (const file of ['v1p1-full.zip', 'v1p2-delta.zip']) {
      reports.push(await importDirectory({ pool, clock }, { path: `${foreign}/${file}` }))
      expect(tally(await importDirectory({ pool, clock }, { path: `${foreign}/${file}` }))).toEqual({})
    }
    expect(reports.map(tally)).toEqual([
      {
        org: '1/0/0',
        academicSession: '3/0/0',
        class: '1/0/0',
        person: '6/0/0',
        role: '6/0/0',
        guardianship: '1/0/0',
        enrollment: '3/0/0',
      },
      {
        org: '1/0/0',
        academicSession: '1/0/0',
        course: '1/0/0',
        class: '1/0/0',
        person: '1/0/0',
        role: '1/0/0',
        enrollment: '1/0/0',
      },
    ])
    expect(codes(reports[0] as ImportReport)).toEqual([
      'source-unnamed manifest.csv source.systemName ',
      'status-inactive academicSessions.csv status 4',
      'passwords-not-read users.csv password 2,3,4,5,6',
      'reference-unknown orgs.csv parentSourcedId 2',
      'reference-unknown academicSessions.csv parentSourcedId 3,6',
      'class-outside-school classes.csv schoolSourcedId 2',
      'reference-unknown classes.csv courseSourcedId 2',
      'agent-unrelated users.csv agentSourcedIds 3,5,6,7',
      'class-deleted enrollments.csv classSourcedId 5,6,7',
      'enrollment-over enrollments.csv endDate 2,3,4',
      'enrollment-not-pupil enrollments.csv role 3',
    ])
  },
)

test('what no row shows by itself is told: one code for two schools, a ring of organisations, a period that runs back', async () => {
  const source = aSource()
  const rows = school(source)
  const report = await bring(
    {
      ...rows,
      orgs: [
        ...(rows.orgs ?? []),
        'twin,,,Collège bis,school,0750001A,',
        'a,,,Académie,district,,b',
        'b,,,Bassin,district,,a',
      ],
      academicSessions: [...(rows.academicSessions ?? []), 'back,,,T1,term,2026-12-20,2026-09-01,year,2027'],
    },
    { source },
  )
  expect(codes(report).sort()).toEqual([
    'code-twice orgs.csv identifier 2,3',
    'reference-circular orgs.csv parentSourcedId 4',
    'reference-circular orgs.csv parentSourcedId 5',
    'session-reversed academicSessions.csv endDate 3',
  ])
})
