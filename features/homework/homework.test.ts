// Homework as teachers handle it: set, read by the class, changed, withdrawn.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { announce } from '#platform/bus'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { aSchool, aSlot, type TestPerson, type TestSchool } from '#test/world'

const w: TestWorkspace = await aWorkspace()

const tomorrow = '2026-11-25T07:00:00.000Z'
const yesterday = '2026-11-23T07:00:00.000Z'
const lire = {
  title: 'Lire le chapitre 2',
  body: '<p>Pages 12 à 30</p>',
  dueAt: tomorrow,
  handIn: true,
  attachments: [] as FileId[],
}
type Draft = typeof lire & { lessonId?: string }

const set = async (s: TestSchool, over: Partial<Draft> = {}, by = s.mme_diallo) =>
  (await w.as(by)).post(`/api/classes/${s.class3B.id}/homework`, { ...lire, ...over })
const setFor3B = async (s: TestSchool, over: Partial<Draft> = {}): Promise<string> => {
  const answer = await set(s, over)
  expect(answer.statusCode, answer.body).toBe(200)
  return `/api/homework/${answer.json().id}`
}

async function aFile(s: TestSchool, owner: TestPerson): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  await w.ctx.db
    .insertInto('file')
    .values({
      id,
      school_id: s.school.id,
      owner_id: owner.id,
      sha256: randomUUID().replaceAll('-', '').padEnd(64, '0'),
      bytes: 12,
      name: 'carte.pdf',
      type: 'application/pdf',
      view_sha256: null,
      created_at: new Date(w.clock.now()),
    })
    .execute()
  return id
}

test('a teacher sets homework, and the class, its guardians and the school see the same', async () => {
  const s = await aSchool(w.ctx.db)
  const file = await aFile(s, s.mme_diallo)
  const body = '<p>Lire <script>alert(1)</script><b>tout</b></p>'
  const answer = await set(s, { body, attachments: [file] })
  const homework = answer.json()
  expect(homework).toMatchObject({
    classId: s.class3B.id,
    class: '3e B',
    teacher: 'Aminata Diallo',
    title: 'Lire le chapitre 2',
    body: '<p>Lire <strong>tout</strong></p>',
    setOn: '2026-11-24',
    dueAt: tomorrow,
    handIn: true,
    attachments: [{ id: file, name: 'carte.pdf', type: 'application/pdf', bytes: 12, view: false }],
  })
  expect(homework.group).toBeUndefined()
  for (const person of [s.lea, s.theo, s.mme_diop, s.m_benali, s.mme_roy]) {
    expect((await (await w.as(person)).get(`/api/homework/${homework.id}`)).json()).toEqual(homework)
  }
})

test('homework of a group carries the group, and that of a lesson its subject and day', async () => {
  const s = await aSchool(w.ctx.db)
  const diallo = await w.as(s.mme_diallo)
  const group = await diallo.post(`/api/classes/${s.group1.id}/homework`, lire)
  expect(group.json()).toMatchObject({
    group: { key: s.group1.key, title: '3e B, groupe 1' },
    subject: 'Français',
  })
  refused(await (await w.as(s.theo)).get(`/api/homework/${group.json().id}`), 'absent')
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, title: 'Latin' }, ['2026-11-23'])
  const ofLesson = await set(s, { lessonId: `${slot.id}.2026-11-23` })
  expect(ofLesson.json()).toMatchObject({ subject: 'Latin', setOn: '2026-11-23' })
  const taught = { class: s.class3B, teacher: s.mme_diallo, title: 'Français' }
  await aSlot(w.ctx.db, s.school, taught, ['2026-11-25'])
  expect((await set(s)).json().subject, 'what its teacher teaches there').toBe('Français')
  const elsewhere = await aSlot(w.ctx.db, s.school, { class: s.class3A }, ['2026-11-23'])
  refused(await set(s, { lessonId: `${elsewhere.id}.2026-11-23` }), 'homework.lesson-unknown')
  refused(await set(s, { lessonId: `${slot.id}.2026-11-24` }), 'homework.lesson-unknown')
  refused(await set(s, { lessonId: 'lundi' }), 'request.invalid')
})

test('only teachers of the class set homework', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo, other.mme_roy])
    refused(await set(s, {}, by), 'absent')
  refused(await w.nobody.post(`/api/classes/${s.class3B.id}/homework`, lire), 'session.needed')
})

