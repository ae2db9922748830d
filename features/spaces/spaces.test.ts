// Who sees and changes what: every rule of the spaces, tried by whole requests as everybody of a school and of another.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aFile, aFolder, place } from '#test/spaces'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import type { Listing, Placed } from './contract.ts'

const w = await aWorkspace()

const own = (person: TestPerson) => `own.${person.id}`
const ofClass = (s: TestSchool) => `class.${s.class3B.id}`
const at = (where: string) => `/api/spaces/places/${where}`
const look = async (person: TestPerson, where: string): Promise<Listing> =>
  (await (await w.as(person)).get(at(where))).json()
const names = async (person: TestPerson, where: string) =>
  (await look(person, where)).nodes.map(({ name }) => name).sort()
const bytes = async (person: TestPerson, { node }: Placed) =>
  (await w.as(person)).get(`/files/${node.file?.id}/x`)
const leave = (s: TestSchool, person: TestPerson) =>
  w.ctx.db
    .updateTable('enrollment')
    .set({ end_date: '2026-11-23' })
    .where('person_id', '=', person.id)
    .where('class_id', '=', s.class3B.id)
    .execute()

/** Puts a new text of this person's somewhere. */
async function put(s: TestSchool, person: TestPerson, where: string, name: string, over = {}) {
  const file = await aFile(w, s, person, { name, text: `${name} ${Math.random()}` })
  return place(await w.as(person), where, file, over)
}

test('a class that is no more is read by those who taught it, while they work at its school', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const key = `class.${s.class3B.id}`
  const folder = await aFolder(teacher, key, 'Chapitre 1')
  const box = await aFolder(teacher, key, 'Dépôt', 'drop')
  const fileId = await aFile(w, s, s.m_benali, { text: 'le cours' })
  await place(await w.as(s.m_benali), folder, fileId)
  const dropped = await place(await w.as(s.lea), box, await aFile(w, s, s.lea, { name: 'devoir.txt' }))
  await w.ctx.db
    .updateTable('class')
    .set({ disabled_at: new Date() })
    .where('id', '=', s.class3B.id)
    .execute()
  const spaces = (await teacher.get('/api/spaces')).json().spaces as { key: string }[]
  expect(spaces.find((one) => one.key === key)).toMatchObject({ right: 1, past: true })
  expect((await teacher.get(`/api/spaces/places/${folder}`)).json()).toMatchObject({ right: 1, nodes: [{}] })
  const searched = async (person: TestPerson) =>
    (await (await w.as(person)).get('/api/spaces/search?q=chapitre')).json()
  expect(await searched(s.mme_diallo), 'and found').toMatchObject([{ id: folder, place: key }])
  for (const person of [s.lea, s.mme_diop, other.mme_diallo]) expect(await searched(person)).toEqual([])
  expect((await teacher.get(`/files/${fileId}/x`)).body).toBe('le cours')
  refused(await teacher.get(`/api/spaces/nodes/${dropped.node.id}`), 'absent')
  refused(await teacher.post(`/api/spaces/places/${folder}/folders`, { name: 'x' }), 'space.read-only')
  for (const person of [s.lea, s.mme_diop, other.mme_diallo, other.mme_roy])
    refused(await (await w.as(person)).get(`/api/spaces/places/${folder}`), 'absent')
  await w.ctx.db.deleteFrom('person_role').where('person_id', '=', s.mme_diallo.id).execute()
  refused(await teacher.get(`/api/spaces/places/${folder}`), 'absent')
  refused(await teacher.get(`/files/${fileId}/x`), 'absent')
})

test('everybody has their own space, teachers and pupils their classes’, the staff its own', async () => {
  const s = await aSchool(w.ctx.db)
  const keys = async (person: TestPerson) =>
    (await (await w.as(person)).get('/api/spaces')).json().spaces.map((x: { key: string }) => x.key)
  const staff = `staff.${s.school.id}`
  expect(await keys(s.mme_diallo)).toEqual([
    own(s.mme_diallo),
    `class.${s.class3B.id}`,
    `class.${s.group1.id}`,
    staff,
  ])
  expect(await keys(s.lea)).toEqual([own(s.lea), `class.${s.class3B.id}`, `class.${s.group1.id}`])
  expect(await keys(s.mme_roy)).toEqual([own(s.mme_roy), staff])
  expect(await keys(s.mme_diop), 'guardians have none').toEqual([])
})

