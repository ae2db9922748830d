// Names, versions, moves and copies by whole requests, and what two people do to the same thing at once.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type NodeId, newId, type VersionId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aFile, aFolder, place } from '#test/spaces'
import { aSchool, type TestPerson } from '#test/world'
import type { Listing, NodeFacts, Nodes } from '../contract.ts'
import { sweepTrash } from '../index.ts'
import { deepest, mostInFolder } from '../rules.ts'

const w = await aWorkspace()
const at = (where: string) => `/api/spaces/places/${where}`
const one = (id: string) => `/api/spaces/nodes/${id}`

async function desk() {
  const s = await aSchool(w.ctx.db)
  const sender = await w.as(s.mme_diallo)
  const own = `own.${s.mme_diallo.id}`
  const file = (name: string, text = `${name} ${Math.random()}`) => aFile(w, s, s.mme_diallo, { name, text })
  const list = async (where = own) => ((await sender.get(at(where))).json() as Listing).nodes
  return { s, sender, own, file, list, ofClass: `class.${s.class3B.id}` }
}

test('a name that is there gets a version, a number, or stays as it is', async () => {
  const { sender, own, file, list } = await desk()
  const first = await place(sender, own, await file('Plan.txt'))
  w.clock.advance(1000)
  const second = await place(sender, own, await file('plan.TXT'), { clash: 'version' })
  expect(second).toMatchObject({ outcome: 'version', node: { id: first.node.id, name: 'Plan.txt' } })
  const both = await place(sender, own, await file('plan.txt'), { clash: 'both' })
  expect(both).toMatchObject({ outcome: 'new', node: { name: 'plan (2).txt' } })
  expect(await place(sender, own, await file('plan.txt'), { clash: 'skip' })).toMatchObject({
    outcome: 'skipped',
  })
  expect((await place(sender, own, await file('plàn.txt'))).node.name, 'an accent tells names apart').toBe(
    'plàn.txt',
  )
  await aFolder(sender, own, 'cours.d')
  expect((await place(sender, own, await file('Cours.d'), { clash: 'version' })).node.name).toBe(
    'Cours (2).d',
  )
  refused(await sender.post(`${at(own)}/folders`, { name: 'COURS.D' }), 'space.name-taken')
  refused(await sender.put(one(both.node.id), { name: 'PLAN.txt' }), 'space.name-taken')
  expect((await sender.put(one(first.node.id), { name: 'PLAN.txt' })).json().name, 'of itself').toBe(
    'PLAN.txt',
  )
  expect(await list()).toHaveLength(5)
})

test('every version is kept with its author, can be had, and can be the latest again', async () => {
  const { s, sender, ofClass, file } = await desk()
  const { node } = await place(sender, ofClass, await file('cours.txt', 'un'))
  w.clock.advance(60_000)
  const benali = await w.as(s.m_benali)
  await place(benali, ofClass, await aFile(w, s, s.m_benali, { name: 'cours.txt', text: 'deux' }), {
    clash: 'version',
  })
  const { versions } = (await sender.get(one(node.id))).json() as NodeFacts
  expect(versions.map(({ by, latest }) => [by, latest])).toEqual([
    ['Karim Benali', true],
    ['Aminata Diallo', false],
  ])
  const old = versions[1]
  const read = async (person: TestPerson) => (await w.as(person)).get(`/files/${old?.file.id}/x`)
  expect((await read(s.m_benali)).body, 'a colleague’s older one').toBe('un')
  refused(await read(s.lea), 'absent')
  expect(((await (await w.as(s.lea)).get(one(node.id))).json() as NodeFacts).versions).toEqual([])
  w.clock.advance(60_000)
  expect((await benali.post(`${one(node.id)}/versions`, { version: old?.id })).json().file.id).toBe(
    old?.file.id,
  )
  expect((await read(s.lea)).body, 'it is the latest again').toBe('un')
  expect(((await sender.get(one(node.id))).json() as NodeFacts).versions).toHaveLength(3)
  refused(await sender.post(`${one(node.id)}/versions`, { version: newId(1) }), 'space.version-unknown')
  const lea = await w.as(s.lea)
  refused(await lea.post(`${one(node.id)}/versions`, { version: old?.id }), 'space.read-only')
})

