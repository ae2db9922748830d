// The first day, forgotten passwords, and who may vouch for whom.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, aWorkspace, refused } from '#test/app'
import { aBrowser } from '#test/browser'
import { aPerson, aSchool, enroll, type TestPerson } from '#test/world'
import type { ClassAccounts, CodeList } from '../contract.ts'
import { setPassword } from '../store.ts'

const w = await aWorkspace()
const password = 'sous le grand chêne'
let oldHash: string

beforeAll(async () => {
  oldHash = await w.accounts.hasher.hash('le chat de mamie')
})

const listOf = (answer: Answer): CodeList => {
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const accountsOf = (answer: Answer): ClassAccounts => answer.json()

const codeFor = async (asker: TestPerson, person: TestPerson) =>
  (await w.as(asker)).post(`/api/accounts/${person.id}/code`, { key: randomUUID() })

const codesOf = async (asker: TestPerson, classId: string) =>
  (await w.as(asker)).post(`/api/classes/${classId}/codes`, { key: randomUUID(), ending: 9 })

const activate = (code: string, more: object = {}) =>
  aBrowser(w).post('/api/session/activation', { code, password, ...more })

const eventsOf = async (person: TestPerson) =>
  (
    await w.ctx.db
      .selectFrom('account_event')
      .select(['kind', 'by_person_id', 'school_id'])
      .where('person_id', '=', person.id)
      .orderBy('id')
      .execute()
  ).map((e) => [e.kind, e.by_person_id, e.school_id])

test('the first day: the teacher prints a list, a pupil types the code and is in', async () => {
  const s = await aSchool(w.ctx.db)
  await setPassword(w.ctx.db, s.theo.id, oldHash, new Date(w.clock.now()))
  const list = listOf(await codesOf(s.mme_diallo, s.class3B.id))
  expect(list).toMatchObject({
    school: 'Collège Rosa-Parks',
    title: '3e B',
    expiresAt: '2026-12-24T06:50:00.000Z',
    codes: [{ givenName: 'Léa', familyName: 'Diop', username: s.lea.username }],
  })
  const code = list.codes[0]?.code ?? ''
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)

  const browser = aBrowser(w)
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
  expect((await browser.post('/api/session/activation/check', { code: typed })).json()).toEqual({
    givenName: 'Léa',
    username: s.lea.username,
    school: 'Collège Rosa-Parks',
    class: '3e B',
  })
  const session = await browser.post('/api/session/activation', { code: typed, password })
  expect(session.json()).toMatchObject({ account: s.lea.id, roles: ['student'], others: [] })
  expect((await browser.get('/api/me')).statusCode).toBe(200)
  const again = await aBrowser(w).post('/api/session', { username: s.lea.username, password })
  expect(again.statusCode).toBe(200)
  expect(await eventsOf(s.lea)).toEqual([
    ['code-made', s.mme_diallo.id, s.school.id],
    ['activated', s.lea.id, s.school.id],
  ])
})

test('a code works once, also when it is sent twice at once', async () => {
  const s = await aSchool(w.ctx.db)
  const code = listOf(await codeFor(s.mme_roy, s.lea)).codes[0]?.code ?? ''
  const statuses = (await Promise.all([activate(code), activate(code)])).map((a) => a.statusCode)
  expect(statuses.sort()).toEqual([200, 404])
  refused(await activate(code), 'activation.unknown')
})

test('a code that was replaced, never made or is no code at all is unknown; after thirty days it is expired', async () => {
  const s = await aSchool(w.ctx.db)
  const first = listOf(await codeFor(s.mme_roy, s.lea)).codes[0]?.code ?? ''
  const second = listOf(await codeFor(s.mme_roy, s.lea)).codes[0]?.code ?? ''
  for (const code of [first, '0000-0000-0000-0000', 'bonjour']) {
    refused(await aBrowser(w).post('/api/session/activation/check', { code }), 'activation.unknown')
    refused(await activate(code), 'activation.unknown')
  }
  const start = w.clock.now()
  w.clock.advance(30 * 86_400_000)
  refused(await activate(second), 'activation.expired')
  w.clock.set(start)
  expect((await activate(second)).statusCode).toBe(200)
})

test('a weak password is refused and the code still holds', async () => {
  const s = await aSchool(w.ctx.db)
  const code = listOf(await codeFor(s.mme_roy, s.lea)).codes[0]?.code ?? ''
  refused(await activate(code, { password: 'court' }), 'password.too-short')
  refused(await activate(code, { password: 'doudou2014' }), 'password.too-common')
  refused(await activate(code, { password: 'LEA-DIOP' }), 'password.is-the-name')
  expect((await activate(code)).statusCode).toBe(200)
})

