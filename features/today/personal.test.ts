// The personal part: what each role sees, no query for whoever is warm, and news that arrives.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { PersonalPart } from '#feature/today/contract.ts'
import { aWorkspace, refused } from '#test/app'
import { aBrowser } from '#test/browser'
import { markCopy } from '#test/marking'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
let s: TestSchool
let other: TestSchool

beforeAll(async () => {
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
})

const partOf = async (person: TestPerson): Promise<PersonalPart> =>
  (await (await w.as(person)).get('/api/today')).json()

async function homework(handIn = true): Promise<string> {
  const body = {
    title: 'Lettre',
    body: '<p>Une page.</p>',
    dueAt: '2026-11-27T17:00:00Z',
    handIn,
    attachments: [],
  }
  const set = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, body)
  expect(set.statusCode, set.body).toBeLessThan(300)
  return set.json().id
}

/** Asks until the answer is as wanted: news takes a moment on its way. */
async function eventually(check: () => Promise<unknown>): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      await check()
      return
    } catch (error) {
      if (i === 40) throw error
      await pause(50)
    }
  }
}

test('each role finds its own part', async () => {
  const id = await homework()
  expect(await partOf(s.lea)).toMatchObject({
    person: { givenName: 'Léa' },
    work: [],
    children: [],
    teaching: [],
    schools: [],
  })
  expect(await partOf(s.mme_diop)).toMatchObject({
    children: [{ id: s.lea.id, givenName: 'Léa', class: '3e B', school: s.school.name, work: [] }],
  })
  expect(await partOf(s.mme_diallo)).toMatchObject({
    classes: [{ title: '3e B' }, { title: '3e B, groupe 1' }],
    teaching: [{ homeworkId: id, class: '3e B', pupils: 2, handedIn: 0, toRead: 0, ready: 0, handIn: true }],
  })
  expect(await partOf(s.mme_roy)).toMatchObject({
    schools: [{ id: s.school.id, pupils: 3, notActivated: 3 }],
  })
  expect((await partOf(s.m_benali)).teaching, 'a colleague of the same class').toEqual([])
  expect((await partOf(other.mme_diallo)).teaching).toEqual([])
  expect((await partOf(other.mme_roy)).schools.map((x) => x.id)).toEqual([other.school.id])
  refused(await w.nobody.get('/api/today'), 'session.needed')
})

