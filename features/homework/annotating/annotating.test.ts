// Drawing on a copy and speaking about it, as whole requests: whose it is, when it is seen, and two who do it at once.
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type FileId, type HomeworkId, newId, type SubmissionId } from '#platform/ids'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { lockHomework } from '../store.ts'
import { lockCopy } from './annotating-store.ts'

const w: TestWorkspace = await aWorkspace()

async function aFile(s: TestSchool, owner: TestPerson, name: string, type: string): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from(`${name} ${id}`)]))
  const row = { id, school_id: s.school.id, owner_id: owner.id, name, type, view_sha256: null }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, ...stored, created_at: new Date(w.clock.now()) })
    .execute()
  return id
}

/** Léa has handed in a page to Mme Diallo. */
async function handedIn() {
  const s = await aSchool(w.ctx.db)
  const [diallo, lea] = [await w.as(s.mme_diallo), await w.as(s.lea)]
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-25T07:00:00.000Z', handIn: true, attachments: [] }
  const { id } = (await diallo.post(`/api/classes/${s.class3B.id}/homework`, draft)).json()
  const page = await aFile(s, s.lea, 'page.jpg', 'image/jpeg')
  const note = await aFile(s, s.lea, 'note.txt', 'text/plain')
  const homework = `/api/homework/${id}`
  const answer = await lea.post(`${homework}/submissions`, { text: '', files: [page, note] })
  const url = `/api/submissions/${answer.json().submission.id}`
  return { s, diallo, lea, homework, page, note, url, corrections: `${url}/corrections` }
}

const tick = { id: 'tick0001', page: 1, colour: 'red', kind: 'tick', x: 500, y: 700, size: 300 }
const line = { id: 'line0001', page: 1, colour: 'blue', kind: 'pen', width: 40, points: [0, 0, 90, 80] }

test('what is drawn is the teachers’ until the copy is given back, then the pupil’s and the guardian’s', async () => {
  const { s, diallo, lea, homework, page, url, corrections } = await handedIn()
  const other = await aSchool(w.ctx.db)
  const drawn = `${url}/files/${page}/annotations`
  expect((await diallo.put(drawn, { version: 0, items: [tick, line] })).json()).toEqual({ version: 1 })
  const all = { files: [{ fileId: page, version: 1, items: [tick, line] }], voice: [] }
  expect((await diallo.get(corrections)).json()).toEqual(all)
  expect((await (await w.as(s.m_benali)).get(corrections)).json()).toEqual(all)
  const strangers = [s.theo, s.mme_roy, other.mme_diallo, other.mme_diop]
  for (const by of [s.lea, s.mme_diop, ...strangers]) {
    const sender = await w.as(by)
    refused(await sender.get(corrections), 'absent')
    refused(await sender.put(drawn, { version: 1, items: [] }), 'absent')
  }
  // Without a mark or a word: what is drawn is something to give back.
  expect((await diallo.post(`${homework}/give-back`, {})).json()).toEqual({
    givenBack: 1,
    renewed: 0,
    again: 0,
  })
  for (const sender of [lea, await w.as(s.mme_diop)]) {
    expect((await sender.get(corrections)).json()).toEqual(all)
    refused(await sender.put(drawn, { version: 1, items: [] }), 'absent')
  }
  for (const by of strangers) refused(await (await w.as(by)).get(corrections), 'absent')
})

test('a guardian who sees the day alone sees no corrections', async () => {
  const { s, diallo, homework, page, url, corrections } = await handedIn()
  await diallo.put(`${url}/files/${page}/annotations`, { version: 0, items: [tick] })
  await diallo.post(`${homework}/give-back`, {})
  const change = { sees: 'day', before: 'all' }
  await (await w.as(s.mme_roy)).put(`/api/pupils/${s.lea.id}/guardians/${s.mme_diop.id}`, change)
  refused(await (await w.as(s.mme_diop)).get(corrections), 'absent')
})

test('two who draw at once do not overwrite each other', async () => {
  const { s, diallo, page, url, corrections } = await handedIn()
  const benali = await w.as(s.m_benali)
  const drawn = `${url}/files/${page}/annotations`
  const answers = await Promise.all([
    diallo.put(drawn, { version: 0, items: [tick] }),
    benali.put(drawn, { version: 0, items: [line] }),
  ])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  const first = (await diallo.get(corrections)).json().files[0]
  expect(first).toMatchObject({ version: 1 })
  refused(await diallo.put(drawn, { version: 0, items: [] }), 'annotation.changed-meanwhile')
  refused(await diallo.put(drawn, { version: 7, items: [] }), 'annotation.changed-meanwhile')
  refused(await diallo.put(drawn, { version: 2 ** 31, items: [] }), 'request.invalid')
  expect((await diallo.put(drawn, { version: 1, items: [tick, line] })).json()).toEqual({ version: 2 })
  expect((await diallo.get(corrections)).json().files[0].items).toEqual([tick, line])
})

