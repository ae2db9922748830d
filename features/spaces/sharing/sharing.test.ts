// Sharing by whole requests: who may share with whom, what the others see of it, and that withdrawn is withdrawn.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aFile, aFolder, place } from '#test/spaces'
import { aSchool, enroll, type TestPerson, type TestSchool } from '#test/world'
import type { Listing, Shared, Shares } from '../contract.ts'

const w = await aWorkspace()
const at = (where: string) => `/api/spaces/places/${where}`
const one = (id: string) => `/api/spaces/nodes/${id}`
const shares = (id: string) => `${one(id)}/shares`
const withPerson = (person: TestPerson, write = false) => ({ kind: 'person', id: person.id, write })
const withClass = (id: string, write = false) => ({ kind: 'class', id, write })

/** A folder "Cours/Chapitre" with a file, in this person's own space. */
async function chapter(s: TestSchool, person: TestPerson) {
  const sender = await w.as(person)
  const outer = await aFolder(sender, `own.${person.id}`, 'Cours')
  const inner = await aFolder(sender, outer, 'Chapitre')
  const file = await aFile(w, s, person, { name: 'x.txt', text: `x ${Math.random()}` })
  const { node } = await place(sender, inner, file)
  return { sender, outer, inner, node, url: `/files/${node.file?.id}/x` }
}
const sharedWith = async (person: TestPerson) =>
  (await (await w.as(person)).get('/api/spaces/shared')).json() as Shared

test('what is shared to read is read, without what lies around it, until it is withdrawn', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const { sender, outer, inner, node, url } = await chapter(s, s.mme_diallo)
  const benali = await w.as(s.m_benali)
  refused(await benali.get(url), 'absent')
  const shared = (await sender.put(shares(inner), withPerson(s.m_benali))).json() as Shares
  expect(shared).toMatchObject([{ kind: 'person', title: 'Karim Benali', write: false }])
  expect(await sharedWith(s.m_benali)).toMatchObject([
    { name: 'Chapitre', sharedBy: 'Aminata Diallo', right: 1, shared: false },
  ])
  const seen = (await benali.get(at(inner))).json() as Listing
  expect(seen).toMatchObject({ inside: false, right: 1, trail: [{ name: 'Chapitre' }] })
  expect((await benali.get(url)).statusCode).toBe(200)
  expect((await benali.get('/api/spaces/search?q=chap')).json()).toMatchObject([{ name: 'Chapitre' }])
  refused(await benali.get(at(outer)), 'absent')
  refused(await benali.get(at(`own.${s.mme_diallo.id}`)), 'absent')
  refused(await benali.put(one(node.id), { name: 'y' }), 'space.read-only')
  refused(await benali.get(shares(inner)), 'absent')
  for (const person of [s.lea, s.mme_roy, other.m_benali])
    refused(await (await w.as(person)).get(url), 'absent')
  expect((await sender.get(at(outer))).json().nodes).toMatchObject([{ name: 'Chapitre', shared: true }])
  refused(await benali.delete(`${shares(inner)}/${shared[0]?.shareId}`), 'absent')
  expect((await sender.delete(`${shares(inner)}/${shared[0]?.shareId}`)).json()).toEqual([])
  refused(await benali.get(url), 'absent')
  refused(await benali.get(at(inner)), 'absent')
  expect(await sharedWith(s.m_benali)).toEqual([])
})

test('who is given the right to write changes what is in it, and not the folder itself', async () => {
  const s = await aSchool(w.ctx.db)
  const { sender, outer, inner, node } = await chapter(s, s.mme_diallo)
  await sender.put(shares(inner), withPerson(s.m_benali, true))
  const benali = await w.as(s.m_benali)
  expect((await benali.put(one(node.id), { name: 'y.txt' })).statusCode).toBe(200)
  await place(benali, inner, await aFile(w, s, s.m_benali, { name: 'b.txt' }))
  refused(await benali.put(one(inner), { name: 'À moi' }), 'space.read-only')
  refused(await benali.post('/api/spaces/trash', { nodes: [inner] }), 'space.read-only')
  const away = { nodes: [node.id], to: `own.${s.m_benali.id}` }
  refused(await benali.post('/api/spaces/move', away), 'space.read-only')
  expect((await benali.post('/api/spaces/copy', away)).statusCode).toBe(200)
  refused(await benali.put(shares(inner), withPerson(s.lea)), 'absent')
  expect((await benali.post('/api/spaces/trash', { nodes: [node.id] })).statusCode).toBe(204)
  // Moved out of where it is shared, it is not shared any more.
  await sender.post('/api/spaces/restore', { nodes: [node.id] })
  await sender.post('/api/spaces/move', { nodes: [node.id], to: outer })
  refused(await benali.get(one(node.id)), 'absent')
})

