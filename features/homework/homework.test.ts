// Homework as teachers handle it: set, read by the class, changed, withdrawn, marked, given back.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { announce } from '#platform/bus'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
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
  const elsewhere = await aSlot(w.ctx.db, s.school, { class: s.class3A }, ['2026-11-23'])
  refused(await set(s, { lessonId: `${elsewhere.id}.2026-11-23` }), 'homework.lesson-unknown')
  refused(await set(s, { lessonId: 'lundi' }), 'homework.lesson-unknown')
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
  await diallo.put(url, { ...lire, title: 'Lire le chapitre 3' })
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

test('the news of a change made elsewhere drops what is in memory', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const lea = await w.as(s.lea)
  await lea.get(url)
  const id = url.split('/').at(-1) as never
  await w.ctx.db.updateTable('homework').set({ title: 'Ailleurs' }).where('id', '=', id).execute()
  expect((await lea.get(url)).json().title).toBe('Lire le chapitre 2')
  await announce(w.ctx.db, 'class', [s.class3B.id])
  await expect.poll(async () => (await lea.get(url)).json().title).toBe('Ailleurs')
})

test('both teachers of a class change it, keep the other’s documents, and may leave a past due date', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const file = await aFile(s, s.mme_diallo)
  const url = await setFor3B(s, { attachments: [file] })
  w.clock.advance(2 * 86_400_000)
  const changed = { ...lire, title: 'Lire le chapitre 4', attachments: [file] }
  const answer = await (await w.as(s.m_benali)).put(url, changed)
  expect(answer.json()).toMatchObject({
    title: 'Lire le chapitre 4',
    teacher: 'Aminata Diallo',
    dueAt: tomorrow,
  })
  expect(answer.json().attachments).toHaveLength(1)
  const past = { ...changed, dueAt: '2026-11-25T08:00:00Z' }
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
  refused(await diallo.put(url, lire), 'homework.withdrawn')
  refused(await (await w.as(other.lea)).get(url), 'absent')
  expect((await lea.get('/api/homework')).json().homework).toEqual([])
  expect((await diallo.post(`${url}/restore`)).json().title).toBe(lire.title)
  expect((await lea.get(url)).statusCode).toBe(200)
})

test('the grid shows who has done what, to the class’s teachers', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const handIn = await setFor3B(s)
  const tick = await setFor3B(s, { title: 'Apprendre', handIn: false, dueAt: '2026-11-26T07:00:00Z' })
  await (await w.as(s.lea)).post(`${handIn}/submissions`, { text: 'Voici', files: [] })
  await (await w.as(s.theo)).put(`${tick}/tick`)
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `${handIn}/pupils/${s.lea.id}`, { mark: '15,5' })
  const url = `/api/classes/${s.class3B.id}/grid`
  const grid = (await (await w.as(s.m_benali)).get(url)).json()
  expect(grid.class).toEqual({ id: s.class3B.id, title: '3e B' })
  expect(grid.pupils.map((p: { familyName: string }) => p.familyName)).toEqual(['Bertin', 'Diop'])
  expect(grid.homework.map((h: { title: string }) => h.title)).toEqual(['Apprendre', 'Lire le chapitre 2'])
  const mine = (g: typeof grid) => g.homework.map((h: { mine: boolean }) => h.mine)
  expect(mine(grid)).toEqual([false, false])
  expect(mine((await diallo.get(url)).json())).toEqual([true, true])
  const id = (u: string) => u.split('/').at(-1)
  expect(grid.cells).toHaveLength(2)
  expect(grid.cells).toContainEqual({ pupilId: s.theo.id, homeworkId: id(tick), state: 'done' })
  expect(grid.cells).toContainEqual({
    pupilId: s.lea.id,
    homeworkId: id(handIn),
    state: 'handed-in',
    mark: '15,5',
    saved: true,
  })
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo])
    refused(await (await w.as(by)).get(url), 'absent')
})