test('a stroke waits for nobody who hands in, and nobody who hands in for it', async () => {
  const { s, diallo, homework, page, url, corrections } = await handedIn()
  const theo = await w.as(s.theo)
  const id = homework.split('/').at(-1) as HomeworkId
  await w.ctx.db.transaction().execute(async (tx) => {
    await lockHomework(tx, id, 'to-hand-in')
    const drawn = await diallo.put(`${url}/files/${page}/annotations`, { version: 0, items: [tick] })
    expect(drawn.json()).toEqual({ version: 1 })
  })
  await w.ctx.db.transaction().execute(async (tx) => {
    await lockHomework(tx, id, 'to-hand-in')
    await lockCopy(tx, url.split('/').at(-1) as SubmissionId)
    expect((await theo.post(`${homework}/submissions`, { text: 'Voilà', files: [] })).statusCode).toBe(200)
  })
  expect((await diallo.get(corrections)).json().files[0].items).toEqual([tick])
})

test('only what is part of the hand-in and can be shown is drawn upon, within limits', async () => {
  const { s, diallo, page, note, url } = await handedIn()
  const strange = await aFile(s, s.mme_diallo, 'mine.jpg', 'image/jpeg')
  const drawn = (file: string) => `${url}/files/${file}/annotations`
  const put = (file: string, items: unknown[]) => diallo.put(drawn(file), { version: 0, items })
  refused(await put(strange, [tick]), 'absent')
  refused(await put(note, [tick]), 'annotation.not-possible')
  refused(await put(page, [tick, tick]), 'annotation.not-possible')
  refused(await put(page, [{ ...line, colour: 'url(#x)' }]), 'request.invalid')
  refused(await put(page, [{ ...tick, kind: 'script' }]), 'request.invalid')
  const long = (i: number) => ({ ...line, id: `line${1000 + i}`, points: Array(8_000).fill(1) })
  refused(
    await put(
      page,
      Array.from({ length: 16 }, (_, i) => long(i)),
    ),
    'annotation.too-much',
  )
})

test('corrections of a copy that was replaced are refused and go to no other one', async () => {
  const { diallo, lea, homework, page, url, corrections } = await handedIn()
  const drawn = `${url}/files/${page}/annotations`
  await diallo.put(drawn, { version: 0, items: [tick] })
  const again = await lea.post(`${homework}/submissions`, { text: 'Mieux', files: [page] })
  refused(await diallo.put(drawn, { version: 1, items: [] }), 'result.copy-renewed')
  const fresh = `/api/submissions/${again.json().submission.id}/corrections`
  expect((await diallo.get(fresh)).json()).toEqual({ files: [], voice: [] })
  refused(await diallo.post(`${homework}/give-back`, {}), 'result.copy-renewed')
  expect((await diallo.get(corrections)).json().files[0].items).toEqual([tick])
})

test('a mark that is emptied leaves what was drawn', async () => {
  const { s, diallo, homework, page, url, corrections } = await handedIn()
  await diallo.put(`${url}/files/${page}/annotations`, { version: 0, items: [tick] })
  const copy = `${homework}/pupils/${s.lea.id}`
  await markCopy(diallo, copy, { mark: '12', feedback: '<p>Bien</p>' })
  await markCopy(diallo, copy, { mark: '' })
  expect((await diallo.get(copy)).json().result).toMatchObject({ mark: null, feedback: '' })
  expect((await diallo.post(`${homework}/give-back`, {})).json().givenBack).toBe(1)
  expect((await (await w.as(s.lea)).get(corrections)).json().files).toHaveLength(1)
})

