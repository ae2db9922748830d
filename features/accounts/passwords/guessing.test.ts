// What guessing passwords gets, and that it hurts nobody but the one who guesses.

import { beforeAll, expect, test } from 'vitest'
import { openToday } from '#features/today'
import { aWorkspace, refused } from '#test/app'
import { aBrowser, type Browser } from '#test/browser'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { buildWorkspace } from '../../../apps/workspace/app.ts'
import { openAccounts } from '../index.ts'
import { setPassword } from '../store.ts'
import { openHasher } from './hasher.ts'

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

test('a stranger who guesses locks nobody out: the device that the pupil uses counts by itself', async () => {
  const s = await aSchoolWithPasswords()
  const own = aBrowser(w)
  await enter(own, s.lea)
  await own.delete('/api/session')
  const guess = () => aBrowser(w).post('/api/session', { username: s.lea.username, password: 'a wild guess' })
  for (let i = 0; i < 5; i++) refused(await guess(), 'sign-in.wrong')
  for (let i = 0; i < 5; i++) {
    const answer = await guess()
    refused(answer, 'sign-in.wait')
    expect(answer.json().seconds).toBe(2)
  }
  expect((await enter(own, s.lea)).statusCode).toBe(200)
  // Elsewhere the wait goes on, also with the right password, and ends by itself.
  refused(await enter(aBrowser(w), s.lea), 'sign-in.wait')
  w.clock.advance(2_000)
  expect((await enter(aBrowser(w), s.lea)).statusCode).toBe(200)
})

test('a known device has four wrong tries as well, and the wait grows', async () => {
  const s = await aSchoolWithPasswords()
  const own = aBrowser(w)
  await enter(own, s.lea)
  const wrong = () => own.post('/api/session', { username: s.lea.username, password: 'a wild guess' })
  for (let i = 0; i < 5; i++) refused(await wrong(), 'sign-in.wrong')
  expect((await wrong()).json().seconds).toBe(2)
  w.clock.advance(2_000)
  refused(await wrong(), 'sign-in.wrong')
  expect((await wrong()).json().seconds).toBe(4)
  // It is this device's wait alone.
  expect((await enter(aBrowser(w), s.lea)).statusCode).toBe(200)
})

test('guesses sent at once count one by one', async () => {
  const s = await aSchoolWithPasswords()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      aBrowser(w).post('/api/session', { username: s.theo.username, password: 'a wild guess' }),
    ),
  )
  const codes = answers.map((a) => a.json().code)
  expect(codes.filter((c) => c === 'sign-in.wrong')).toHaveLength(5)
  expect(codes.filter((c) => c === 'sign-in.wait')).toHaveLength(7)
})

test('a name that nobody has makes one wait like any other', async () => {
  const guess = () => aBrowser(w).post('/api/session', { username: 'Nobody.Here', password: 'a wild guess' })
  for (let i = 0; i < 5; i++) refused(await guess(), 'sign-in.wrong')
  const answer = await guess()
  refused(answer, 'sign-in.wait')
  expect(answer.json().seconds).toBe(2)
})

test('one browser cannot try a common password on a whole school', async () => {
  const s = await aSchoolWithPasswords()
  const browser = aBrowser(w)
  await browser.get('/api/session')
  const codes = []
  for (let i = 0; i < 24; i++) {
    const answer = await browser.post('/api/session', { username: `pupil.${i}`, password: 'Rentree2026' })
    codes.push(answer.json().code)
  }
  expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'sign-in.wrong'))
  expect(codes.slice(20)).toEqual(Array.from({ length: 4 }, () => 'sign-in.wait'))
  expect((await enter(aBrowser(w), s.lea)).statusCode).toBe(200)
})

test('a full queue is said with the seconds to wait, and the try does not count', async () => {
  const s = await aSchoolWithPasswords()
  const accounts = await openAccounts(w.ctx, openHasher(w.ctx.log, { waiting: 0 }))
  const narrow = { app: await buildWorkspace(w.ctx, { accounts, today: openToday(w.ctx), feeds: w.feeds }) }
  const answer = await aBrowser(narrow).post('/api/session', { username: s.lea.username, password })
  refused(answer, 'sign-in.busy')
  expect(answer.statusCode).toBe(503)
  expect(answer.json().seconds).toBeGreaterThan(0)
  const left = await w.ctx.db
    .selectFrom('signin_failure')
    .select('failures')
    .where('person_id', '=', s.lea.id)
    .execute()
  expect(left).toEqual([{ failures: 0 }])
})