test('homework due in the past, without a title or with a stranger’s file is refused', async () => {
  const s = await aSchool(w.ctx.db)
  refused(await set(s, { dueAt: yesterday }), 'homework.due-in-past')
  refused(await set(s, { title: ' \u0000 ' }), 'homework.title-missing')
  refused(await set(s, { attachments: [await aFile(s, s.m_benali)] }), 'file.not-yours')
  refused(await set(s, { title: undefined }), 'request.invalid')
})

test('nobody of another class or of another school reads it', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  await (await w.as(s.lea)).get(url)
  for (const person of [s.nour, other.lea, other.mme_diallo, other.mme_diop, other.mme_roy])
    refused(await (await w.as(person)).get(url), 'absent')
  refused(await w.nobody.get(url), 'session.needed')
})

test('what the class shares is answered from memory, and never stale to whoever changed it', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const lea = await w.as(s.lea)
  const first = await lea.get(url)
  const etag = first.headers.etag as string
  expect((await lea.get(url, { 'if-none-match': etag })).statusCode).toBe(304)
  const queries = await queriesDuring(async () => expect((await lea.get(url)).statusCode).toBe(200))
  expect(queries).toBe(0)
  const diallo = await w.as(s.mme_diallo)
  await diallo.put(url, { ...lire, title: 'Lire le chapitre 3', version: 1 })
  expect((await diallo.get(url)).json().title).toBe('Lire le chapitre 3')
  expect((await lea.get(url, { 'if-none-match': etag })).statusCode).toBe(200)
})

async function queriesDuring(work: () => Promise<unknown>): Promise<number> {
  let queries = 0
  const count = () => queries++
  w.ctx.pool.on('acquire', count)
  await work()
  w.ctx.pool.off('acquire', count)
  return queries
}

test.each(['class', 'timetable'])('news of the %s from elsewhere drop what is in memory', async (topic) => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const lea = await w.as(s.lea)
  await lea.get(url)
  const id = url.split('/').at(-1) as never
  await w.ctx.db.updateTable('homework').set({ title: 'Ailleurs' }).where('id', '=', id).execute()
  expect((await lea.get(url)).json().title).toBe('Lire le chapitre 2')
  await announce(w.ctx.db, topic, [topic === 'class' ? s.class3B.id : s.school.id])
  await expect.poll(async () => (await lea.get(url)).json().title).toBe('Ailleurs')
})

test('both teachers of a class change it, keep the other’s documents, and may leave a past due date', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const file = await aFile(s, s.mme_diallo)
  const url = await setFor3B(s, { attachments: [file] })
  w.clock.advance(2 * 86_400_000)
  const changed = { ...lire, title: 'Lire le chapitre 4', attachments: [file], version: 1 }
  const answer = await (await w.as(s.m_benali)).put(url, changed)
  expect(answer.json()).toMatchObject({
    title: 'Lire le chapitre 4',
    teacher: 'Aminata Diallo',
    dueAt: tomorrow,
  })
  expect(answer.json().attachments).toHaveLength(1)
  const past = { ...changed, dueAt: '2026-11-25T08:00:00Z', version: 2 }
  refused(await (await w.as(s.m_benali)).put(url, past), 'homework.due-in-past')
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo])
    refused(await (await w.as(by)).put(url, changed), 'absent')
  w.clock.advance(-2 * 86_400_000)
})

test('withdrawn homework says so to the class, and comes back whole', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, diallo] = [await w.as(s.lea), await w.as(s.mme_diallo)]
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo]) {
    refused(await (await w.as(by)).delete(url), 'absent')
    refused(await (await w.as(by)).post(`${url}/restore`), 'absent')
  }
  expect((await diallo.delete(url)).statusCode).toBe(204)
  refused(await lea.get(url), 'homework.withdrawn')
  refused(await lea.get(`${url}/mine`), 'homework.withdrawn')
  refused(await lea.post(`${url}/submissions`, { text: 'x', files: [] }), 'homework.withdrawn')
  refused(await diallo.put(url, { ...lire, version: 1 }), 'homework.withdrawn')
  refused(await (await w.as(other.lea)).get(url), 'absent')
  expect((await lea.get('/api/homework')).json().homework).toEqual([])
  expect((await diallo.post(`${url}/restore`)).json().title).toBe(lire.title)
  expect((await lea.get(url)).statusCode).toBe(200)
})