test('what is said is heard by the class’s teachers, and by pupil and guardian once it is given back', async () => {
  const { s, diallo, lea, homework, url, corrections } = await handedIn()
  const other = await aSchool(w.ctx.db)
  const voice = await aFile(s, s.mme_diallo, 'voix.webm', 'audio/webm')
  const photo = await aFile(s, s.mme_diallo, 'photo.jpg', 'image/jpeg')
  const of = (file: string) => `${url}/voice/${file}`
  refused(await diallo.put(of(photo)), 'voice.not-a-sound')
  refused(await (await w.as(s.m_benali)).put(of(voice)), 'file.not-yours')
  const strangers = [s.theo, s.nour, s.mme_roy, other.mme_diallo, other.lea, other.mme_diop]
  for (const by of [s.lea, s.mme_diop, ...strangers])
    for (const method of ['put', 'delete'] as const)
      refused(await (await w.as(by))[method](of(voice)), 'absent')
  const added = (await diallo.put(of(voice))).json()
  expect(added.voice).toMatchObject([
    { id: voice, name: 'voix.webm', type: 'audio/webm', by: 'Aminata Diallo' },
  ])
  expect((await diallo.put(of(voice))).json(), 'the same again is the same').toEqual(added)

  const bytes = `/files/${voice}/voix.webm`
  expect((await (await w.as(s.m_benali)).get(bytes)).statusCode).toBe(200)
  for (const by of [s.lea, s.mme_diop, ...strangers]) refused(await (await w.as(by)).get(bytes), 'absent')
  await diallo.post(`${homework}/give-back`, {})
  for (const sender of [lea, await w.as(s.mme_diop)]) {
    expect((await sender.get(corrections)).json().voice).toHaveLength(1)
    expect((await sender.get(bytes)).statusCode).toBe(200)
  }
  for (const by of strangers) refused(await (await w.as(by)).get(bytes), 'absent')
  expect((await diallo.delete(of(voice))).json().voice).toEqual([])
  refused(await lea.get(bytes), 'absent')
})

test('when the last of what was drawn and said is taken away, there is nothing to give back', async () => {
  const { s, diallo, homework, page, url } = await handedIn()
  const voice = await aFile(s, s.mme_diallo, 'voix.webm', 'audio/webm')
  const drawn = `${url}/files/${page}/annotations`
  await diallo.put(drawn, { version: 0, items: [tick] })
  await diallo.put(`${url}/voice/${voice}`)
  await diallo.put(drawn, { version: 1, items: [] })
  expect((await diallo.get(`${homework}/pupils/${s.lea.id}`)).json().result).not.toBeNull()
  await diallo.delete(`${url}/voice/${voice}`)
  expect((await diallo.get(`${homework}/pupils/${s.lea.id}`)).json().result).toBeNull()
  refused(await diallo.post(`${homework}/give-back`, {}), 'result.nothing-saved')
  await markCopy(diallo, `${homework}/pupils/${s.lea.id}`, { mark: '12' })
  await diallo.put(`${url}/voice/${voice}`)
  await diallo.delete(`${url}/voice/${voice}`)
  expect((await diallo.get(`${homework}/pupils/${s.lea.id}`)).json(), 'a mark stays').toMatchObject({
    result: { mark: '12' },
  })
})

test('what was said of a copy that is to be done again is still heard', async () => {
  const { s, diallo, lea, homework, url, corrections } = await handedIn()
  const voice = await aFile(s, s.mme_diallo, 'voix.webm', 'audio/webm')
  await diallo.put(`${url}/voice/${voice}`)
  await markCopy(diallo, `${homework}/pupils/${s.lea.id}`, { mark: '8' })
  const again = { pupils: [s.lea.id], until: '2026-12-01T07:00:00.000Z', word: 'Citer le texte' }
  const given = await diallo.post(`${homework}/give-back`, { pupils: [s.lea.id], again })
  expect(given.json()).toMatchObject({ again: 1 })
  for (const sender of [lea, await w.as(s.mme_diop)]) {
    expect((await sender.get(corrections)).json().voice).toHaveLength(1)
    expect((await sender.get(`/files/${voice}/voix.webm`)).statusCode).toBe(200)
  }
  refused(await (await w.as(s.theo)).get(`/files/${voice}/voix.webm`), 'absent')
})

test('a copy has five messages at most', async () => {
  const { s, diallo, url } = await handedIn()
  const files = await Promise.all(
    Array.from({ length: 6 }, () => aFile(s, s.mme_diallo, 'v.webm', 'audio/webm')),
  )
  for (const file of files.slice(0, 5))
    expect((await diallo.put(`${url}/voice/${file}`)).statusCode).toBe(200)
  refused(await diallo.put(`${url}/voice/${files[5]}`), 'voice.too-many')
})