test('a result is the teacher’s until it is given back, then the pupil’s and the guardian’s', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, theo, diop] = [await w.as(s.lea), await w.as(s.theo), await w.as(s.mme_diop)]
  const [diallo, benali] = [await w.as(s.mme_diallo), await w.as(s.m_benali)]
  await lea.post(`${url}/submissions`, { text: 'Ma lecture', files: [] })
  const copy = `${url}/pupils/${s.lea.id}`
  expect((await benali.get(copy)).json()).toMatchObject({
    pupil: { givenName: 'Léa' },
    submission: { text: 'Ma lecture', late: false },
    result: null,
  })
  refused(await diallo.post(`${url}/give-back`, {}), 'result.nothing-saved')
  const saved = await markCopy(diallo, copy, { mark: ' 15,5 ', feedback: '<p onclick="x">Bien</p>' })
  expect(saved.json().result).toEqual({ mark: '15,5', feedback: '<p>Bien</p>', givenBackAt: null })
  const mine = async () => (await lea.get(`${url}/mine`)).json()
  expect(await mine()).toMatchObject({ result: null, state: { state: 'handed-in' } })
  expect((await mine()).state.mark).toBeUndefined()
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '0' })
  const back = await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] })
  expect(back.json()).toEqual({ givenBack: 1, renewed: 0 })
  expect(await mine()).toMatchObject({
    result: { mark: '15,5', feedback: '<p>Bien</p>' },
    state: { state: 'given-back', mark: '15,5' },
    mayHandIn: false,
  })
  expect((await diop.get(`${url}/mine?child=${s.lea.id}`)).json().result.mark).toBe('15,5')
  expect((await theo.get(`${url}/mine`)).json().result).toBeNull()
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 0 })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 0, renewed: 0 })
  await markCopy(benali, copy, { mark: '16' })
  expect((await mine()).result.mark).toBe('16')
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo, other.m_benali]) {
    const sender = await w.as(by)
    refused(await sender.get(copy), 'absent')
    refused(await sender.put(`${copy}/result`, { mark: '20', feedback: '', submissionId: null }), 'absent')
    refused(await sender.post(`${url}/give-back`, {}), 'absent')
  }
  refused(await diallo.get(`${url}/pupils/${s.nour.id}`), 'absent')
  const one = { mark: '1', feedback: '', submissionId: null }
  refused(await diallo.put(`${url}/pupils/${other.lea.id}/result`, one), 'absent')
})

test('an emptied result is forgotten before it is given back', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const diallo = await w.as(s.mme_diallo)
  const copy = `${url}/pupils/${s.lea.id}`
  await markCopy(diallo, copy, { mark: 'A' })
  expect((await markCopy(diallo, copy, { mark: ' ', feedback: '<p></p>' })).json().result).toBeNull()
  refused(await diallo.post(`${url}/give-back`, {}), 'result.nothing-saved')
})

test('a mark never goes to a version that its teacher has not read', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, theo, diallo] = [await w.as(s.lea), await w.as(s.theo), await w.as(s.mme_diallo)]
  const copy = `${url}/pupils/${s.lea.id}`
  const handIn = (by: typeof lea, text: string) => by.post(`${url}/submissions`, { text, files: [] })
  await handIn(lea, 'première')
  const read = (await diallo.get(copy)).json()
  await handIn(lea, 'deuxième')
  const late = { mark: '8', feedback: '', submissionId: read.submission.id }
  refused(await diallo.put(`${copy}/result`, late), 'result.copy-renewed')
  expect((await diallo.get(copy)).json()).toMatchObject({ result: null, renewed: false })

  await markCopy(diallo, copy, { mark: '14' })
  await handIn(lea, 'troisième')
  expect((await diallo.get(copy)).json()).toMatchObject({ result: { mark: '14' }, renewed: true })
  const cells = (await diallo.get(`/api/classes/${s.class3B.id}/grid`)).json().cells
  expect(cells[0].saved, 'it waits to be read again').toBeUndefined()
  refused(await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] }), 'result.copy-renewed')
  await handIn(theo, 'la seule')
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '11' })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 1 })
  expect((await lea.get(`${url}/mine`)).json().result).toBeNull()
  await markCopy(diallo, copy, { mark: '15' })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 0 })
  expect((await lea.get(`${url}/mine`)).json().result.mark).toBe('15')
})