test('a reset: the old password and passes hold until the code is used, then no longer', async () => {
  const s = await aSchool(w.ctx.db)
  await setPassword(w.ctx.db, s.lea.id, oldHash, new Date(w.clock.now()))
  const old = { username: s.lea.username, password: 'le chat de mamie' }
  const browser = aBrowser(w)
  await browser.post('/api/session', old)
  const code = listOf(await codeFor(s.mme_diallo, s.lea)).codes[0]?.code ?? ''
  expect((await aBrowser(w).post('/api/session', old)).statusCode).toBe(200)
  expect((await browser.get('/api/me')).statusCode).toBe(200)
  expect((await activate(code)).statusCode).toBe(200)
  refused(await aBrowser(w).post('/api/session', old), 'sign-in.wrong')
  refused(await browser.get('/api/me'), 'session.needed')
  expect((await eventsOf(s.lea)).map(([kind]) => kind)).toEqual(['code-made', 'password-reset'])
})

test('a code also ends the wait that somebody guessing has caused', async () => {
  const s = await aSchool(w.ctx.db)
  const guess = () => aBrowser(w).post('/api/session', { username: s.lea.username, password: 'a wild guess' })
  for (let i = 0; i < 5; i++) await guess()
  refused(await guess(), 'sign-in.wait')
  const code = listOf(await codeFor(s.mme_diop, s.lea)).codes[0]?.code ?? ''
  await activate(code)
  const answer = await aBrowser(w).post('/api/session', { username: s.lea.username, password })
  expect(answer.statusCode).toBe(200)
})

test('who may vouch for whom; and nobody of another school', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const allowed: [TestPerson, TestPerson][] = [
    [s.mme_diallo, s.lea],
    [s.m_benali, s.nour],
    [s.mme_diop, s.lea],
    [s.mme_roy, s.lea],
    [s.mme_roy, s.mme_diallo],
    [s.mme_roy, s.mme_diop],
    [s.mme_roy, s.mme_roy],
  ]
  for (const [asker, person] of allowed) listOf(await codeFor(asker, person))
  const denied: [TestPerson, TestPerson][] = [
    [s.mme_diallo, s.nour],
    [s.mme_diallo, s.m_benali],
    [s.mme_diallo, s.mme_roy],
    [s.mme_diallo, s.mme_diop],
    [s.mme_diop, s.theo],
    [s.lea, s.lea],
    [s.lea, s.theo],
    [other.mme_diallo, s.lea],
    [other.mme_diop, s.lea],
    [other.mme_roy, s.lea],
    [other.mme_roy, s.mme_roy],
  ]
  for (const [asker, person] of denied) refused(await codeFor(asker, person), 'absent')
  refused(await w.nobody.post(`/api/accounts/${s.lea.id}/code`, { key: randomUUID() }), 'session.needed')
})

test('no code leads to more rights than its maker has', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  // A colleague who also runs another school, a mother who teaches at another school, and a head enrolled as a pupil.
  const headElsewhere = await aPerson(w.ctx.db, s.school, 'teacher', 'Paul', 'Morel')
  const role = (person: TestPerson, org_id: typeof s.school.id, name: string) =>
    w.ctx.db.insertInto('person_role').values({ person_id: person.id, org_id, role: name }).execute()
  await role(headElsewhere, other.school.id, 'principal')
  await role(s.mme_diop, other.school.id, 'teacher')
  const pupilOnPaper = await aPerson(w.ctx.db, s.school, 'principal', 'Inès', 'Petit')
  await enroll(w.ctx.db, s.class3B, pupilOnPaper, 'student')
  refused(await codeFor(s.mme_roy, headElsewhere), 'absent')
  refused(await codeFor(s.mme_roy, s.mme_diop), 'absent')
  refused(await codeFor(s.mme_diallo, pupilOnPaper), 'absent')
  listOf(await codeFor(s.mme_roy, pupilOnPaper))
  const list = listOf(await codesOf(s.mme_diallo, s.class3B.id))
  expect(list.codes.map((c) => c.givenName)).toEqual(['Théo', 'Léa'])
})

test('a school vouches for whom it has or will have, and no longer for whom it had', async () => {
  const s = await aSchool(w.ctx.db)
  const dated = (person: TestPerson, dates: { begin_date?: string; end_date?: string }) =>
    Promise.all(
      (['person_role', 'enrollment'] as const).map((table) =>
        w.ctx.db.updateTable(table).set(dates).where('person_id', '=', person.id).execute(),
      ),
    )
  await dated(s.lea, { end_date: '2026-11-23' })
  await dated(s.theo, { begin_date: '2026-11-30' })
  await dated(s.mme_diop, { end_date: '2026-11-23' })
  await dated(s.m_benali, { end_date: '2026-11-23' })
  for (const gone of [s.lea, s.mme_diop, s.m_benali]) refused(await codeFor(s.mme_roy, gone), 'absent')
  listOf(await codeFor(s.mme_roy, s.theo))
})

