// `preau school init` and `preau account` as an operator calls them, up to the administrator's first sign-in.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importDirectory } from '#feature/directory/actions.ts'
import { aWorkspace } from '#test/app'
import { aBrowser } from '#test/browser'
import { school } from '#test/directory'
import { exportFiles, folderOf } from '#test/oneroster'
import { aSchool } from '#test/world'

const w = await aWorkspace()
const main = join(import.meta.dirname, 'main.ts')

type Said = { code: number; out: string; err: string }

/** Runs a verb on this test's database, without a terminal. */
function preau(...args: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: w.database.url, PREAU_DATA: '/nonexistent/preau' }
    const child = execFile(process.execPath, [main, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
    child.stdin?.end()
  })
}

const lastLine = ({ out }: Said) => JSON.parse(out.trim().split('\n').at(-1) ?? '')

const rosaParks = ['--name', 'Collège Simone-Veil', '--uai', '0750655E', '--given-name', 'Claire']

test('a school is opened, and its administrator activates the account and runs it', async () => {
  const said = await preau('school', 'init', ...rosaParks, '--family-name', 'Roy', '--json')
  expect(said.err).toBe('')
  const made = lastLine(said)
  expect(made).toMatchObject({ name: 'Collège Simone-Veil', uai: '0750655E', username: 'claire.roy' })
  const browser = aBrowser(w)
  w.clock.set(Date.now())
  const body = { code: made.code, password: 'sous le grand chêne' }
  expect((await browser.post('/api/session/activation', body)).json()).toMatchObject({
    roles: ['administrator'],
  })
  expect((await browser.get(`/api/schools/${made.school}/accounts`)).json()).toHaveLength(1)
  expect((await browser.get(`/api/schools/${made.school}/classes`)).json()).toEqual([])

  const again = await preau('school', 'init', ...rosaParks, '--family-name', 'Morel')
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('already there') })
  const people = await w.ctx.db.selectFrom('person').select('username').execute()
  expect(people).toEqual([{ username: 'claire.roy' }])
})

test('the directory of a school that was opened by hand finds it by its UAI code', async () => {
  const { school: id } = lastLine(
    await preau(
      ...'school init --name Collège --uai 0750001U --given-name A --family-name B --json'.split(' '),
    ),
  )
  const rows = { ...school('found'), orgs: ['school,,,Collège Rosa-Parks,school,0750001U,'] }
  await importDirectory(w.ctx, { path: await folderOf(exportFiles(rows, { source: 'found' })) })
  const schools = await w.ctx.db.selectFrom('org').selectAll().where('identifier', '=', '0750001U').execute()
  expect(schools).toMatchObject([{ id, source: 'found', name: 'Collège Rosa-Parks', disabled_at: null }])
  const list = lastLine(await preau('account', 'list', '--school', '0750001U', '--json'))
  expect(list.accounts.map((a: { role: string }) => a.role).sort()).toEqual([
    'guardian',
    'siteAdministrator',
    'student',
    'student',
    'student',
    'student',
    'teacher',
  ])
})

test.each([
  [['--uai', '0750655F'], /no UAI code/],
  [['--name', ' '], /names are needed/],
  [['--username', 'x'], /3 to 100 letters/],
])('school init %j is refused in a sentence', async (more, sentence) => {
  const rest = ['--name', 'École Jean-Macé', '--given-name', 'Paul', '--family-name', 'Petit']
  const said = await preau('school', 'init', ...rest, ...more)
  expect(said).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) })
})

test('without a terminal, what is missing is named', async () => {
  const said = await preau('school', 'init', '--name', 'École Jean-Macé')
  expect(said).toMatchObject({ code: 1, err: expect.stringContaining('--given-name') })
})

test('an operator makes a code, lists accounts and rotates keys', async () => {
  const s = await aSchool(w.ctx.db, 'Lycée Ada-Lovelace')
  const made = lastLine(await preau('account', 'code', s.lea.username, '--json'))
  expect(made).toMatchObject({ givenName: 'Léa', school: 'Lycée Ada-Lovelace' })
  const check = await aBrowser(w).post('/api/session/activation/check', { code: made.code })
  expect(check.json()).toMatchObject({ username: s.lea.username, class: '3e B' })

  const list = await preau('account', 'list', '--school', 'lycée ada-lovelace', '--search', 'LEA')
  expect(list.out).toBe(
    `Lycée Ada-Lovelace: 1 accounts\nDiop Léa\t${s.lea.username}\tstudent\t3e B\tcode-made\n`,
  )
  expect(await preau('account', 'list', '--school', 'Poudlard')).toMatchObject({ code: 1, out: '' })
  expect(await preau('account', 'code', 'nobody.here')).toMatchObject({
    code: 1,
    err: expect.stringContaining('nobody.here'),
  })

  const keys = async () => (await w.ctx.db.selectFrom('signing_key').selectAll().execute()).length
  const before = await keys()
  expect((await preau('account', 'rotate-keys')).code).toBe(0)
  expect(await keys()).toBe(before + 1)
})
