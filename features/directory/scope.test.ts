// An import for one school alone: whatever a file says of others is refused and told, and nothing of them changes.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aDirectory, role, school, seat, tally, user, without } from '#test/directory'
import { exportFiles, folderOf } from '#test/oneroster'
import { importDirectory } from './actions.ts'
import type { ImportReport } from './contract.ts'

const { aSource, bring, clock, db, pool } = await aDirectory()
type Rows = ReturnType<typeof school>

/** Two schools of one system, "a" and "b", of which only the first is one's own; Nour attends both. */
async function twoSchools() {
  const source = aSource()
  const rows: Rows = {
    ...school(source),
    orgs: ['a,,,A,school,0750001A,district', 'b,,,B,school,0750002B,district', 'district,,,D,district,,'],
    courses: ['fr,,,,Français,FR,,a,Français,'],
    classes: ['c1,,,3e A,,fr,,homeroom,,a,year,,,', 'c2,,,3e B,,,,homeroom,,b,year,,,'],
    users: [
      user('lea', source),
      user('nour', source),
      user('theirs', source),
      user('their-mum', source, { agents: 'theirs' }),
      user('head', source),
    ],
    roles: [
      role('lea', 'student', 'a'),
      role('nour', 'student', 'a'),
      `r-nour2,,,nour,secondary,student,,,b,`,
      role('theirs', 'student', 'b'),
      role('their-mum', 'guardian', 'b'),
      role('head', 'principal', 'a'),
    ],
    enrollments: [
      seat('e1', 'c1', 'lea'),
      seat('e2', 'c1', 'nour'),
      seat('e3', 'c2', 'nour'),
      seat('e4', 'c2', 'theirs'),
    ],
  }
  await bring(rows, { source })
  const found = await db.selectFrom('org').select(['id', 'sourced_id']).where('source', '=', source).execute()
  const id = (name: string) => found.find((o) => o.sourced_id === name)?.id as string
  return { source, rows, a: id('a'), b: id('b') }
}

async function within(rows: Rows, source: string, schoolId: string): Promise<ImportReport> {
  const path = await folderOf(exportFiles(rows, { source }))
  return importDirectory({ pool, clock }, { path, within: { school: schoolId, schools: [schoolId] } })
}

/** All that is not of school `a`: people by whom they are, with all that binds them elsewhere. */
async function others(source: string, a: string): Promise<unknown[]> {
  const all = await Promise.all([
    sql`select * from org where source = ${source} and id <> ${a} order by id`.execute(db),
    sql`select * from class where school_id <> ${a} and source = ${source} order by id`.execute(db),
    sql`select * from person where source = ${source} and sourced_id in ('nour', 'theirs', 'their-mum') order by id`.execute(
      db,
    ),
    sql`select * from person_role where source = ${source} and org_id <> ${a} order by 1, 2, 3`.execute(db),
    sql`select g.* from guardianship g where source = ${source} order by 1, 2`.execute(db),
    sql`select e.* from enrollment e join class c on c.id = e.class_id where c.school_id <> ${a} and e.source = ${source} order by 1, 2`.execute(
      db,
    ),
    sql`select * from academic_session where source = ${source} order by id`.execute(db),
  ])
  return all.map(({ rows }) => rows)
}
const outside = ({ problems }: ImportReport) =>
  problems.filter(({ code }) => code === 'outside-school').map(({ file, column }) => `${file} ${column}`)

test('the school’s own file is taken, and the rows of others are told', async () => {
  const { source, rows, a } = await twoSchools()
  const before = await others(source, a)
  const mine = {
    ...rows,
    users: [...(rows.users ?? []), user('new', source)],
    roles: [...(rows.roles ?? []), role('new', 'student', 'a')],
  }
  const report = await within(
    { ...mine, enrollments: [...(rows.enrollments ?? []), seat('e9', 'c1', 'new')] },
    source,
    a,
  )
  expect(tally(report)).toEqual({ person: '1/0/0', role: '1/0/0', enrollment: '1/0/0' })
  expect(outside(report)).toContain('orgs.csv sourcedId')
  expect(await others(source, a)).toEqual(before)
})