test('who ran another school until yesterday has no say over those who run it today', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const principal = (person: TestPerson, org_id: typeof s.school.id, dates: { end_date?: string } = {}) =>
    w.ctx.db
      .insertInto('person_role')
      .values({ person_id: person.id, org_id, role: 'principal', ...dates })
      .execute()
  await principal(s.mme_diallo, other.school.id)
  await principal(s.mme_roy, other.school.id, { end_date: '2026-11-23' })
  refused(await codeFor(s.mme_roy, s.mme_diallo), 'absent')
})

test('the lists of a class are for those who lead it', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const codes = `/api/classes/${s.class3B.id}/codes`
  const accounts = `/api/classes/${s.class3B.id}/accounts`
  await setPassword(w.ctx.db, s.theo.id, oldHash, new Date(w.clock.now()))
  await codeFor(s.mme_diop, s.lea)
  for (const person of [s.mme_diallo, s.m_benali, s.mme_roy]) {
    const list = accountsOf(await (await w.as(person)).get(accounts))
    expect(list.map((a) => [a.familyName, a.state, a.codeExpiresAt, a.class])).toEqual([
      ['Bertin', 'active', null, '3e B'],
      ['Diop', 'code-made', '2026-12-24T06:50:00.000Z', '3e B'],
    ])
  }
  for (const person of [s.lea, s.mme_diop, other.mme_diallo, other.mme_roy, other.lea]) {
    refused(await (await w.as(person)).get(accounts), 'absent')
    refused(await (await w.as(person)).post(codes, { key: randomUUID(), ending: 9 }), 'absent')
  }
})

test("a school's accounts are narrowed down by who, class and state", async () => {
  const s = await aSchool(w.ctx.db)
  const roy = await w.as(s.mme_roy)
  const find = async (query: string) =>
    accountsOf(await roy.get(`/api/schools/${s.school.id}/accounts?${query}`)).map((a) => a.id)
  expect(await find('who=works-here')).toEqual([s.m_benali.id, s.mme_diallo.id, s.mme_roy.id])
  expect(await find('who=guardian')).toEqual([s.mme_diop.id])
  expect(await find('who=student&q=diop')).toEqual([s.lea.id])
  expect((await find(`class=${s.class3B.id}`)).length).toBe(2)
  expect(await find('state=active')).toEqual([])
  expect(await find(`state=waiting&who=student&q=diop&class=${s.class3B.id}`)).toEqual([s.lea.id])
  refused(await roy.get(`/api/schools/${s.school.id}/accounts?who=dog`), 'request.invalid')
})

test("a school's accounts are found by name without case or accents, by those who run it", async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const find = async (q: string) =>
    accountsOf(
      await (await w.as(s.mme_roy)).get(`/api/schools/${s.school.id}/accounts?q=${encodeURIComponent(q)}`),
    ).map((a) => [a.givenName, a.familyName, a.role, a.class, a.state])
  expect(await find('LEA')).toEqual([['Léa', 'Diop', 'student', '3e B', 'no-code']])
  expect(await find('diop léa')).toEqual([['Léa', 'Diop', 'student', '3e B', 'no-code']])
  expect(await find(s.mme_diallo.username)).toEqual([['Aminata', 'Diallo', 'teacher', null, 'no-code']])
  expect((await find('')).map(([, familyName]) => familyName)).toEqual([
    'Adjani',
    'Benali',
    'Bertin',
    'Diallo',
    'Diop',
    'Diop',
    'Roy',
  ])
  expect(await find("%' or true")).toEqual([])
  expect(await find('di\0op léa')).toHaveLength(1)
  for (const person of [s.mme_diallo, s.lea, other.mme_roy])
    refused(await (await w.as(person)).get(`/api/schools/${s.school.id}/accounts`), 'absent')
})

test('guessing codes from one browser is slowed down, and does not touch its passwords', async () => {
  const s = await aSchool(w.ctx.db)
  await setPassword(w.ctx.db, s.lea.id, oldHash, new Date(w.clock.now()))
  const browser = aBrowser(w)
  await browser.get('/api/session')
  const codes = []
  for (let i = 0; i < 22; i++) {
    const answer = await browser.post('/api/session/activation/check', {
      code: `0000-0000-0000-00${String(i).padStart(2, '0')}`,
    })
    codes.push(answer.json().code)
  }
  expect(codes.filter((c) => c === 'activation.unknown')).toHaveLength(20)
  expect(codes.slice(20)).toEqual(['sign-in.wait', 'sign-in.wait'])
  const body = { username: s.lea.username, password: 'le chat de mamie' }
  expect((await browser.post('/api/session', body)).statusCode).toBe(200)
})

test('what is kept of a code is only its hash', async () => {
  const s = await aSchool(w.ctx.db)
  const code = listOf(await codeFor(s.mme_roy, s.lea)).codes[0]?.code ?? ''
  const row = await w.ctx.db
    .selectFrom('credential')
    .select('activation_hash')
    .where('person_id', '=', s.lea.id)
    .executeTakeFirstOrThrow()
  expect(row.activation_hash).toHaveLength(32)
  expect(row.activation_hash?.toString()).not.toContain(code.replaceAll('-', ''))
})
