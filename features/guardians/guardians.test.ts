// Separated parents: what a school decides about one of them holds everywhere, and nobody else learns of it.
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { markCopy } from '#test/marking'
import { aPerson, aSchool, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()

/** Homework that Léa handed in with a file and got back, and a second guardian of hers. */
async function aFamily() {
  const s = await aSchool(w.ctx.db)
  const m_diop = await aPerson(w.ctx.db, s.school, 'guardian', 'Moussa', 'Diop')
  await w.ctx.db
    .insertInto('guardianship')
    .values({ guardian_id: m_diop.id, child_id: s.lea.id, source: 'test' })
    .execute()
  const diallo = await w.as(s.mme_diallo)
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
  const homework = (await diallo.post(`/api/classes/${s.class3B.id}/homework`, draft)).json().id as string
  const file = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from('une copie')]))
  await w.ctx.db
    .insertInto('file')
    .values({
      id: file,
      school_id: s.school.id,
      owner_id: s.lea.id,
      ...stored,
      name: 'copie.txt',
      type: 'text/plain',
      view_sha256: null,
      created_at: new Date(w.clock.now()),
    })
    .execute()
  const work = `/api/homework/${homework}`
  const handedIn = await (await w.as(s.lea)).post(`${work}/submissions`, { text: 'a', files: [file] })
  await markCopy(diallo, `${work}/pupils/${s.lea.id}`, { mark: '12' })
  await diallo.post(`${work}/give-back`, {})
  const receipt = `/api/submissions/${handedIn.json().submission.id}/receipt`
  return { ...s, m_diop, work, file: `/files/${file}/copie.txt`, receipt }
}

const decide = async (s: TestSchool, guardian: TestPerson, sees: string, before = 'all') =>
  (await w.as(s.mme_roy)).put(`/api/pupils/${s.lea.id}/guardians/${guardian.id}`, { sees, before })

test('by default both guardians see everything', async () => {
  const s = await aFamily()
  for (const guardian of [s.mme_diop, s.m_diop]) {
    const as = await w.as(guardian)
    const mine = (await as.get(`${s.work}/mine?child=${s.lea.id}`)).json()
    expect(mine).toMatchObject({ result: { mark: '12' }, submission: { text: 'a' }, state: { mark: '12' } })
    expect((await as.get(s.file)).statusCode).toBe(200)
    expect((await as.get(s.receipt)).statusCode).toBe(200)
  }
})

test('who sees the school day alone sees that work was handed in and given back, and no copy, mark or feedback', async () => {
  const s = await aFamily()
  expect((await decide(s, s.m_diop, 'day')).statusCode).toBe(200)
  const father = await w.as(s.m_diop)
  const mine = (await father.get(`${s.work}/mine?child=${s.lea.id}`)).json()
  expect(mine).toMatchObject({
    result: null,
    submission: null,
    withheld: true,
    state: { state: 'given-back' },
  })
  expect(JSON.stringify(mine)).not.toContain('"mark"')
  const list = (await father.get(`/api/homework?child=${s.lea.id}`)).json()
  expect(list.states).toHaveLength(1)
  expect(JSON.stringify(list.states)).not.toContain('mark')
  const today = (await father.get('/api/today')).json()
  expect(today.children).toMatchObject([{ id: s.lea.id, sees: 'day', work: [{ state: 'given-back' }] }])
  expect(JSON.stringify(today.children)).not.toContain('mark')
  refused(await father.get(s.file), 'absent')
  refused(await father.get(s.receipt), 'absent')
  refused(await father.post(`/api/accounts/${s.lea.id}/code`, { key: randomUUID() }), 'absent')
  expect((await father.get(`/api/classes/${s.class3B.id}`)).statusCode).toBe(200)
  // The other guardian goes on seeing everything.
  const mother = await w.as(s.mme_diop)
  expect((await mother.get(`${s.work}/mine?child=${s.lea.id}`)).json().result.mark).toBe('12')
  expect((await mother.get('/api/today')).json().children).toMatchObject([{ sees: 'all' }])
})

test('for whom sees nothing the child is not there, also with a pass of before', async () => {
  const s = await aFamily()
  const before = await w.as(s.m_diop)
  await before.get('/api/today')
  await decide(s, s.m_diop, 'nothing')
  // At once, not when the news comes round.
  expect((await before.get('/api/today')).statusCode).toBe(401)
  w.clock.advance(2000)
  const father = await w.as(s.m_diop)
  expect((await father.get('/api/today')).json().children).toEqual([])
  expect((await father.get('/api/me')).json().children).toEqual([])
  for (const path of [
    `/api/classes/${s.class3B.id}`,
    `/api/homework?child=${s.lea.id}`,
    `${s.work}/mine?child=${s.lea.id}`,
    `/api/classes/${s.class3B.id}/diary?week=2026-11-23`,
    s.work,
    s.file,
    s.receipt,
  ])
    refused(await father.get(path), 'absent')
  refused(await father.post(`/api/accounts/${s.lea.id}/code`, { key: randomUUID() }), 'absent')
  // And it comes back whole.
  await decide(s, s.m_diop, 'all', 'nothing')
  w.clock.advance(2000)
  expect((await (await w.as(s.m_diop)).get('/api/today')).json().children).toMatchObject([{ sees: 'all' }])
})

test('an import that brings the link anew finds what was decided', async () => {
  const s = await aFamily()
  await decide(s, s.m_diop, 'nothing')
  const link = { guardian_id: s.m_diop.id, child_id: s.lea.id }
  await w.ctx.db.deleteFrom('guardianship').where('guardian_id', '=', s.m_diop.id).execute()
  await w.ctx.db
    .insertInto('guardianship')
    .values({ ...link, source: 'test' })
    .execute()
  w.clock.advance(2000)
  expect((await (await w.as(s.m_diop)).get('/api/me')).json().children).toEqual([])
})

test('two administrators who decide at once: the second is told what stands there', async () => {
  const s = await aFamily()
  await decide(s, s.m_diop, 'day')
  const late = await decide(s, s.m_diop, 'nothing', 'all')
  refused(late, 'guardian.decided-meanwhile')
  expect(late.json().sees).toBe('day')
  // The same decision twice is no conflict.
  expect((await decide(s, s.m_diop, 'day', 'all')).statusCode).toBe(200)
})

test('the school sees who decided; nobody else may look or decide', async () => {
  const s = await aFamily()
  const other = await aSchool(w.ctx.db)
  await decide(s, s.m_diop, 'day')
  const url = `/api/pupils/${s.lea.id}/guardians`
  const list = (await (await w.as(s.mme_roy)).get(url)).json()
  expect(list.guardians).toMatchObject([
    { givenName: 'Awa', sees: 'all' },
    { givenName: 'Moussa', sees: 'day', decided: { by: 'Claire Roy' } },
  ])
  expect(list.guardians[0]).not.toHaveProperty('decided')
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, s.m_diop, other.mme_roy]) {
    const as = await w.as(person)
    refused(await as.get(url), 'absent')
    refused(await as.put(`${url}/${s.m_diop.id}`, { sees: 'all', before: 'day' }), 'absent')
  }
  refused(
    await (await w.as(s.mme_roy)).put(`${url}/${other.mme_diop.id}`, { sees: 'day', before: 'all' }),
    'absent',
  )
})

test('an administrator does not decide about a child of their own', async () => {
  const s = await aFamily()
  await w.ctx.db
    .insertInto('guardianship')
    .values({ guardian_id: s.mme_roy.id, child_id: s.lea.id, source: 'test' })
    .execute()
  refused(await decide(s, s.m_diop, 'nothing'), 'guardian.own-child')
})
