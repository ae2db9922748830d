// `preau import` as an administrator and a script meet it: sentences, JSON, exit codes.
import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import { expect, test, vi } from 'vitest'
import { freshDatabase } from '#test/database'
import { school, without } from '#test/directory'
import { exportFiles, folderOf, zipOf } from '#test/oneroster'

const { db, url } = await freshDatabase()
// Each command is a process of its own.
vi.setConfig({ testTimeout: 60_000 })

function preau(...args: string[]): { code: number | null; out: string; err: string } {
  const main = new URL('main.ts', import.meta.url).pathname
  const env = { PATH: process.env.PATH, DATABASE_URL: url, LANG: 'fr_FR.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'import', ...args], {
    env,
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

test('a trial, then the import, in the reader’s language', async () => {
  const path = await zipOf(exportFiles(school('cli'), { source: 'Lycée' }))
  const dry = preau('--dry-run', path)
  expect(dry.code).toBe(0)
  expect(dry.out).toMatch(/Essai d’import de « Lycée » \(OneRoster 1\.2\) : rien n’a été modifié/)
  expect(dry.out).toMatch(/Personnes\s+6\s+0\s+0/)
  expect(await db.selectFrom('person').select('id').execute()).toEqual([])
  const real = preau(path, '--lang', 'en', '--source', 'Elsewhere')
  expect(real.out).toMatch(/Import of “Elsewhere”[^]*No problem in the files/)
  expect(await db.selectFrom('person').select('id').execute()).toHaveLength(6)
})

test('the history of the school on its page tells of it, with the report where it is of one school alone', async () => {
  const history = async (source: string) =>
    (
      await db
        .selectFrom('school_import as i')
        .innerJoin('org as o', 'o.id', 'i.school_id')
        .select(['i.kind', 'i.name', 'i.state', 'i.by_person_id', 'i.report'])
        .where('o.source', '=', source)
        .execute()
    ).map(({ report, ...row }) => ({ ...row, hasReport: report !== null }))
  const path = await zipOf(exportFiles(school('hist'), { source: 'Alone' }))
  preau('--dry-run', path)
  expect(await history('Alone')).toEqual([])
  expect(preau(path).code).toBe(0)
  const noted = { kind: 'directory', name: basename(path), state: 'applied', by_person_id: null }
  expect(await history('Alone')).toEqual([{ ...noted, hasReport: true }])
  const rows = school('hist-2')
  const two = { ...rows, orgs: [...(rows.orgs ?? []), 'annexe,,,Annexe,school,0750001B,'] }
  const region = await zipOf(exportFiles(two, { source: 'Region' }))
  expect(preau(region).code).toBe(0)
  expect(await history('Region')).toEqual(
    Array(2).fill({ ...noted, name: basename(region), hasReport: false }),
  )
})

test('rows left out end with 2, and machines get the report on the last line', async () => {
  const rows = school('cli-2')
  const path = await folderOf(exportFiles({ ...rows, users: without(rows.users, 'theo') }, { source: 'Two' }))
  const { code, out } = preau(path, '--json')
  expect(code).toBe(2)
  const report = JSON.parse(out.trim().split('\n').at(-1) ?? '')
  expect(report).toMatchObject({ applied: true, source: 'Two', kinds: { person: { created: 5 } } })
})

test('a refusal is a sentence that says what to do, and ends with 1', async () => {
  const latin1 = Buffer.from(exportFiles(school('cli-3'))['orgs.csv'] ?? '', 'latin1')
  const files = { ...exportFiles(school('cli-3')), 'orgs.csv': latin1 }
  const path = await folderOf(files)
  const { code, err } = preau(path)
  expect([code, err]).toEqual([
    1,
    expect.stringContaining('orgs.csv, ligne 2 : le texte n’est pas en UTF-8.'),
  ])
  expect(err).not.toMatch(/ at .*\.ts/)
  expect(JSON.parse(preau(path, '--json').out)).toMatchObject({ code: 'directory.not-utf8', line: 2 })
})

test('a calendar is the timetable of the school that is named', async () => {
  await db
    .insertInto('org')
    .values({ source: 'cal', sourced_id: 'cal', name: 'Lycée Ada', type: 'school', identifier: '0750009X' })
    .execute()
  const event =
    'BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Paris:20261124T080000\r\nDTEND;TZID=Europe/Paris:20261124T090000\r\nSUMMARY:Maths\r\nX-PREAU-CLASS:nobody\r\nEND:VEVENT'
  const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${event}\r\nEND:VCALENDAR\r\n`
  const path = `${await folderOf({ 'maths.ics': calendar })}/maths.ics`
  const { code, out } = preau(path, '--school', '0750009X', '--dry-run', '--lang', 'en')
  expect([code, out]).toEqual([
    2,
    expect.stringMatching(/^Lycée Ada[^]*nothing was changed[^]*called “nobody”/),
  ])
  const noted = () =>
    db.selectFrom('school_import').select(['name', 'state']).where('kind', '=', 'timetable').execute()
  expect(await noted()).toEqual([])
  preau(path, '--school', '0750009X')
  expect(await noted()).toEqual([{ name: 'maths.ics', state: 'applied' }])
  expect(preau(path, '--school', 'Poudlard')).toMatchObject({
    code: 1,
    err: expect.stringContaining('No school'),
  })
})
