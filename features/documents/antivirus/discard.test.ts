// Whoever sent a file that was set aside may do away with it, wherever it is; what was handed in stays.
import { expect, test } from 'vitest'
import type { Listing, NodeFacts } from '#feature/spaces/contract.ts'
import type { FileId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aFile, place } from '#test/spaces'
import { aSchool, type TestPerson } from '#test/world'

const w = await aWorkspace()
const setAside = (id: FileId) =>
  w.ctx.db
    .updateTable('file')
    .set({ scan: 'infected', finding: 'Eicar-Test', scanned_at: new Date(w.clock.now()) })
    .where('id', '=', id)
    .execute()
const discard = async (person: TestPerson, id: FileId) => (await w.as(person)).delete(`/api/files/${id}`)
const isThere = async (id: FileId) =>
  (await w.ctx.db.selectFrom('file').select('id').where('id', '=', id).execute()).length === 1

test('the row says what was found; its owner deletes the file, and the version before it is the latest', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  const own = `own.${s.lea.id}`
  const before = await aFile(w, s, s.lea, { name: 'jeu.txt', text: 'sain' })
  const after = await aFile(w, s, s.lea, { name: 'jeu.txt', text: 'malade' })
  const { node } = await place(lea, own, before)
  w.clock.advance(1000)
  await place(lea, own, after, { clash: 'version' })
  await setAside(after)
  const listed = (await lea.get(`/api/spaces/places/${own}`)).json() as Listing
  expect(listed.nodes[0]?.file).toMatchObject({
    id: after,
    scan: 'infected',
    found: { finding: 'Eicar-Test', mine: true },
  })
  const { versions } = (await lea.get(`/api/spaces/nodes/${node.id}`)).json() as NodeFacts
  expect(versions.map(({ file }) => file.found?.mine)).toEqual([true, undefined])
  expect((await discard(s.lea, after)).statusCode).toBe(204)
  const left = (await lea.get(`/api/spaces/places/${own}`)).json() as Listing
  expect(left.nodes).toMatchObject([{ id: node.id, file: { id: before } }])
  expect(await isThere(after)).toBe(false)
  refused(await discard(s.lea, after), 'absent')
})

test('what had no other version goes, also out of a class and where it is attached; its room is free again', async () => {
  const s = await aSchool(w.ctx.db)
  const diallo = await w.as(s.mme_diallo)
  const used = async () => (await diallo.get('/api/files/room')).json().used as number
  const free = await used()
  const id = await aFile(w, s, s.mme_diallo, { name: 'carte.txt' })
  await place(diallo, `class.${s.class3B.id}`, id)
  const draft = {
    title: 'Lire',
    body: '',
    dueAt: '2026-11-25T07:00:00.000Z',
    handIn: false,
    attachments: [id],
  }
  const set = await diallo.post(`/api/classes/${s.class3B.id}/homework`, draft)
  expect(set.statusCode, set.body).toBe(200)
  await setAside(id)
  const seen = (await (await w.as(s.lea)).get(`/api/spaces/places/class.${s.class3B.id}`)).json() as Listing
  expect(seen.nodes[0]?.file?.found, 'who did not send it').toEqual({ finding: 'Eicar-Test', mine: false })
  expect((await discard(s.mme_diallo, id)).statusCode).toBe(204)
  const left = (await diallo.get(`/api/spaces/places/class.${s.class3B.id}`)).json() as Listing
  expect(left.nodes).toEqual([])
  expect(await isThere(id)).toBe(false)
  expect(await used()).toBe(free)
})

test('nobody else deletes it, nor is a sound file deleted so, nor what was handed in', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const id = await aFile(w, s, s.lea, { name: 'jeu.txt' })
  refused(await discard(s.lea, id), 'file.not-set-aside')
  await setAside(id)
  for (const person of [other.lea, other.mme_diallo, other.mme_roy, s.mme_diallo, s.mme_roy, s.mme_diop])
    refused(await discard(person, id), 'absent')
  const draft = { title: 'Rendre', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
  const set = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  const handed = await aFile(w, s, s.lea, { name: 'copie.txt' })
  const answer = await (await w.as(s.lea)).post(`/api/homework/${set.json().id}/submissions`, {
    text: '',
    files: [handed],
  })
  expect(answer.statusCode, answer.body).toBe(200)
  await setAside(handed)
  refused(await discard(s.lea, handed), 'file.handed-in')
  expect(await isThere(handed)).toBe(true)
})
