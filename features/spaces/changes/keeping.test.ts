// Attachments kept in one's own documents: by their bytes that are there, counted, and only by who may read them.
import { expect, test } from 'vitest'
import type { FileId } from '#platform/ids'
import { newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aFile } from '#test/spaces'
import { aSchool, type TestPerson } from '#test/world'
import type { Listing } from '../contract.ts'

const w = await aWorkspace()

async function attached() {
  const s = await aSchool(w.ctx.db)
  const fileId = await aFile(w, s, s.mme_diallo, { name: 'carte.txt', text: `carte ${Math.random()}` })
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-25T07:00:00.000Z', handIn: false }
  const url = `/api/classes/${s.class3B.id}/homework`
  const answer = await (await w.as(s.mme_diallo)).post(url, { ...draft, attachments: [fileId] })
  expect(answer.statusCode, answer.body).toBe(200)
  return { s, fileId }
}
const keep = async (person: TestPerson, fileId: FileId, id = newId(w.clock.now())) =>
  (await w.as(person)).post(`/api/spaces/places/own.${person.id}/files`, { fileId, clash: 'both', id })

test('a pupil keeps an attachment: the same bytes, counted as theirs, once for each press', async () => {
  const { s, fileId } = await attached()
  const lea = await w.as(s.lea)
  const used = async () => (await lea.get('/api/files/room')).json().used as number
  const before = await used()
  const id = newId(w.clock.now())
  const first = await keep(s.lea, fileId, id)
  expect(first.statusCode, first.body).toBe(200)
  const { node } = first.json()
  expect(node).toMatchObject({ name: 'carte.txt', mine: true })
  expect(await used()).toBe(before + node.file.bytes)
  expect((await keep(s.lea, fileId, id)).json().node.id, 'after a cut').toBe(node.id)
  const { nodes } = (await lea.get(`/api/spaces/places/own.${s.lea.id}`)).json() as Listing
  expect(nodes).toHaveLength(1)
  const sums = await w.ctx.db
    .selectFrom('file')
    .select('sha256')
    .where('id', 'in', [fileId, node.file.id])
    .execute()
  expect(new Set(sums.map(({ sha256 }) => sha256)).size, 'no bytes of its own').toBe(1)
})

test('who may not read an attachment keeps nothing, nor anybody for somebody else', async () => {
  const { s, fileId } = await attached()
  const other = await aSchool(w.ctx.db)
  for (const person of [other.lea, other.mme_diallo]) {
    refused(await keep(person, fileId), 'absent')
    const own = (await (await w.as(person)).get(`/api/spaces/places/own.${person.id}`)).json() as Listing
    expect(own.nodes).toEqual([])
  }
  const url = `/api/spaces/places/own.${s.lea.id}/files`
  refused(await (await w.as(s.mme_diallo)).post(url, { fileId, clash: 'both' }), 'absent')
  await w.ctx.db.updateTable('file').set({ scan: 'waiting' }).where('id', '=', fileId).execute()
  refused(await keep(s.lea, fileId), 'file.being-checked')
  await w.ctx.db.updateTable('file').set({ scan: 'infected' }).where('id', '=', fileId).execute()
  refused(await keep(s.lea, fileId), 'file.infected')
})

test('folders with nothing in them come too, once each, and only where one may add', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  const url = `/api/spaces/places/own.${s.lea.id}`
  const paths = [
    ['Projet', 'vide'],
    ['Projet', 'src', 'vide'],
  ]
  for (const _ of [1, 2])
    expect((await lea.post(`${url}/folder-paths`, paths)).statusCode, 'again is no harm').toBe(204)
  const { nodes } = (await lea.get(url)).json() as Listing
  expect(nodes.map(({ name }) => name)).toEqual(['Projet'])
  const inside = (await lea.get(`/api/spaces/places/${nodes[0]?.id}`)).json() as Listing
  expect(inside.nodes.map(({ name }) => name).sort()).toEqual(['src', 'vide'])
  const ofClass = `/api/spaces/places/class.${s.class3B.id}/folder-paths`
  refused(await lea.post(ofClass, paths), 'space.read-only')
  refused(await (await w.as(s.nour)).post(ofClass, paths), 'absent')
})
