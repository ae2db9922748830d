// What a second export changes, and what it must not touch: bulk, delta, moves, guardians, other schools.
import { expect, test } from 'vitest'
import { aDirectory, codes, role, school, seat, tally, user, without } from '#test/directory'

const { aSource, bring, db, peopleOf, keysOf, seatsOf, guardiansOf } = await aDirectory()

test('who is missing from a bulk file is disabled, their passes end, and only their class changes its key', async () => {
  const source = aSource()
  const rows = school(source)
  await bring(rows, { source })
  const people = await peopleOf(source)
  const keys = await keysOf(source)
  const ids = [people.theo?.id, people.nour?.id] as never[]
  for (const id of ids) await db.insertInto('credential').values({ person_id: id }).execute()
  const report = await bring(
    {
      ...rows,
      users: without(rows.users, 'theo'),
      roles: without(rows.roles, 'r-theo'),
      enrollments: without(rows.enrollments, 'e2'),
    },
    { source },
  )
  expect(tally(report)).toEqual({ person: '0/0/1', enrollment: '0/0/1' })
  expect(report).toMatchObject({ classKeysChanged: 1, passesEnded: 1 })
  expect((await peopleOf(source)).theo).toMatchObject({ disabled: true })
  const after = await keysOf(source)
  expect(after.c1).not.toBe(keys.c1)
  expect(after.c2).toBe(keys.c2)
  const passes = await db
    .selectFrom('credential')
    .select(['person_id', 'passes_from'])
    .where('person_id', 'in', ids)
    .execute()
  expect(passes.filter((p) => p.passes_from).map((p) => p.person_id)).toEqual([people.theo?.id])
  const back = await bring(rows, { source })
  expect(tally(back)).toEqual({ person: '0/1/0', enrollment: '0/1/0' })
})

test("another source's people and another school of the same source are left alone", async () => {
  const [source, other] = [aSource(), aSource()]
  await bring(school(other), { source: other })
  const both = school(source)
  both.orgs?.push('second,,,Lycée,school,,')
  both.users?.push(user('zoe', source), user('both', source))
  both.roles?.push(
    role('zoe', 'student', 'second'),
    role('both', 'teacher', 'second'),
    'r2,,,both,secondary,teacher,,,school,',
  )
  both.classes?.push('c9,,,2de,,,,homeroom,,second,year,,,')
  both.enrollments?.push('e9,,,c9,second,zoe,student,,,')
  await bring(both, { source })
  const theirs = await peopleOf(other)
  // The first school sends its own file, without its pupils and without a word about the second.
  const rows = school(source)
  const report = await bring(
    {
      ...rows,
      users: [user('prof', source)],
      roles: [role('prof', 'teacher')],
      enrollments: [seat('e5', 'c1', 'prof', 'teacher')],
    },
    { source },
  )
  expect(tally(report)).toEqual({ person: '0/0/5', role: '0/0/1', enrollment: '0/0/4' })
  const people = await peopleOf(source)
  expect(people.zoe).toMatchObject({ disabled: false })
  expect(people.both).toMatchObject({ disabled: false, roles: ['teacher'] })
  expect(people.lea).toMatchObject({ disabled: true })
  expect(await seatsOf(source)).toEqual(['c1 prof teacher', 'c9 zoe student'])
  expect(await peopleOf(other)).toEqual(theirs)
})

test('a delta changes what it names and nothing else', async () => {
  const source = aSource()
  await bring(school(source), { source })
  const at = '2026-11-20T10:00:00Z'
  const report = await bring(
    {
      users: [
        `theo,tobedeleted,${at},,,,,,,,,,,,,,,,,,,`,
        user('lou', source).replace(',,,', `,active,${at},`),
      ],
      roles: [`r-lou,active,${at},lou,primary,student,,,school,`],
      enrollments: [`e1,tobedeleted,${at},,,,,,,`, `e8,active,${at},c2,school,lou,student,,,`],
    },
    { source, mode: 'delta' },
  )
  expect(tally(report)).toEqual({ person: '1/0/1', role: '1/0/0', enrollment: '1/0/1' })
  expect(codes(report)).toEqual([])
  expect(report.classKeysChanged).toBe(1)
  expect((await peopleOf(source)).nour?.disabled).toBe(false)
  expect(await seatsOf(source)).toEqual([
    'c1 prof teacher',
    'c1 theo student',
    'c2 ines student',
    'c2 lou student',
    'c2 nour student',
  ])
})

