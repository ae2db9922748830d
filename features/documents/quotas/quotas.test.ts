// Room for files: refused before they travel and when they are claimed, hand-ins excepted; seen and set by the school.
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, test } from 'vitest'
import type { PersonId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aPerson, aSchool, type TestSchool } from '#test/world'
import { handInReserve } from './quota-rules.ts'

const w = await aWorkspace()
let s: TestSchool
let base: string

beforeAll(async () => {
  await w.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(w.app.server.address() as AddressInfo).port}`
  s = await aSchool(w.ctx.db)
})

type Person = { id: PersonId }
const base64 = (text: string) => Buffer.from(text).toString('base64')

async function begin(person: Person, bytes: number | Buffer, purpose?: 'hand-in') {
  const meta = [`filename ${base64('a.bin')}`, ...(purpose ? [`purpose ${base64(purpose)}`] : [])]
  const body = typeof bytes === 'number' ? undefined : new Uint8Array(bytes)
  const answer = await fetch(`${base}/api/uploads`, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'sec-fetch-site': 'same-origin',
      cookie: (await w.as(person)).cookie,
      'upload-length': String(typeof bytes === 'number' ? bytes : bytes.length),
      'upload-metadata': meta.join(','),
      ...(body ? { 'content-type': 'application/offset+octet-stream' } : {}),
    },
    ...(body ? { body } : {}),
  })
  const text = await answer.text()
  const said = text.startsWith('{')
    ? (JSON.parse(text) as { code: string; used?: number; limit?: number })
    : null
  return { status: answer.status, said, upload: answer.headers.get('location')?.split('/').at(-1) ?? '' }
}

const claim = async (person: Person, upload: string) => (await w.as(person)).post('/api/files', { upload })
const give = async (person: Person, bytes: number | null) => {
  const answer = await (await w.as(s.mme_roy)).put(`/api/schools/${s.school.id}/storage/${person.id}`, {
    bytes,
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

test('what does not fit is refused before it travels, and says how much there is', async () => {
  await give(s.theo, 100)
  const first = await begin(s.theo, Buffer.alloc(60, 1))
  expect(first.status).toBe(201)
  const second = await begin(s.theo, 50)
  expect(second.said, 'the upload that is under way counts').toMatchObject({
    code: 'quota.person-full',
    used: 0,
    limit: 100,
    needed: 50,
  })
  expect(second.status).toBe(413)
  expect((await claim(s.theo, first.upload)).statusCode).toBe(200)
  expect((await begin(s.theo, 41)).said).toMatchObject({ code: 'quota.person-full', used: 60, limit: 100 })
  const last = await begin(s.theo, Buffer.alloc(40, 2))
  expect((await claim(s.theo, last.upload)).statusCode, 'to the last byte').toBe(200)
  const room = await (await w.as(s.theo)).get('/api/files/room')
  expect(room.json()).toEqual({ used: 100, quota: 100 })
})

test('two claims at once do not go over together', async () => {
  await give(s.nour, 1000)
  const [a, b] = [await begin(s.nour, Buffer.alloc(400, 3)), await begin(s.nour, Buffer.alloc(400, 4))]
  await give(s.nour, 500)
  const answers = await Promise.all([claim(s.nour, a.upload), claim(s.nour, b.upload)])
  expect(answers.map((one) => one.statusCode).sort()).toEqual([200, 413])
  await give(s.nour, null)
  const late = await Promise.all([claim(s.nour, a.upload), claim(s.nour, b.upload)])
  expect(
    late.map((one) => one.statusCode),
    'with more room, the same claim is taken',
  ).toEqual([200, 200])
})

test('the same claimed twice at once is one file, and takes its room once', async () => {
  const pupil = await aPerson(w.ctx.db, s.school, 'student', 'Inès', 'Moreau')
  await give(pupil, 5000)
  const bytes = Buffer.alloc(900, 6)
  const uploads = [await begin(pupil, bytes), await begin(pupil, bytes)].map(({ upload }) => upload)
  await give(pupil, 1000)
  const claims = Array.from({ length: 12 }, (_, i) => claim(pupil, uploads[i % 2] ?? ''))
  const answers = await Promise.all(claims)
  expect(answers.map((one) => one.statusCode)).toEqual(answers.map(() => 200))
  expect(new Set(answers.map((one) => one.json().id)).size).toBe(1)
  const room = await (await w.as(pupil)).get('/api/files/room')
  expect(room.json()).toEqual({ used: 900, quota: 1000 })
})

test('a full quota never stops a hand-in, and what is handed in no longer counts', async () => {
  const homework = (
    await (
      await w.as(s.mme_diallo)
    ).post(`/api/classes/${s.class3B.id}/homework`, {
      title: 'Lire',
      body: '',
      dueAt: '2026-11-26T07:00:00Z',
      handIn: true,
      attachments: [],
    })
  ).json().id as string
  const school = `/api/schools/${s.school.id}/storage`
  await (await w.as(s.mme_roy)).put(school, { school: 0, pupil: 0, adult: null })
  expect((await begin(s.lea, 10)).said?.code).toBe('quota.person-full')
  expect((await begin(s.m_benali, 10)).said?.code).toBe('quota.school-full')
  const upload = await begin(s.lea, Buffer.alloc(10, 5), 'hand-in')
  const file = (await claim(s.lea, upload.upload)).json()
  expect((await (await w.as(s.lea)).get('/api/files/room')).json()).toEqual({ used: 10, quota: 0 })
  const handedIn = await (await w.as(s.lea)).post(`/api/homework/${homework}/submissions`, {
    text: '',
    files: [file.id],
  })
  expect(handedIn.statusCode, handedIn.body).toBe(200)
  expect((await (await w.as(s.lea)).get('/api/files/room')).json()).toEqual({ used: 0, quota: 0 })
  const seen = (await (await w.as(s.mme_roy)).get(school)).json()
  expect(seen.people.find((one: { id: string }) => one.id === s.lea.id)).toMatchObject({
    own: 0,
    handedIn: 10,
  })
  await (await w.as(s.mme_roy)).put(school, { school: null, pupil: null, adult: null })
})

test('the reserve is for those who have work of their own to hand in', async () => {
  const other = await aSchool(w.ctx.db)
  const only = async (pupil: Person) =>
    (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, {
      title: 'Pour une élève',
      body: '',
      dueAt: '2026-11-26T07:00:00Z',
      handIn: true,
      attachments: [],
      pupils: [pupil.id],
    })
  expect((await only(s.lea)).statusCode).toBe(200)
  await (await w.as(other.mme_roy)).put(`/api/schools/${other.school.id}/storage`, {
    school: null,
    pupil: 0,
    adult: 0,
  })
  for (const person of [other.lea, other.mme_diallo])
    expect((await begin(person, 1, 'hand-in')).said?.code).toBe('quota.person-full')
  await give(s.m_benali, 0)
  expect((await begin(s.m_benali, 1, 'hand-in')).said?.code, 'a teacher').toBe('quota.person-full')
  await give(s.m_benali, null)
})

test('the reserve itself has an end', async () => {
  const at = new Date(w.clock.now())
  const row = { school_id: s.school.id, owner_id: s.lea.id, created_at: at, for_hand_in: true }
  const file = { id: crypto.randomUUID() as never, sha256: 'f'.repeat(64), name: 'a', type: 'a/b' }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, ...file, bytes: handInReserve })
    .execute()
  expect((await begin(s.lea, 1, 'hand-in')).said?.code).toBe('quota.hand-ins-full')
})

test('a file that was set aside is released by who runs its school, with its likes there and nowhere else', async () => {
  const other = await aSchool(w.ctx.db)
  const aside = async (of: TestSchool, owner: Person) => {
    const id = crypto.randomUUID() as never
    const row = { school_id: of.school.id, owner_id: owner.id, created_at: new Date(w.clock.now()) }
    const file = { id, sha256: 'e'.repeat(64), name: 'jeu.txt', type: 'text/plain', bytes: 1 }
    const found = { scan: 'infected', finding: 'Wrong', scanned_at: new Date(w.clock.now()) }
    await w.ctx.db
      .insertInto('file')
      .values({ ...row, ...file, ...found })
      .execute()
    return id as string
  }
  const [mine, same, theirs] = [await aside(s, s.lea), await aside(s, s.theo), await aside(other, other.lea)]
  const url = (file: string) => `/api/schools/${s.school.id}/set-aside/${file}/release`
  for (const person of [s.mme_diallo, s.lea, other.mme_roy])
    refused(await (await w.as(person)).post(url(mine)), 'absent')
  refused(await (await w.as(s.mme_roy)).post(url(theirs)), 'absent')
  const answer = await (await w.as(s.mme_roy)).post(url(mine))
  expect(answer.json().setAside).toEqual([])
  const scans = await w.ctx.db
    .selectFrom('file')
    .select(['id', 'scan'])
    .where('sha256', '=', 'e'.repeat(64))
    .execute()
  expect(Object.fromEntries(scans.map(({ id, scan }) => [id, scan]))).toEqual({
    [mine]: 'off',
    [same]: 'off',
    [theirs]: 'infected',
  })
  refused(await (await w.as(s.mme_roy)).post(url(mine)), 'absent')
})

test('only who runs the school sees and sets it, and only for its own people', async () => {
  const other = await aSchool(w.ctx.db)
  const url = `/api/schools/${s.school.id}/storage`
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, other.mme_roy]) {
    const sender = await w.as(person)
    refused(await sender.get(url), 'absent')
    refused(await sender.put(url, { school: 1, pupil: 1, adult: 1 }), 'absent')
    refused(await sender.put(`${url}/${s.lea.id}`, { bytes: 1 }), 'absent')
  }
  refused(await (await w.as(s.mme_roy)).put(`${url}/${other.lea.id}`, { bytes: 1 }), 'absent')
  refused(await (await w.as(s.mme_roy)).put(`${url}/${s.lea.id}`, { bytes: -1 }), 'request.invalid')
})