test('a class’s space: its teachers write, its pupils and the head read, nobody else sees it', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const placed = await put(s, s.mme_diallo, ofClass(s), 'cours.txt', { folders: ['Chapitre 1'] })
  expect(await look(s.m_benali, ofClass(s))).toMatchObject({ right: 4, inside: true, trail: [] })
  const [folder] = (await look(s.lea, ofClass(s))).nodes
  expect(folder).toMatchObject({ name: 'Chapitre 1', pupils: 'read', by: 'Aminata Diallo', mine: false })
  for (const person of [s.m_benali, s.lea, s.theo, s.mme_roy]) {
    expect(await names(person, folder?.id ?? '')).toEqual(['cours.txt'])
    expect((await bytes(person, placed)).statusCode).toBe(200)
  }
  for (const person of [s.nour, s.mme_diop, other.mme_diallo, other.lea, other.mme_roy]) {
    const sender = await w.as(person)
    refused(await sender.get(at(ofClass(s))), 'absent')
    refused(await sender.get(at(folder?.id ?? '')), 'absent')
    refused(await sender.get(`/api/spaces/nodes/${placed.node.id}`), 'absent')
    refused(await bytes(person, placed), 'absent')
    refused(await sender.post('/api/spaces/trash', { nodes: [placed.node.id] }), 'absent')
  }
  const lea = await w.as(s.lea)
  refused(await lea.post(`${at(ofClass(s))}/folders`, { name: 'À moi' }), 'space.read-only')
  refused(await lea.put(`/api/spaces/nodes/${placed.node.id}`, { name: 'x' }), 'space.read-only')
  refused(await lea.post('/api/spaces/trash', { nodes: [placed.node.id] }), 'space.read-only')
  refused(await lea.post('/api/spaces/move', { nodes: [placed.node.id], to: own(s.lea) }), 'space.read-only')
  const head = await w.as(s.mme_roy)
  refused(await head.post(`${at(ofClass(s))}/folders`, { name: 'À moi' }), 'space.read-only')
})

test('whoever leaves the class sees nothing of it any more, from that day', async () => {
  const s = await aSchool(w.ctx.db)
  const placed = await put(s, s.mme_diallo, ofClass(s), 'cours.txt')
  expect((await bytes(s.lea, placed)).statusCode).toBe(200)
  await leave(s, s.lea)
  refused(await (await w.as(s.lea)).get(at(ofClass(s))), 'absent')
  refused(await bytes(s.lea, placed), 'absent')
  await leave(s, s.mme_diallo)
  const gone = await w.as(s.mme_diallo)
  refused(await gone.put(`/api/spaces/nodes/${placed.node.id}`, { name: 'x' }), 'absent')
})

test('one’s own space is one’s own, and the staff’s is the staff’s', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const mine = await put(s, s.lea, own(s.lea), 'journal.txt')
  for (const person of [s.theo, s.mme_diallo, s.mme_roy, s.mme_diop, other.mme_roy]) {
    refused(await (await w.as(person)).get(at(own(s.lea))), 'absent')
    refused(await bytes(person, mine), 'absent')
  }
  const staff = `staff.${s.school.id}`
  const minutes = await put(s, s.mme_roy, staff, 'conseil.txt')
  expect(await names(s.m_benali, staff)).toEqual(['conseil.txt'])
  for (const person of [s.lea, s.mme_diop, other.mme_diallo, other.mme_roy]) {
    refused(await (await w.as(person)).get(at(staff)), 'absent')
    refused(await bytes(person, minutes), 'absent')
  }
})

test('in a folder that is open to pupils they add, and change only what is theirs', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const open = await aFolder(teacher, ofClass(s), 'Exposés', 'write')
  const leas = await put(s, s.lea, open, 'lea.txt', { folders: ['Groupe 1'] })
  const [group] = (await look(s.theo, open)).nodes
  const theos = await put(s, s.theo, group?.id ?? '', 'theo.txt')
  const theo = await w.as(s.theo)
  refused(await theo.post('/api/spaces/trash', { nodes: [leas.node.id] }), 'space.read-only')
  refused(await theo.put(`/api/spaces/nodes/${leas.node.id}`, { name: 'x' }), 'space.read-only')
  const lea = await w.as(s.lea)
  const nodes = [group?.id]
  refused(await lea.post('/api/spaces/trash', { nodes }), 'space.read-only')
  expect((await theo.put(`/api/spaces/nodes/${theos.node.id}`, { name: 'Théo.txt' })).statusCode).toBe(200)
  expect((await theo.post('/api/spaces/trash', { nodes: [theos.node.id] })).statusCode).toBe(204)
  expect((await lea.post('/api/spaces/trash', { nodes })).statusCode, 'all of it is hers now').toBe(204)
  expect((await teacher.put(`/api/spaces/nodes/${open}`, { pupils: 'read' })).statusCode).toBe(200)
  refused(await lea.post(`${at(open)}/folders`, { name: 'Encore' }), 'space.read-only')
  refused(await lea.put(`/api/spaces/nodes/${open}`, { pupils: 'write' }), 'space.read-only')
})

