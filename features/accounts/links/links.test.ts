// A mother of two, whom two schools know under different names: one account, both children.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aBrowser, type Browser } from '#test/browser'
import { aPerson, aSchool, type TestPerson } from '#test/world'
import { setPassword } from '../store.ts'

const w = await aWorkspace()
const password = 'sous le grand chêne'
let hash = ''

beforeAll(async () => {
  hash = await w.accounts.hasher.hash(password)
})

async function signedIn(person: TestPerson): Promise<Browser> {
  await setPassword(w.ctx.db, person.id, hash, new Date(w.clock.now()))
  const browser = aBrowser(w)
  const answer = await browser.post('/api/session', { username: person.username, password })
  expect(answer.statusCode, answer.body).toBe(200)
  return browser
}

const codeOf = async (head: TestPerson, person: TestPerson): Promise<string> =>
  (await (await w.as(head)).post(`/api/accounts/${person.id}/code`, { key: randomUUID() })).json().codes[0]
    .code

const childrenOf = async (browser: Browser): Promise<string[]> =>
  (await browser.get('/api/today')).json().children.map((c: { id: string }) => c.id)

/** Two schools, each with a Mme Diop who is Léa's guardian there. */
async function twoSchools() {
  const here = await aSchool(w.ctx.db)
  const there = await aSchool(w.ctx.db, 'École Jules-Ferry')
  return { here, there }
}

test('with the code of the other school the other child is there at once, and the code is used up', async () => {
  const { here, there } = await twoSchools()
  const mother = await signedIn(here.mme_diop)
  expect(await childrenOf(mother)).toEqual([here.lea.id])
  const code = await codeOf(there.mme_roy, there.mme_diop)
  const linked = await mother.post('/api/session/links', { code })
  expect(linked.statusCode, linked.body).toBe(200)
  expect((await childrenOf(mother)).toSorted()).toEqual([here.lea.id, there.lea.id].toSorted())
  // Her pages show both, and the other school's class opens.
  const views = Buffer.from(mother.cookies.get('preau_views')?.value ?? '', 'base64url').toString()
  expect(views).toContain(there.class3B.key)
  expect((await mother.get(`/api/classes/${there.class3B.id}`)).statusCode).toBe(200)
  expect((await mother.get('/api/session/links')).json()).toMatchObject([
    { id: there.mme_diop.id, school: 'École Jules-Ferry', children: ['Léa'] },
  ])
  refused(await aBrowser(w).post('/api/session/activation', { code, password }), 'activation.unknown')
  // That school sees an account that needs no code any more.
  const list = await (await w.as(there.mme_roy)).get(`/api/schools/${there.school.id}/accounts?who=guardian`)
  expect(list.json()).toMatchObject([{ id: there.mme_diop.id, state: 'active' }])
})

test('with user name and password of the other record too; the same again changes nothing', async () => {
  const { here, there } = await twoSchools()
  await setPassword(w.ctx.db, there.mme_diop.id, hash, new Date(w.clock.now()))
  const mother = await signedIn(here.mme_diop)
  const proof = { username: there.mme_diop.username, password }
  refused(await mother.post('/api/session/links', { ...proof, password: 'non' }), 'sign-in.wrong')
  for (let i = 0; i < 2; i++) expect((await mother.post('/api/session/links', proof)).statusCode).toBe(200)
  expect(await childrenOf(mother)).toHaveLength(2)
})

test('what the other school decided holds for the one account', async () => {
  const { here, there } = await twoSchools()
  const mother = await signedIn(here.mme_diop)
  await mother.post('/api/session/links', { code: await codeOf(there.mme_roy, there.mme_diop) })
  const decided = await (await w.as(there.mme_roy)).put(
    `/api/pupils/${there.lea.id}/guardians/${there.mme_diop.id}`,
    { sees: 'nothing', before: 'all' },
  )
  expect(decided.statusCode, decided.body).toBe(200)
  w.clock.advance(2000)
  await expect.poll(async () => (await mother.get('/api/today')).statusCode).toBe(401)
  const again = await signedIn(here.mme_diop)
  expect(await childrenOf(again)).toEqual([here.lea.id])
  refused(await again.get(`/api/classes/${there.class3B.id}`), 'absent')
})