test('an enrollment that moves to another class leaves the first one', async () => {
  const source = aSource()
  const rows = school(source)
  await bring(rows, { source })
  const keys = await keysOf(source)
  const moved = [...without(rows.enrollments, 'e1'), seat('e1', 'c2', 'lea')]
  const report = await bring(
    { enrollments: [seat('e1', 'c2', 'lea').replace(',,,', ',active,2026-11-20,')] },
    { source, mode: 'delta' },
  )
  expect(tally(report)).toEqual({ enrollment: '1/0/1' })
  expect(tally(await bring({ ...rows, enrollments: moved }, { source }))).toEqual({})
  const after = await keysOf(source)
  expect([after.c1 === keys.c1, after.c2 === keys.c2]).toEqual([false, true])
})

test('a guardian who is no longer listed loses the child and the passes', async () => {
  const source = aSource()
  const rows = school(source)
  await bring(rows, { source })
  const { mum } = await peopleOf(source)
  await db
    .insertInto('credential')
    .values({ person_id: mum?.id as never })
    .execute()
  const users = [
    user('lea', source),
    ...without(without(rows.users, 'lea'), 'mum'),
    user('mum', source, { agents: 'theo' }),
  ]
  const report = await bring({ ...rows, users }, { source })
  expect(tally(report)).toEqual({ guardianship: '0/0/1' })
  expect(report.passesEnded).toBe(1)
  expect(await guardiansOf(source)).toEqual(['mum → theo'])
})

test('an account that the source closes is closed, with its passes', async () => {
  const source = aSource()
  const rows = school(source)
  await bring(rows, { source })
  const { prof } = await peopleOf(source)
  await db
    .insertInto('credential')
    .values({ person_id: prof?.id as never })
    .execute()
  const report = await bring(
    { ...rows, users: [...without(rows.users, 'prof'), user('prof', source, { enabled: 'FALSE' })] },
    { source },
  )
  expect(tally(report)).toEqual({ person: '0/1/0' })
  expect(report.passesEnded).toBe(1)
  expect((await peopleOf(source)).prof).toMatchObject({ enabled: false, disabled: false })
})

test('a role given here is not the source’s to take away', async () => {
  const source = aSource()
  await bring(school(source), { source })
  const { prof } = await peopleOf(source)
  const org = await db.selectFrom('org').select('id').where('source', '=', source).executeTakeFirstOrThrow()
  await db
    .insertInto('person_role')
    .values({ person_id: prof?.id as never, org_id: org.id, role: 'siteAdministrator' })
    .execute()
  expect(tally(await bring(school(source), { source }))).toEqual({})
  expect((await peopleOf(source)).prof?.roles).toEqual(['siteAdministrator', 'teacher'])
})

test('a 1.1 delta says all roles of the people that it names, and nothing of the others', async () => {
  const source = aSource()
  const person = (id: string, schools: string, status = '') =>
    `${id},${status},,true,"${schools}",teacher,${id}.${source},,P,N,,,,,,,,`
  const orgs = ['school,,,Collège,school,,', 'annexe,,,Annexe,school,,']
  const users = [person('ana', 'school,annexe'), person('bo', 'school,annexe')]
  await bring({ orgs, users }, { source, version: '1.1' })
  const delta = {
    orgs: orgs.map((row) => row.replace(',,,', ',active,,')),
    users: [person('ana', 'annexe', 'active')],
  }
  // The main role is the first of the list, so the one that stays changes too.
  expect(tally(await bring(delta, { source, version: '1.1', mode: 'delta' }))).toEqual({ role: '0/1/1' })
  const people = await peopleOf(source)
  expect([people.ana?.roles, people.bo?.roles]).toEqual([['teacher'], ['teacher', 'teacher']])
})

test.each(['users', 'roles', 'classes', 'courses', 'enrollments'])(
  'an empty list of %s disables nothing',
  async (file) => {
    const source = aSource()
    await bring(school(source), { source })
    const report = await bring({ ...school(source), [file]: [] }, { source })
    expect(tally(report)).toEqual({})
    expect(codes(report)).toContain(`file-empty ${file}.csv - `)
  },
)
