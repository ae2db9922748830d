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

test('siblings on one tablet: two taps, and nothing of the other', async () => {
  const s = await aSchoolWithPasswords()
  const other = await aSchoolWithPasswords()
  const tablet = aBrowser(w)
  await enter(tablet, s.lea)
  const added = await enter(tablet, other.theo, { add: true })
  expect(added.json().others).toEqual([{ account: s.lea.id, givenName: 'Léa' }])
  expect(viewsOf(tablet)).toEqual([{ role: 's', sheet: other.class3B.key, groups: [] }])
  refused(await tablet.get(`/api/classes/${s.class3B.id}`), 'absent')

  const back = await tablet.post('/api/session/switch', { account: s.lea.id })
  expect(back.json()).toMatchObject({
    account: s.lea.id,
    others: [{ account: other.theo.id, givenName: 'Théo' }],
  })
  expect((await tablet.get(`/api/classes/${s.class3B.id}`)).statusCode).toBe(200)
  refused(await tablet.get(`/api/classes/${other.class3B.id}`), 'absent')
  refused(await tablet.post('/api/session/switch', { account: s.nour.id }), 'session.not-on-this-device')
})

test('a new password on a shared device leaves the others signed in on it', async () => {
  const s = await aSchoolWithPasswords()
  const tablet = aBrowser(w)
  await enter(tablet, s.lea)
  await enter(tablet, s.theo, { add: true })
  const next = 'trois mots faciles à retenir'
  const changed = await tablet.post('/api/session/password', { current: password, next })
  expect(changed.statusCode, changed.body).toBe(204)
  expect((await tablet.get('/api/session')).json()).toMatchObject({
    account: s.theo.id,
    others: [{ account: s.lea.id }],
  })
  expect((await tablet.post('/api/session/switch', { account: s.lea.id })).json().account).toBe(s.lea.id)
})

test('who is added and then signs in alone leaves nobody behind', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  await enter(browser, s.lea)
  await enter(browser, s.theo, { add: true })
  const answer = await enter(browser, s.nour)
  expect(answer.json().others).toEqual([])
  expect(answer.headers['clear-site-data']).toBeDefined()
  refused(await browser.post('/api/session/switch', { account: s.lea.id }), 'session.not-on-this-device')
})

test('at most six on one device: the one who was away longest goes', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  const family = [s.lea, s.theo, s.nour, s.mme_diop, s.mme_diallo, s.mme_roy, s.m_benali]
  await mayEnter(s.m_benali)
  for (const person of family) await enter(browser, person, { add: true })
  const { others } = (await browser.get('/api/session')).json()
  expect(others).toHaveLength(5)
  expect(others.map((o: { account: string }) => o.account)).not.toContain(s.lea.id)
})

test('when one of two signs out, the other goes on', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  await enter(browser, s.lea)
  await enter(browser, s.theo, { add: true })
  const answer = await browser.delete('/api/session')
  expect(answer.json()).toMatchObject({ account: s.lea.id, others: [] })
  expect(answer.headers['clear-site-data']).toBeUndefined()
  expect((await browser.get('/api/me')).json().id).toBe(s.lea.id)
  expect((await browser.delete('/api/session')).statusCode).toBe(204)
  expect([...browser.cookies.keys()]).toEqual(['preau_device'])
})

test('signing out everywhere ends every pass, and the next sign-in holds at once', async () => {
  const s = await aSchoolWithPasswords()
  const [here, there] = [aBrowser(w), aBrowser(w)]
  await enter(here, s.lea)
  await enter(there, s.lea)
  expect((await here.delete('/api/session/everywhere')).statusCode).toBe(204)
  refused(await there.get('/api/me'), 'session.needed')
  await enter(here, s.lea)
  expect(await statusOf(here)).toBe(200)
  // The twin: nobody else lost theirs.
  const theo = aBrowser(w)
  await enter(theo, s.theo)
  await here.delete('/api/session/everywhere')
  expect(await statusOf(theo)).toBe(200)
})

