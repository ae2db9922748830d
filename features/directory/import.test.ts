// A school's export into a real database: applied or rolled back as a whole, and heard of.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openBus } from '#platform/bus'
import { openLog } from '#platform/log'
import { aDirectory, codes, school, tally } from '#test/directory'
import { exportFiles, folderOf } from '#test/oneroster'
import { importDirectory } from './actions.ts'

const { aSource, bring, url, clock, db, pool, everything, peopleOf, guardiansOf } = await aDirectory()

test('a school arrives, and the same files once more change nothing', async () => {
  const source = aSource()
  const first = await bring(school(source), { source })
  expect(tally(first)).toEqual({
    org: '1/0/0',
    academicSession: '1/0/0',
    course: '1/0/0',
    class: '2/0/0',
    person: '6/0/0',
    role: '6/0/0',
    guardianship: '2/0/0',
    enrollment: '5/0/0',
  })
  expect(codes(first)).toEqual([])
  expect(await guardiansOf(source)).toEqual(['mum → lea', 'mum → theo'])
  expect((await peopleOf(source)).prof?.roles).toEqual(['teacher'])
  const before = await everything()
  expect(tally(await bring(school(source), { source }))).toEqual({})
  expect(await everything()).toBe(before)
})

test('a dry run says what would be done, does nothing, and is kept', async () => {
  const source = aSource()
  const before = await everything()
  const dry = await bring(school(source), { source }, true)
  expect(await everything()).toBe(before)
  const real = await bring(school(source), { source })
  expect({ ...dry, seconds: 0 }).toEqual({ ...real, seconds: 0, applied: false })
  const runs = await db
    .selectFrom('import_run')
    .selectAll()
    .where('source', '=', source)
    .orderBy('applied')
    .execute()
  expect(runs.map((run) => run.applied)).toEqual([false, true])
  expect(runs[0]?.report).toEqual(dry)
})

test('1.1: roles and schools stand with the user, and either side may list the other', async () => {
  const source = aSource()
  const person = (id: string, word: string, agents = '') =>
    `${id},,,true,"school,annexe",${word},${id}.${source},,P,N,,,,,,"${agents}",,secret`
  const report = await bring(
    {
      orgs: ['school,,,Collège,school,,', 'annexe,,,Annexe,school,,school'],
      classes: ['c1,,,3e A,,fr,,Scheduled,,school,year,,,'],
      users: [
        person('kid', 'Student', 'dad, gran'),
        person('dad', 'parent', ''),
        person('gran', 'relative', 'kid'),
        person('prof', 'teacher', 'kid,ghost'),
      ],
      enrollments: ['e1,,,c1,school,kid,student,false,,', 'e2,,,c1,school,prof,tutor,true,,'],
    },
    { source, version: '1.1' },
  )
  expect(tally(report)).toMatchObject({ role: '8/0/0', guardianship: '2/0/0', enrollment: '2/0/0' })
  expect(await guardiansOf(source)).toEqual(['dad → kid', 'gran → kid'])
  expect(codes(report)).toEqual([
    'passwords-not-read users.csv password 2,3,4,5',
    'value-unknown enrollments.csv role 3',
    'reference-unknown classes.csv courseSourcedId 2',
    'reference-unknown classes.csv termSourcedIds 2',
    'reference-unknown users.csv agentSourcedIds 5',
    'agent-unrelated users.csv agentSourcedIds 5',
  ])
})

test('killed in the middle, it leaves nothing and bars nobody', async () => {
  const source = aSource()
  const before = await everything()
  const path = await folderOf(exportFiles(school(source), { source }))
  const script = `
    import { openDatabase } from '#platform/db'
    import { importDirectory } from '#feature/directory/actions.ts'
    const { pool } = openDatabase(${JSON.stringify(url)})
    const say = (step, done) => { if (step === 'enrollment' && done === 1) process.kill(process.pid, 'SIGKILL') }
    await importDirectory({ pool, clock: { now: () => 0 } }, { path: ${JSON.stringify(path)}, say })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(tally(await bring(school(source), { source }, true))).toMatchObject({ person: '6/0/0' })
  expect(await everything()).toBe(before)
})

test('a role without the right to skip checks imports the same', async () => {
  const source = aSource()
  await sql`create role plain login; grant plain to current_user`.execute(db).catch(() => {})
  await sql`grant all on all tables in schema public to plain; grant all on all sequences in schema public to plain`.execute(
    db,
  )
  const plain = new (await import('pg')).default.Pool({
    connectionString: url,
    options: '-c role=plain',
    max: 1,
  })
  // ANALYZE only warns where it is not the owner's.
  const report = await importDirectory(
    { pool: plain, clock },
    { path: await folderOf(exportFiles(school(source), { source })) },
  )
  await plain.end()
  expect(tally(report)).toMatchObject({ enrollment: '5/0/0', guardianship: '2/0/0' })
})

test('the running workspace hears of it after the commit, and of a dry run nothing', async () => {
  const bus = await openBus(url, openLog('test', 'silent'))
  const heard: string[] = []
  const once = new Promise<void>((resolve) =>
    bus.on('directory', () => {
      heard.push('changed')
      resolve()
    }),
  )
  const source = aSource()
  await bring(school(source), { source }, true)
  await bring(school(source), { source })
  await once
  await bus.close()
  expect(heard).toEqual(['changed'])
})