test('a class that it is shared with is whoever is in it today; of another school nobody', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const { sender, inner, url } = await chapter(s, s.mme_diallo)
  await sender.put(shares(inner), withClass(s.class3A.id))
  expect((await (await w.as(s.nour)).get(url)).statusCode).toBe(200)
  refused(await (await w.as(s.lea)).get(url), 'absent')
  refused(await (await w.as(s.mme_diop)).get(url), 'absent')
  await enroll(w.ctx.db, s.class3A, s.lea, 'student')
  expect((await (await w.as(s.lea)).get(url)).statusCode).toBe(200)
  await w.ctx.db
    .updateTable('enrollment')
    .set({ disabled_at: new Date() })
    .where('person_id', '=', s.nour.id)
    .execute()
  refused(await (await w.as(s.nour)).get(url), 'absent')
  for (const draft of [withClass(other.class3A.id), withPerson(other.lea), withPerson(s.mme_diop)])
    refused(await sender.put(shares(inner), draft), 'space.receiver-unknown')
})

test('a share ends where its receiver leaves the school, and where it leaves the space', async () => {
  const s = await aSchool(w.ctx.db)
  const { sender, inner, url } = await chapter(s, s.mme_diallo)
  await sender.put(shares(inner), withPerson(s.m_benali))
  const benali = await w.as(s.m_benali)
  await w.ctx.db
    .updateTable('person_role')
    .set({ end_date: '2026-11-01' })
    .where('person_id', '=', s.m_benali.id)
    .execute()
  refused(await benali.get(url), 'absent')
  await w.ctx.db
    .updateTable('person_role')
    .set({ end_date: null })
    .where('person_id', '=', s.m_benali.id)
    .execute()
  expect((await benali.get(url)).statusCode).toBe(200)
  await sender.post('/api/spaces/trash', { nodes: [inner] })
  refused(await benali.get(url), 'absent')
  await sender.post('/api/spaces/restore', { nodes: [inner] })
  await sender.post('/api/spaces/move', { nodes: [inner], to: `staff.${s.school.id}` })
  expect((await sender.get(shares(inner))).json()).toEqual([])
})

test('a pupil shares with their teachers, and with classmates only while the school allows it', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const { sender, inner, url } = await chapter(s, s.lea)
  const setting = `/api/schools/${s.school.id}/spaces`
  const found = async (q: string) =>
    (await sender.get(`${one(inner)}/receivers?q=${encodeURIComponent(q)}`))
      .json()
      .map((r: { title: string }) => r.title)
  expect(await found('')).toEqual(['Aminata Diallo', 'Karim Benali'])
  expect((await sender.put(shares(inner), withPerson(s.mme_diallo))).statusCode).toBe(200)
  expect((await (await w.as(s.mme_diallo)).get(url)).statusCode).toBe(200)
  for (const draft of [withPerson(s.theo), withClass(s.class3B.id), withPerson(s.mme_roy)])
    refused(await sender.put(shares(inner), draft), 'space.receiver-unknown')
  const head = await w.as(s.mme_roy)
  expect((await head.get(setting)).json()).toEqual({ pupilsShare: false })
  refused(await (await w.as(s.mme_diallo)).put(setting, { pupilsShare: true }), 'absent')
  refused(await (await w.as(other.mme_roy)).put(setting, { pupilsShare: true }), 'absent')
  expect((await head.put(setting, { pupilsShare: true })).statusCode).toBe(200)
  expect(await found('theo')).toEqual(['Théo Bertin'])
  expect(await found('th\u0000eo'), 'no text holds U+0000').toEqual(['Théo Bertin'])
  await w.ctx.db.updateTable('person').set({ family_name: 'García' }).where('id', '=', s.theo.id).execute()
  expect(await found('garcía'), 'accents of any language aside').toEqual(['Théo García'])
  expect(await found('garcia')).toEqual(['Théo García'])
  expect(await found('nour'), 'of another class').toEqual([])
  expect((await sender.put(shares(inner), withClass(s.class3B.id))).statusCode).toBe(200)
  const theo = await w.as(s.theo)
  expect((await theo.get(url)).statusCode).toBe(200)
  await head.put(setting, { pupilsShare: false })
  refused(await theo.get(url), 'absent')
  expect((await (await w.as(s.mme_diallo)).get(url)).statusCode).toBe(200)
})

test('a drop box and what is in it are not shared', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const around = await aFolder(teacher, `class.${s.class3B.id}`, 'Unité 3')
  const box = await aFolder(teacher, around, 'Dépôt', 'drop')
  const { node } = await place(await w.as(s.lea), box, await aFile(w, s, s.lea))
  for (const id of [box, node.id])
    refused(await teacher.put(shares(id), withPerson(s.mme_roy)), 'space.not-shareable')
  await teacher.put(shares(around), withClass(s.class3A.id, true))
  const nour = await w.as(s.nour)
  expect(((await nour.get(at(box))).json() as Listing).nodes).toEqual([])
  refused(await nour.get(one(node.id)), 'absent')
  refused(await nour.get(`/files/${node.file?.id}/x`), 'absent')
})