test('the same placing again, after a cut, is the same version', async () => {
  const { s, sender, own, file, list } = await desk()
  const fileId = await file('a.txt')
  const id = newId<VersionId>(w.clock.now())
  const first = await place(sender, own, fileId, { id })
  expect((await place(sender, own, fileId, { id })).node.id).toBe(first.node.id)
  expect(await list()).toHaveLength(1)
  const twice = { id: newId<VersionId>(w.clock.now()), name: 'deux fois.txt' }
  const atOnce = await Promise.all(Array.from({ length: 10 }, () => place(sender, own, fileId, twice)))
  expect(new Set(atOnce.map(({ node }) => node.id)).size, 'also when both come at once').toBe(1)
  expect(await list()).toHaveLength(2)
  const lea = await w.as(s.lea)
  const stolen = { fileId: await aFile(w, s, s.lea), clash: 'both', id }
  refused(await lea.post(`${at(`own.${s.lea.id}`)}/files`, stolen), 'absent')
})

test('the same bytes again make no version, and a tree comes with its folders', async () => {
  const { sender, own, file, list } = await desk()
  const { node } = await place(sender, own, await file('a.txt', 'same'), { folders: ['Été', '1'] })
  const again = await place(sender, own, await file('a.txt', 'same'), {
    folders: ['été', '1'],
    clash: 'version',
  })
  expect(again).toMatchObject({ outcome: 'skipped', node: { id: node.id } })
  expect((await list()).map(({ name }) => name)).toEqual(['Été'])
  const taken = ['été/1/A.TXT', 'été/1/b.txt', 'été/a.txt', 'a.txt']
  expect((await sender.post(`${at(own)}/clashes`, taken)).json()).toEqual(['été/1/A.TXT'])
})

test('names are kept as people write them, and cut where no system takes them', async () => {
  const { sender, own, file } = await desk()
  const emoji = '👩🏽‍🚀'.repeat(300)
  const long = await place(sender, own, await file('a'), { name: `${emoji.slice(0, 900)}.pdf` })
  expect(Array.from(long.node.name)).toHaveLength(200)
  expect(long.node.name).toMatch(/\.pdf$/)
  const odd = await place(sender, own, await file('a'), { name: '  ../a/b\u202e.txt ' })
  expect(odd.node.name).toBe('..-a-b.txt')
  for (const name of ['   ', '..', '\u202e'])
    refused(await sender.post(`${at(own)}/folders`, { name }), 'space.name-missing')
})

test('a folder moves with all that is in it, never into itself and never too deep', async () => {
  const { sender, own, file, list } = await desk()
  const a = await aFolder(sender, own, 'A')
  const b = await aFolder(sender, a, 'B')
  await place(sender, b, await file('x.txt'))
  for (const to of [a, b])
    refused(await sender.post('/api/spaces/move', { nodes: [a], to }), 'space.into-itself')
  const c = await aFolder(sender, own, 'C')
  await aFolder(sender, c, 'a')
  const moved = await sender.post('/api/spaces/move', { nodes: [a, b], to: c })
  expect(
    moved.json().map((n: { name: string }) => n.name),
    'what lies in another goes with it',
  ).toEqual(['A (2)'])
  expect((await list()).map(({ name }) => name)).toEqual(['C'])
  const facts = (await sender.get(one(b))).json() as NodeFacts
  expect(facts.trail.map(({ name }) => name)).toEqual(['C', 'A (2)'])
  let deep: string = c
  for (let n = 2; n <= deepest; n++) deep = await aFolder(sender, deep, String(n))
  refused(await sender.post(`${at(deep)}/folders`, { name: 'trop' }), 'space.too-deep')
  const d = await aFolder(sender, own, 'D')
  await aFolder(sender, d, 'E')
  refused(await sender.post('/api/spaces/move', { nodes: [d], to: deep }), 'space.too-deep')
  const far = { fileId: await file('y.txt'), clash: 'both', folders: ['trop'] }
  refused(await sender.post(`${at(deep)}/files`, far), 'space.too-deep')
})