test('whoever is warm costs no query; an unchanged part is not sent again', async () => {
  const lea = await w.as(s.lea)
  const first = await lea.get('/api/today')
  expect(await w.countQueries(() => lea.get('/api/today'))).toBe(0)
  const again = await lea.get('/api/today', { 'if-none-match': String(first.headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test("a tick shows on the pupil's page, the guardian's and the teacher's, and nowhere in another school", async () => {
  const id = await homework(false)
  for (const person of [s.lea, s.mme_diop, s.mme_diallo, other.lea]) await partOf(person)
  const ticked = await (await w.as(s.lea)).put(`/api/homework/${id}/tick`)
  expect(ticked.statusCode, ticked.body).toBeLessThan(300)
  const done = expect.objectContaining({ homeworkId: id, state: 'done' })
  await eventually(async () => expect((await partOf(s.lea)).work).toContainEqual(done))
  await eventually(async () => expect((await partOf(s.mme_diop)).children[0]?.work).toContainEqual(done))
  await eventually(async () =>
    expect((await partOf(s.mme_diallo)).teaching).toContainEqual(
      expect.objectContaining({ homeworkId: id, handedIn: 1 }),
    ),
  )
  expect((await partOf(s.theo)).work).toEqual([])
  expect((await partOf(other.lea)).work).toEqual([])
})

test('a head sees at once that a pupil has chosen a password, and a head of another school nothing of it', async () => {
  const school = await aSchool(w.ctx.db)
  const waiting = async (head: TestPerson) => (await partOf(head)).schools[0]?.notActivated
  expect([await waiting(school.mme_roy), await waiting(other.mme_roy)]).toEqual([3, 3])
  const head = await w.as(school.mme_roy)
  const made = await head.post(`/api/accounts/${school.lea.id}/code`, { key: randomUUID() })
  expect(made.statusCode, made.body).toBe(200)
  const code = made.json().codes[0].code
  const password = 'quatre chats gris'
  const chosen = await aBrowser(w).post('/api/session/activation', { code, password })
  expect(chosen.statusCode, chosen.body).toBe(200)
  await eventually(async () => expect(await waiting(school.mme_roy)).toBe(2))
  expect(await waiting(other.mme_roy)).toBe(3)
})

test('who signs out holds no news up', async () => {
  const id = await homework(false)
  await partOf(s.mme_diop)
  const left = await (await w.as(s.theo)).delete('/api/session')
  expect(left.statusCode, left.body).toBeLessThan(300)
  await (await w.as(s.lea)).put(`/api/homework/${id}/tick`)
  const done = expect.objectContaining({ homeworkId: id, state: 'done' })
  await eventually(async () => expect((await partOf(s.mme_diop)).children[0]?.work).toContainEqual(done))
  await eventually(async () =>
    expect((await partOf(s.mme_diallo)).teaching).toContainEqual(
      expect.objectContaining({ homeworkId: id, handedIn: 1 }),
    ),
  )
})

test('whoever was here lately is warm before they ask', async () => {
  const fresh = await aSchool(w.ctx.db)
  await w.ctx.db
    .updateTable('person')
    .set({ last_seen_on: '2026-11-20' })
    .where('id', '=', fresh.lea.id)
    .execute()
  expect(await w.warm.warm()).toBeGreaterThanOrEqual(1)
  const lea = await w.as(fresh.lea)
  expect(await w.countQueries(() => lea.get('/api/today'))).toBe(0)
  const theo = await w.as(fresh.theo)
  expect(await w.countQueries(() => theo.get('/api/today'))).toBeGreaterThan(0)
})

test('a mark that is saved but not given back is the teacher’s alone; given back, pupil and guardian see it', async () => {
  const id = await homework()
  const lea = await w.as(s.lea)
  const sent = await lea.post(`/api/homework/${id}/submissions`, { text: 'Cher Paul', files: [] })
  expect(sent.statusCode, sent.body).toBeLessThan(300)
  const diallo = await w.as(s.mme_diallo)
  const draft = { mark: '15,5', feedback: '<p>Bien</p>' }
  const saved = await markCopy(diallo, `/api/homework/${id}/pupils/${s.lea.id}`, draft)
  expect(saved.statusCode, saved.body).toBe(200)
  const handedIn = expect.objectContaining({ homeworkId: id, state: 'handed-in' })
  await eventually(async () => expect((await partOf(s.lea)).work).toContainEqual(handedIn))
  await eventually(async () => expect((await partOf(s.mme_diop)).children[0]?.work).toContainEqual(handedIn))
  for (const person of [s.lea, s.mme_diop, s.theo])
    expect(JSON.stringify(await partOf(person))).not.toMatch(/15,5|Bien/)
  await diallo.post(`/api/homework/${id}/give-back`, {})
  const back = expect.objectContaining({ homeworkId: id, state: 'given-back', mark: '15,5' })
  await eventually(async () => expect((await partOf(s.lea)).work).toContainEqual(back))
  await eventually(async () => expect((await partOf(s.mme_diop)).children[0]?.work).toContainEqual(back))
  expect(JSON.stringify(await partOf(s.theo))).not.toMatch(/15,5|Bien/)
})

test("work whose time is over leaves the teacher's page once no copy waits to be read", async () => {
  const school = await aSchool(w.ctx.db)
  const teacher = await w.as(school.mme_diallo)
  const body = {
    title: 'Fini',
    body: '<p>x</p>',
    dueAt: '2026-11-24T07:00:00Z',
    handIn: true,
    attachments: [],
  }
  const { id } = (await teacher.post(`/api/classes/${school.class3B.id}/homework`, body)).json()
  const text = { text: 'ma copie', files: [] }
  await (await w.as(school.lea)).post(`/api/homework/${id}/submissions`, text)
  w.clock.set('2026-11-24T09:00:00Z')
  await w.warm.warm()
  const listed = async () => (await partOf(school.mme_diallo)).teaching.map((t) => t.title)
  await eventually(async () => expect(await listed()).toEqual(['Fini']))
  await markCopy(teacher, `/api/homework/${id}/pupils/${school.lea.id}`, { mark: '15' })
  const standing = async () => (await partOf(school.mme_diallo)).teaching[0]
  await eventually(async () => expect(await standing()).toMatchObject({ toRead: 0, ready: 1 }))
  await teacher.post(`/api/homework/${id}/give-back`, {})
  await eventually(async () => expect(await listed()).toEqual([]))
})

test("a head who left no longer sees the school's numbers", async () => {
  const school = await aSchool(w.ctx.db)
  await w.ctx.db
    .updateTable('person_role')
    .set({ end_date: '2026-11-20' })
    .where('person_id', '=', school.mme_roy.id)
    .execute()
  expect((await partOf(school.mme_roy)).schools).toEqual([])
})

test('homework that was changed or withdrawn changes what the kept parts say of it', async () => {
  const school = await aSchool(w.ctx.db)
  const teacher = await w.as(school.mme_diallo)
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-27T07:00:00Z', handIn: false, attachments: [] }
  const { id } = (await teacher.post(`/api/classes/${school.class3B.id}/homework`, draft)).json()
  await (await w.as(school.lea)).put(`/api/homework/${id}/tick`)
  const states = async () => [
    (await partOf(school.lea)).work.map((x) => x.state),
    (await partOf(school.mme_diop)).children[0]?.work.map((x) => x.state),
  ]
  await eventually(async () => expect(await states()).toEqual([['done'], ['done']]))
  await teacher.put(`/api/homework/${id}`, { ...draft, handIn: true, version: 1 })
  await eventually(async () => expect(await states()).toEqual([['to-do'], ['to-do']]))
  await (await w.as(school.lea)).post(`/api/homework/${id}/submissions`, { text: 'voici', files: [] })
  await eventually(async () => expect(await states()).toEqual([['handed-in'], ['handed-in']]))
  await teacher.delete(`/api/homework/${id}`)
  await eventually(async () => expect(await states()).toEqual([[], []]))
  await teacher.post(`/api/homework/${id}/restore`)
  await eventually(async () => expect(await states()).toEqual([['handed-in'], ['handed-in']]))
})
