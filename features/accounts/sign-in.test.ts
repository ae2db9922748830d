// Signing in, out and over, as browsers do it; and what guessing, replaying and other sites' forms get.
import { beforeAll, expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aBrowser, type Browser } from '#test/browser'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { setPassword } from './store.ts'

const w = await aWorkspace()
const password = 'le chat de mamie'
let hash: string

beforeAll(async () => {
  hash = await w.accounts.hasher.hash(password)
})

const mayEnter = async (...people: TestPerson[]) => {
  for (const { id } of people) await setPassword(w.ctx.db, id, hash, new Date(w.clock.now()))
}

/** A school in which some can sign in. */
async function aSchoolWithPasswords(): Promise<TestSchool> {
  const s = await aSchool(w.ctx.db)
  await mayEnter(s.lea, s.theo, s.nour, s.mme_diallo, s.mme_diop, s.mme_roy)
  return s
}

const enter = (browser: Browser, { username }: TestPerson, more: object = {}) =>
  browser.post('/api/session', { username, password, ...more })

const viewsOf = (browser: Browser) =>
  JSON.parse(Buffer.from(browser.cookies.get('preau_views')?.value ?? '', 'base64url').toString())

const statusOf = async (browser: Browser) => (await browser.get('/api/me')).statusCode

test('a pupil signs in, reads their page and is told who they are', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  const answer = await browser.post('/api/session', {
    username: ` ${s.lea.username.toUpperCase()} `,
    password,
  })
  expect(answer.json()).toEqual({
    account: s.lea.id,
    givenName: 'Léa',
    familyName: 'Diop',
    roles: ['student'],
    others: [],
  })
  expect((await browser.get('/api/me')).json().username).toBe(s.lea.username)
  expect((await browser.get('/api/session')).json().account).toBe(s.lea.id)
})

test('the pages of pupil, teacher, guardian and administrator show the right sheets', async () => {
  const s = await aSchoolWithPasswords()
  const views = []
  for (const person of [s.lea, s.mme_diallo, s.mme_diop, s.mme_roy]) {
    const browser = aBrowser(w)
    await enter(browser, person)
    views.push(viewsOf(browser))
  }
  expect(views).toEqual([
    [{ role: 's', sheet: s.class3B.key, groups: [s.group1.key] }],
    [{ role: 't', sheet: s.mme_diallo.key }],
    [{ role: 'g', sheet: s.class3B.key, groups: [s.group1.key], child: s.lea.id }],
    [{ role: 'a', sheet: s.school.key }],
  ])
})

test('a wrong password, an unknown name and a person without a password are refused alike, at the same cost', async () => {
  const s = await aSchoolWithPasswords()
  const costs = []
  for (const username of [s.lea.username, 'nobody.at.all', s.m_benali.username]) {
    const before = w.accounts.hasher.done()
    refused(
      await aBrowser(w).post('/api/session', { username, password: 'not the password' }),
      'sign-in.wrong',
    )
    costs.push(w.accounts.hasher.done() - before)
  }
  expect(costs).toEqual([1, 1, 1])
})

test('cookies: the pass is out of reach of scripts, and Secure behind TLS', async () => {
  const s = await aSchoolWithPasswords()
  const body = { username: s.lea.username, password }
  const plain = (await aBrowser(w).post('/api/session', body)).headers['set-cookie'] as string[]
  expect(plain.find((c) => c.startsWith('preau_pass='))).toMatch(/; Path=\/; .*SameSite=Lax; HttpOnly$/)
  expect(plain.find((c) => c.startsWith('preau_views='))).not.toContain('HttpOnly')
  const tls = await aBrowser(w).post('/api/session', body, { 'x-forwarded-proto': 'https' })
  for (const cookie of tls.headers['set-cookie'] as string[]) expect(cookie).toMatch(/; Secure$/)
})

test('another site cannot sign anybody in or out', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  const foreign = { 'sec-fetch-site': 'cross-site' }
  refused(
    await browser.post('/api/session', { username: s.lea.username, password }, foreign),
    'request.cross-site',
  )
  await enter(browser, s.lea)
  refused(await browser.post('/api/session/renew', undefined, foreign), 'request.cross-site')
  expect(await statusOf(browser)).toBe(200)
})

test('a pass that was signed out is worth nothing, wherever it was copied to', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  await enter(browser, s.lea)
  const copy = aBrowser(w)
  for (const [name, cookie] of browser.cookies) copy.cookies.set(name, cookie)
  expect(await statusOf(copy)).toBe(200)
  const answer = await browser.delete('/api/session')
  expect(answer.statusCode).toBe(204)
  expect(answer.headers['clear-site-data']).toBe('"cache", "storage"')
  refused(await copy.get('/api/me'), 'session.needed')
  refused(await copy.post('/api/session/renew'), 'session.needed')
})