test('renewing brings the keys that the directory gives now, and ends with the account', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  await enter(browser, s.nour)
  expect(viewsOf(browser)[0].sheet).toBe(s.class3A.key)
  await w.ctx.db
    .updateTable('enrollment')
    .set({ class_id: s.class3B.id })
    .where('person_id', '=', s.nour.id)
    .execute()
  await browser.post('/api/session/renew')
  expect(viewsOf(browser)[0].sheet).toBe(s.class3B.key)
  await w.ctx.db.updateTable('person').set({ enabled: false }).where('id', '=', s.nour.id).execute()
  refused(await browser.post('/api/session/renew'), 'session.needed')
  expect(browser.cookies.has('preau_pass')).toBe(false)
})

test('what another process has just ended is not renewed, though nobody here has heard of it yet', async () => {
  const s = await aSchoolWithPasswords()
  const [single, whole] = [aBrowser(w), aBrowser(w)]
  await enter(single, s.lea)
  await enter(whole, s.theo)
  const id = w.accounts.gate.open(single.cookies.get('preau_pass')?.value ?? '')?.id ?? ''
  const at = new Date(w.clock.now() + 1000)
  await w.ctx.db.insertInto('revoked_pass').values({ pass_id: id, revoked_at: at }).execute()
  await w.ctx.db
    .updateTable('credential')
    .set({ passes_from: at })
    .where('person_id', '=', s.theo.id)
    .execute()
  for (const browser of [single, whole]) {
    expect(await statusOf(browser)).toBe(200)
    refused(await browser.post('/api/session/renew'), 'session.needed')
  }
})

test('a browser that was never here gets its device pass before anybody signs in on it', async () => {
  const browser = aBrowser(w)
  expect((await browser.get('/api/session')).statusCode).toBe(204)
  const device = browser.cookies.get('preau_device')?.value
  expect(device).toBeTruthy()
  await browser.get('/api/session')
  expect(browser.cookies.get('preau_device')?.value).toBe(device)
})

test('a session of more than thirty days renews itself; an unused one ends', async () => {
  const s = await aSchoolWithPasswords()
  const start = w.clock.now()
  const browser = aBrowser(w)
  await enter(browser, s.lea)
  const first = browser.cookies.get('preau_pass')?.value
  w.clock.advance(29 * 86_400_000)
  await browser.get('/api/session')
  expect(browser.cookies.get('preau_pass')?.value).toBe(first)
  w.clock.advance(2 * 86_400_000)
  await browser.get('/api/session')
  expect(browser.cookies.get('preau_pass')?.value).not.toBe(first)
  w.clock.advance(181 * 86_400_000)
  expect((await browser.get('/api/session')).statusCode, 'nobody is signed in').toBe(204)
  refused(await browser.get('/api/me'), 'session.needed')
  w.clock.set(start)
})

test('a new password ends the sessions elsewhere, and the old one', async () => {
  const s = await aSchoolWithPasswords()
  const [here, there] = [aBrowser(w), aBrowser(w)]
  await enter(here, s.lea)
  await enter(there, s.lea)
  const change = (current: string, next: string) => here.post('/api/session/password', { current, next })
  refused(await change('a wild guess', 'sous le grand chêne'), 'sign-in.wrong')
  refused(await change(password, 'azerty123'), 'password.too-common')
  refused(await change(password, 'Léa Diop 2012'), 'password.is-the-name')
  expect((await change(password, 'sous le grand chêne')).statusCode).toBe(204)
  expect(await statusOf(here)).toBe(200)
  refused(await there.get('/api/me'), 'session.needed')
  refused(await enter(there, s.lea), 'sign-in.wrong')
  const answer = await there.post('/api/session', {
    username: s.lea.username,
    password: 'sous le grand chêne',
  })
  expect(answer.statusCode).toBe(200)
})

test('who may no longer use their account cannot sign in', async () => {
  const s = await aSchoolWithPasswords()
  await w.ctx.db.updateTable('person').set({ enabled: false }).where('id', '=', s.lea.id).execute()
  refused(await enter(aBrowser(w), s.lea), 'sign-in.wrong')
})