test('nothing of a hostile file reaches another school', async () => {
  const { source, rows, a } = await twoSchools()
  const before = await others(source, a)
  const hostile: Rows = {
    ...rows,
    orgs: ['a,,,A,school,0750001A,', 'b,,,Stolen,school,0750002B,'],
    academicSessions: ['year,,,Never,schoolYear,2020-09-01,2020-09-02,,2020'],
    classes: ['c1,,,3e A,,fr,,homeroom,,a,year,,,', 'c2,,,Mine,,,,homeroom,,a,year,,,'],
    users: [
      user('lea', source),
      user('head', source),
      user('nour', source, { name: `stolen.${source}` }),
      user('theirs', source, { enabled: 'false' }),
      user('their-mum', source, { enabled: 'false', agents: '' }),
      user('spy', source, { agents: '"theirs,nour"' }),
    ],
    roles: [
      role('lea', 'student', 'a'),
      role('nour', 'student', 'a'),
      role('spy', 'guardian', 'a'),
      `r-x1,,,theirs,primary,student,,,a,`,
      `r-x2,,,head,primary,districtAdministrator,,,district,`,
      `r-x3,,,head,primary,principal,,,b,`,
      role('head', 'principal', 'a'),
    ],
    enrollments: [
      seat('e1', 'c1', 'lea'),
      seat('e2', 'c1', 'nour'),
      seat('e4', 'c1', 'theirs'),
      seat('e8', 'c2', 'lea'),
    ],
  }
  const report = await within(hostile, source, a)
  expect(await others(source, a)).toEqual(before)
  for (const place of [
    'orgs.csv sourcedId',
    'academicSessions.csv sourcedId',
    'classes.csv schoolSourcedId',
    'users.csv sourcedId',
    'users.csv agentSourcedIds',
    'roles.csv orgSourcedId',
    'roles.csv userSourcedId',
    'enrollments.csv classSourcedId',
  ])
    expect(outside(report)).toContain(place)
  const head =
    await sql`select o.sourced_id from person p join person_role r on r.person_id = p.id join org o on o.id = r.org_id
    where p.source = ${source} and p.sourced_id = 'head'`.execute(db)
  expect(head.rows).toEqual([{ sourced_id: 'a' }])
})

test('a bulk file that leaves people out disables those of the school, and nobody who is elsewhere too', async () => {
  const { source, rows, a } = await twoSchools()
  const before = await others(source, a)
  const fewer = {
    ...rows,
    orgs: ['a,,,A,school,0750001A,'],
    users: [user('head', source)],
    roles: [role('head', 'principal', 'a')],
    enrollments: [seat('e9', 'c1', 'head', 'teacher')],
  }
  const report = await within(fewer, source, a)
  expect(report.kinds.person.disabled).toBe(1)
  expect(await others(source, a)).toEqual(before)
})

test('1.1: roles in schools of others stand in users.csv, and are left out there', async () => {
  const { source, a } = await twoSchools()
  const before = await others(source, a)
  const person = (id: string, orgs: string, word: string) =>
    `${id},,,true,"${orgs}",${word},${id}.${source},,P,N,,,,,,,,`
  const path = await folderOf(
    exportFiles(
      {
        orgs: ['a,,,A,school,0750001A,'],
        users: [
          person('lea', 'a', 'student'),
          person('head', 'a,b', 'administrator'),
          person('x', 'b', 'administrator'),
          person('theirs', 'a', 'student'),
        ],
      },
      { source, version: '1.1' },
    ),
  )
  const report = await importDirectory({ pool, clock }, { path, within: { school: a, schools: [a] } })
  expect(outside(report)).toEqual(expect.arrayContaining(['users.csv orgSourcedIds', 'users.csv sourcedId']))
  expect(await others(source, a)).toEqual(before)
})

test('a school that was opened by hand takes its own file, under a source of its own, and no other school’s', async () => {
  const system = aSource()
  const made = await db
    .insertInto('org')
    .values({
      source: '',
      sourced_id: system,
      name: 'Main',
      type: 'school',
      identifier: `0${system}`,
      disabled_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = (code: string): Rows => ({ ...school(system), orgs: [`school,,,Collège,school,${code},`] })
  await expect(within(rows('0759999Z'), system, made.id)).rejects.toMatchObject({
    code: 'directory.other-school',
  })
  const report = await within(rows(`0${system}`), system, made.id)
  expect(report.source).toBe(`${system} · 0${system}`)
  expect(report.kinds.person.created).toBe(6)
  expect(tally(await within(rows(`0${system}`), system, made.id))).toEqual({})
  await expect(within(rows(`0${system}`), 'Another', made.id)).rejects.toMatchObject({
    code: 'directory.other-source',
  })
})

test('more than a tenth of a school is disabled only when that is said', async () => {
  const source = aSource()
  const ids = Array.from({ length: 40 }, (_, n) => `p${n}`)
  const rows: Rows = {
    ...school(source),
    users: ids.map((id) => user(id, source)),
    roles: ids.map((id) => role(id, 'student')),
    enrollments: ids.map((id) => seat(`e-${id}`, 'c1', id)),
  }
  await bring(rows, { source })
  const gone = ids.slice(0, 12)
  const fewer = gone.reduce(
    (all, id) => ({
      ...all,
      users: without(all.users, id),
      roles: without(all.roles, `r-${id}`),
      enrollments: without(all.enrollments, `e-${id}`),
    }),
    rows,
  )
  const path = await folderOf(exportFiles(fewer, { source }))
  const run = (over: object) => importDirectory({ pool, clock }, { path, ...over })
  expect((await run({ dryRun: true })).disabling).toEqual(
    expect.arrayContaining([{ school: 'Collège', kind: 'person', disabled: 12, of: 40 }]),
  )
  await expect(run({})).rejects.toMatchObject({ code: 'directory.disables-many' })
  const enabled = () =>
    db
      .selectFrom('person')
      .select('id')
      .where('source', '=', source)
      .where('disabled_at', 'is', null)
      .execute()
  expect((await enabled()).length).toBe(40)
  await run({ mayDisableMany: true })
  expect((await enabled()).length).toBe(28)
})