test('taken apart, the child is gone, and other devices sign in again', async () => {
  const { here, there } = await twoSchools()
  const mother = await signedIn(here.mme_diop)
  await mother.post('/api/session/links', { code: await codeOf(there.mme_roy, there.mme_diop) })
  const phone = await signedIn(here.mme_diop)
  w.clock.advance(2000)
  expect((await mother.delete(`/api/session/links/${there.mme_diop.id}`)).statusCode).toBe(200)
  w.clock.advance(2000)
  expect(await childrenOf(mother)).toEqual([here.lea.id])
  expect((await phone.get('/api/today')).statusCode).toBe(401)
  refused(await mother.get(`/api/classes/${there.class3B.id}`), 'absent')
  refused(await mother.delete(`/api/session/links/${there.mme_diop.id}`), 'absent')
})

test('nobody links what is not a guardian’s, what is another’s, or oneself', async () => {
  const { here, there } = await twoSchools()
  const mother = await signedIn(here.mme_diop)
  const tryCode = async (head: TestPerson, person: TestPerson, browser = mother) =>
    browser.post('/api/session/links', { code: await codeOf(head, person) })
  refused(await tryCode(there.mme_roy, there.mme_diallo), 'link.no-children')
  refused(await tryCode(here.mme_roy, here.mme_diop), 'link.own-account')
  refused(await mother.post('/api/session/links', { code: 'ABCD-2345-ABCD-2345' }), 'activation.unknown')
  expect((await tryCode(there.mme_roy, there.mme_diop)).statusCode).toBe(200)
  // Somebody else who holds a code of hers does not take her children.
  const m_diop = await aPerson(w.ctx.db, here.school, 'guardian', 'Moussa', 'Diop')
  const other = await signedIn(m_diop)
  refused(await tryCode(there.mme_roy, there.mme_diop, other), 'link.taken')
  expect(await childrenOf(other)).toEqual([])
  // The record is a part now: it takes no parts of its own.
  const third = await aSchool(w.ctx.db)
  const part = await signedIn(there.mme_diop)
  refused(await tryCode(third.mme_roy, third.mme_diop, part), 'link.part-of-another')
  refused(await aBrowser(w).post('/api/session/links', { code: 'ABCD' }), 'session.needed')
})

test('a refused link leaves the code as it was', async () => {
  const { here, there } = await twoSchools()
  const teacher = await signedIn(here.mme_diallo)
  const code = await codeOf(there.mme_roy, there.mme_diallo)
  refused(await teacher.post('/api/session/links', { code }), 'link.no-children')
  expect((await aBrowser(w).post('/api/session/activation', { code, password })).statusCode).toBe(200)
})

test('whoever gets in with a code of one school sees nothing of another one', async () => {
  const { here, there } = await twoSchools()
  const mother = await signedIn(here.mme_diop)
  await mother.post('/api/session/links', { code: await codeOf(there.mme_roy, there.mme_diop) })
  w.clock.advance(2000)
  const head = aBrowser(w)
  const code = await codeOf(here.mme_roy, here.mme_diop)
  expect((await head.post('/api/session/activation', { code, password: 'un autre mot' })).statusCode).toBe(
    200,
  )
  expect(await childrenOf(head)).toEqual([here.lea.id])
  refused(await head.get(`/api/classes/${there.class3B.id}`), 'absent')
  expect((await head.get('/api/session/links')).json()).toEqual([])
})

test('a teacher who has a child in another school sees the child beside the classes', async () => {
  const { here, there } = await twoSchools()
  const teacher = await signedIn(here.mme_diallo)
  await teacher.post('/api/session/links', { code: await codeOf(there.mme_roy, there.mme_diop) })
  const session = (await teacher.get('/api/session')).json()
  expect(session.roles).toEqual(['teacher', 'guardian'])
  expect(await childrenOf(teacher)).toEqual([there.lea.id])
})