test('a copy holds the same files, and what is changed in one stays as it is in the other', async () => {
  const { s, sender, own, ofClass, file, list } = await desk()
  const a = await aFolder(sender, own, 'Chapitre')
  const { node } = await place(sender, a, await file('x.txt', 'un'), { folders: ['Fiches'] })
  const [copy] = (await sender.post('/api/spaces/copy', { nodes: [a], to: ofClass })).json() as Nodes
  await place(sender, a, await file('x.txt', 'deux'), { folders: ['Fiches'], clash: 'version' })
  const lea = await w.as(s.lea)
  const [fiches] = ((await lea.get(at(copy?.id ?? ''))).json() as Listing).nodes
  const [x] = ((await lea.get(at(fiches?.id ?? ''))).json() as Listing).nodes
  expect((await lea.get(`/files/${x?.file?.id}/x`)).body).toBe('un')
  refused(await lea.get(one(node.id)), 'absent')
  expect((await sender.post('/api/spaces/copy', { nodes: [a], to: own })).json()).toMatchObject([
    { name: 'Chapitre (2)' },
  ])
  expect(await list()).toHaveLength(2)
  const saved = (
    await lea.post('/api/spaces/copy', { nodes: [x?.id], to: `own.${s.lea.id}` })
  ).json() as Nodes
  expect(saved[0]?.mine, 'a pupil keeps a copy of what they may read').toBe(true)
  refused(await lea.post('/api/spaces/copy', { nodes: [x?.id], to: ofClass }), 'space.read-only')
  refused(await lea.post('/api/spaces/copy', { nodes: [node.id], to: `own.${s.lea.id}` }), 'absent')
})

test('what somebody may read can be attached as a file of their own, and nothing else', async () => {
  const { s, sender, ofClass, file } = await desk()
  const { node } = await place(sender, ofClass, await file('fiche.txt', 'la fiche'), { name: 'Fiche 1.txt' })
  const lea = await w.as(s.lea)
  const taken = await lea.post(`${one(node.id)}/file`)
  expect(taken.json()).toMatchObject({ name: 'Fiche 1.txt', type: 'text/plain' })
  expect((await lea.post(`${one(node.id)}/file`)).json(), 'no second one').toEqual(taken.json())
  const owner = sql<{ owner_id: string }>`select owner_id from file where id = ${taken.json().id}`
  expect((await owner.execute(w.ctx.db)).rows[0]?.owner_id).toBe(s.lea.id)
  refused(await (await w.as(s.nour)).post(`${one(node.id)}/file`), 'absent')
  const hers = { fileId: await aFile(w, s, s.m_benali), clash: 'both' }
  refused(await lea.post(`${at(`own.${s.lea.id}`)}/files`, hers), 'absent')
})

test('two people who change the same thing at once leave one order of things', async () => {
  const { s, sender, ofClass, file } = await desk()
  const benali = await w.as(s.m_benali)
  const a = await aFolder(sender, ofClass, 'A')
  const b = await aFolder(sender, ofClass, 'B')
  const moves = await Promise.all([
    sender.post('/api/spaces/move', { nodes: [a], to: b }),
    benali.post('/api/spaces/move', { nodes: [b], to: a }),
  ])
  expect(moves.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
  const same = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => file('même.txt')))
  const placed = await Promise.all(
    same.map((id, i) => place(i % 2 ? sender : sender, ofClass, id, { folders: ['Ensemble'] })),
  )
  expect(new Set(placed.map(({ node }) => node.name)).size, 'one folder, six names').toBe(6)
  const [first] = placed
  const id = first?.node.id ?? ''
  const ends = await Promise.all([
    sender.post('/api/spaces/trash', { nodes: [id] }),
    benali.post('/api/spaces/trash', { nodes: [id] }),
    benali.put(one(id), { name: 'autre.txt' }),
  ])
  expect(ends.filter((answer) => answer.statusCode === 204)).toHaveLength(1)
  expect(ends.every((answer) => answer.statusCode < 500)).toBe(true)
})