test('what a pupil puts into a drop box is seen by its sender and the teachers alone', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const box = await aFolder(teacher, ofClass(s), 'Boîte de dépôt', 'drop')
  const leas = await put(s, s.lea, box, 'devoir.txt')
  const theos = await put(s, s.theo, box, 'devoir.txt')
  expect(theos, 'the name of somebody else’s is not given away').toMatchObject({
    outcome: 'new',
    node: { name: 'devoir.txt' },
  })
  expect(await names(s.mme_diallo, box)).toEqual(['devoir.txt', 'devoir.txt'])
  expect(await names(s.m_benali, box)).toEqual(['devoir.txt', 'devoir.txt'])
  expect((await look(s.lea, box)).nodes.map(({ id }) => id)).toEqual([leas.node.id])
  expect((await bytes(s.lea, leas)).statusCode).toBe(200)
  expect((await bytes(s.m_benali, leas)).statusCode).toBe(200)
  for (const person of [s.theo, s.nour, s.mme_roy, s.mme_diop, other.mme_diallo]) {
    refused(await bytes(person, leas), 'absent')
    refused(await (await w.as(person)).get(`/api/spaces/nodes/${leas.node.id}`), 'absent')
  }
  expect((await (await w.as(s.theo)).get('/api/spaces/search?q=devoir')).json()).toHaveLength(1)
  const lea = await w.as(s.lea)
  refused(await lea.post(`${at(box)}/folders`, { name: 'Dossier' }), 'space.files-only')
  refused(await teacher.put(`/api/spaces/nodes/${box}`, { pupils: 'write' }), 'space.not-empty')
  const clashes = await lea.post(`${at(box)}/clashes`, ['devoir.txt'])
  expect(clashes.json()).toEqual(['devoir.txt'])
  expect(
    (await lea.post('/api/spaces/trash', { nodes: [leas.node.id] })).statusCode,
    'hers to take back',
  ).toBe(204)
  const late = await aFolder(teacher, ofClass(s), 'En retard', 'drop')
  const aside = await teacher.post('/api/spaces/move', { nodes: [theos.node.id], to: late })
  expect(aside.statusCode, aside.body).toBe(200)
  expect(await names(s.theo, late), 'in another drop box it stays its sender’s').toEqual(['devoir.txt'])
  expect(await names(s.lea, late)).toEqual([])
  const corrected = await aFolder(teacher, ofClass(s), 'Corrigé')
  const moved = await teacher.post('/api/spaces/move', { nodes: [theos.node.id], to: corrected })
  expect(moved.statusCode, moved.body).toBe(200)
  expect(await names(s.lea, corrected), 'taken out of the box by its teacher, all see it').toEqual([
    'devoir.txt',
  ])
})

test('a file in the trash is read by nobody but its sender, and comes back as it was', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const placed = await put(s, s.mme_diallo, ofClass(s), 'cours.txt', { folders: ['Chapitre'] })
  const [folder] = (await look(s.lea, ofClass(s))).nodes
  const benali = await w.as(s.m_benali)
  const nodes = [folder?.id]
  expect((await benali.post('/api/spaces/trash', { nodes })).statusCode).toBe(204)
  for (const person of [s.lea, s.m_benali]) {
    refused(await bytes(person, placed), 'absent')
    refused(await (await w.as(person)).get(at(folder?.id ?? '')), 'absent')
  }
  expect(await names(s.lea, ofClass(s))).toEqual([])
  expect((await (await w.as(s.lea)).get(`${at(ofClass(s))}/trash`)).json()).toEqual([])
  expect((await benali.get(`${at(ofClass(s))}/trash`)).json()).toMatchObject([
    { name: 'Chapitre', trashedBy: 'Karim Benali' },
  ])
  refused(await (await w.as(s.lea)).post('/api/spaces/restore', { nodes }), 'space.read-only')
  refused(await (await w.as(other.mme_diallo)).post('/api/spaces/restore', { nodes }), 'absent')
  await put(s, s.m_benali, ofClass(s), 'x.txt', { folders: ['Chapitre'] })
  const back = await benali.post('/api/spaces/restore', { nodes })
  expect(back.json(), 'its name is taken meanwhile').toMatchObject([{ name: 'Chapitre (2)' }])
  expect((await bytes(s.lea, placed)).statusCode).toBe(200)
})