test('after thirty days the trash is emptied for good, a part at a time', async () => {
  const { sender, own, file } = await desk()
  const a = await aFolder(sender, own, 'A')
  const { node } = await place(sender, a, await file('x.txt'), { folders: ['B'] })
  const kept = await place(sender, own, await file('y.txt'))
  await sender.post('/api/spaces/trash', { nodes: [a] })
  w.clock.advance(29.9 * 86_400_000)
  await sender.post('/api/spaces/trash', { nodes: [kept.node.id] })
  await sweepTrash(w.ctx)
  expect((await sender.get(`${at(own)}/trash`)).json()).toHaveLength(2)
  w.clock.advance(0.2 * 86_400_000)
  while ((await sweepTrash(w.ctx)) > 0);
  const left = sql<{ n: string }>`select count(*) as n from space_node where id in (${a}, ${node.id})`
  expect((await left.execute(w.ctx.db)).rows[0]?.n).toBe('0')
  expect((await sender.post('/api/spaces/restore', { nodes: [kept.node.id] })).statusCode).toBe(200)
})

test('a file that was thrown away and is sent again outlives the trash, and goes once nobody wanted it for as long', async () => {
  const { s, sender, own, file } = await desk()
  const a = await aFolder(sender, own, 'A')
  const { node } = await place(sender, a, await file('x.txt'))
  await sender.post('/api/spaces/trash', { nodes: [a] })
  w.clock.advance(20 * 86_400_000)
  const fileId = node.file?.id ?? ''
  const row = await w.ctx.db
    .selectFrom('file')
    .selectAll()
    .where('id', '=', fileId as never)
    .executeTakeFirst()
  const again = await sender.post('/api/files/known', { sha256: row?.sha256, name: row?.name })
  expect(again.json().id).toBe(fileId)
  w.clock.advance(11 * 86_400_000)
  while ((await sweepTrash(w.ctx)) > 0);
  const handedOut = await (await w.as(s.mme_diallo)).get(`/files/${fileId}/x.txt`)
  expect(handedOut.statusCode).toBe(200)
  w.clock.advance(20 * 86_400_000)
  while ((await sweepTrash(w.ctx)) > 0);
  refused(await sender.get(`/files/${fileId}/x.txt`), 'absent')
})

test('a folder of thousands is full in the end, and says so', async () => {
  const { s, sender, own, file } = await desk()
  const a = await aFolder(sender, own, 'Photos')
  const x = await place(sender, a, await file('x.txt'))
  await sql`
    insert into space_node (id, school_id, person_id, parent_id, path, name, name_key, name_fold, file_id, author_id,
      changed_by, changed_at)
    select gen_random_uuid(), ${s.school.id}, ${s.mme_diallo.id}, ${a}, array[${a}::uuid], 'IMG ' || i, 'img ' || i,
      'img ' || i, ${x.node.file?.id}, ${s.mme_diallo.id}, ${s.mme_diallo.id}, now()
    from generate_series(2, ${mostInFolder}) i`.execute(w.ctx.db)
  expect(((await sender.get(at(a))).json() as Listing).nodes).toHaveLength(mostInFolder)
  refused(await sender.post(`${at(a)}/folders`, { name: 'une de plus' }), 'space.folder-full')
  const copied = await sender.post('/api/spaces/copy', { nodes: [a as NodeId], to: own })
  refused(copied, 'space.too-many')
})
