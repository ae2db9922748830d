// Several classes at once, homework taken over, and how full a class's days are: in whole requests.
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aClass, aPerson, aSchool, aSlot, enroll, type TestPerson, type TestSchool } from '#test/world'
import type { Earlier, Evenings, Reusable } from './contract.ts'

const w = await aWorkspace()
const due = '2026-11-26T07:00:00.000Z'
const base = {
  title: 'Théorème de Pythagore',
  body: '<p>Énoncé et preuve</p>',
  handIn: true,
  attachments: [],
}
type Draft = { attachments?: FileId[]; [name: string]: unknown }

async function aFile(s: TestSchool, owner: TestPerson): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from('%PDF-1.4 figure')]))
  const row = { id, school_id: s.school.id, owner_id: owner.id, ...stored, name: 'figure.pdf' }
  const rest = { type: 'application/pdf', view_sha256: null, created_at: new Date(w.clock.now()) }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, ...rest })
    .execute()
  return id
}

async function set(by: TestPerson, classId: string, over: Draft = {}): Promise<string> {
  const answer = await (await w.as(by)).post(`/api/classes/${classId}/homework`, {
    ...base,
    dueAt: due,
    ...over,
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().id
}

test('the same for parallel classes, each with its date; all of them or none', async () => {
  const s = await aSchool(w.ctx.db)
  const benali = await w.as(s.m_benali)
  const both = [
    { classId: s.class3A.id, dueAt: due },
    { classId: s.class3B.id, dueAt: '2026-11-27T07:00:00.000Z' },
  ]
  const answer = await benali.post('/api/homework/sets', { ...base, minutes: 45, classes: both })
  expect(answer.json().homework).toMatchObject([
    { class: '3e A', dueAt: due, minutes: 45 },
    { class: '3e B', dueAt: '2026-11-27T07:00:00.000Z' },
  ])
  const count = async () => (await w.ctx.db.selectFrom('homework').selectAll().execute()).length
  const before = await count()
  const past = { classId: s.class3B.id, dueAt: '2026-11-20T07:00:00.000Z' }
  const refusal = await benali.post('/api/homework/sets', { ...base, classes: [both[0], past] })
  refused(refusal, 'homework.due-in-past')
  expect(refusal.json().classId).toBe(s.class3B.id)
  const diallo = await w.as(s.mme_diallo)
  refused(await diallo.post('/api/homework/sets', { ...base, classes: both }), 'absent')
  refused(await benali.post('/api/homework/sets', { ...base, classes: [] }), 'request.invalid')
  expect(await count(), 'nothing of it happened').toBe(before)
  const twice = await benali.post('/api/homework/sets', { ...base, classes: [both[0], both[0]] })
  expect(twice.json().homework).toHaveLength(1)
})

/** A second teacher of French in 4e C, who teaches none of the classes of `aSchool`. */
async function withColleague(s: TestSchool) {
  const colleague = await aPerson(w.ctx.db, s.school, 'teacher', 'Inès', 'Marchand')
  const class4C = await aClass(w.ctx.db, s.school, '4e C', { teachers: [colleague] })
  await aSlot(w.ctx.db, s.school, { class: class4C, teacher: colleague, title: 'Français' }, ['2026-11-25'])
  await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo, title: 'Français' }, [
    '2026-11-25',
  ])
  await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.m_benali, title: 'Maths' }, ['2026-11-25'])
  return { colleague, class4C }
}

test('one’s own homework of any year and a colleague’s of the same subject are found and taken over', async () => {
  const s = await aSchool(w.ctx.db)
  const { colleague, class4C } = await withColleague(s)
  const file = await aFile(s, s.mme_diallo)
  const id = await set(s.mme_diallo, s.class3B.id, { attachments: [file], minutes: 30 })
  await w.ctx.db.updateTable('homework').set({ set_on: '2024-10-01' }).execute()
  await w.ctx.db
    .updateTable('class')
    .set({ disabled_at: new Date() })
    .where('id', '=', s.class3A.id)
    .execute()
  const find = async (by: TestPerson, whose: string, words = '') => {
    const url = `/api/homework/earlier?whose=${whose}&words=${encodeURIComponent(words)}`
    return (await (await w.as(by)).get(url)).json<Earlier>().homework
  }
  const shown = {
    id,
    title: base.title,
    words: 'Énoncé et preuve',
    subject: 'Français',
    class: '3e B',
    documents: 1,
  }
  expect(await find(s.mme_diallo, 'mine', 'enonce PYTHAGORE')).toMatchObject([shown])
  expect(await find(s.mme_diallo, 'mine', 'thalès')).toEqual([])
  expect(await find(s.mme_diallo, 'colleagues')).toEqual([])
  expect(await find(colleague, 'colleagues')).toMatchObject([{ ...shown, teacher: 'Aminata Diallo' }])
  expect(await find(s.m_benali, 'colleagues'), 'of another subject').toEqual([])
  for (const by of [s.lea, s.mme_diop, s.mme_roy]) expect(await find(by, 'colleagues')).toEqual([])

  const other = await aSchool(w.ctx.db)
  await withColleague(other)
  expect(await find(other.mme_diallo, 'colleagues'), 'of another school').toEqual([])
  const strangers = [other.mme_diallo, s.m_benali, s.lea, s.mme_diop, s.mme_roy]
  for (const by of strangers) refused(await (await w.as(by)).post(`/api/homework/${id}/reuse`), 'absent')

  const inès = await w.as(colleague)
  refused(await inès.get(`/files/${file}/figure.pdf`), 'absent')
  const taken = (await inès.post(`/api/homework/${id}/reuse`)).json<Reusable>()
  expect(taken).toMatchObject({ title: base.title, body: base.body, minutes: 30, handIn: true })
  const [copy] = taken.attachments
  expect(copy).toMatchObject({ name: 'figure.pdf' })
  expect(copy?.id).not.toBe(file)
  expect((await inès.get(`/files/${copy?.id}/figure.pdf`)).body).toBe('%PDF-1.4 figure')
  const again = (await inès.post(`/api/homework/${id}/reuse`)).json<Reusable>()
  expect(again.attachments, 'taken over once').toEqual(taken.attachments)
  const pupil = await aPerson(w.ctx.db, s.school, 'student', 'Zoé', 'Petit')
  await enroll(w.ctx.db, class4C, pupil, 'student')
  await set(colleague, class4C.id, { attachments: [copy?.id as FileId] })
  expect((await (await w.as(pupil)).get(`/files/${copy?.id}/figure.pdf`)).statusCode).toBe(200)
  refused(await (await w.as(pupil)).get(`/files/${file}/figure.pdf`), 'absent')
})

test('a colleague finds nothing of what is for some, still to come, or withdrawn', async () => {
  const s = await aSchool(w.ctx.db)
  const { colleague } = await withColleague(s)
  const ids = [
    await set(s.mme_diallo, s.class3B.id, { pupils: [s.lea.id] }),
    await set(s.mme_diallo, s.class3B.id, { publishAt: '2026-11-25T07:00:00Z' }),
    await set(s.mme_diallo, s.class3B.id),
  ]
  await (await w.as(s.mme_diallo)).delete(`/api/homework/${ids[2]}`)
  const inès = await w.as(colleague)
  expect((await inès.get('/api/homework/earlier?whose=colleagues')).json().homework).toEqual([])
  for (const id of ids) refused(await inès.post(`/api/homework/${id}/reuse`), 'absent')
})

test('how full a day is counts the class and its groups, for the pupil who has most', async () => {
  const s = await aSchool(w.ctx.db)
  await set(s.m_benali, s.class3B.id, { minutes: 45 })
  const edited = await set(s.mme_diallo, s.class3B.id)
  await set(s.mme_diallo, s.group1.id, { minutes: 30 })
  await set(s.mme_diallo, s.class3B.id, { minutes: 120, pupils: [s.lea.id] })
  await set(s.m_benali, s.class3A.id, { minutes: 90 })
  await set(s.mme_diallo, s.class3B.id, { minutes: 10, dueAt: '2026-11-27T07:00:00Z' })
  const url = `/api/classes/${s.class3B.id}/evenings?from=2026-11-25&to=2026-11-27`
  const benali = await w.as(s.m_benali)
  const evenings = (await benali.get(url)).json<Evenings>()
  expect(evenings).toMatchObject({ level: 'lower', limit: 75 })
  // Léa: 45 min of maths, French without an estimate (20), and 30 in her group.
  expect(evenings.days.map((day) => [day.date, day.most, day.work.length])).toEqual([
    ['2026-11-25', 0, 0],
    ['2026-11-26', 95, 3],
    ['2026-11-27', 10, 1],
  ])
  expect(evenings.days[1]?.work).toContainEqual({ subject: 'Français', minutes: 30, group: '3e B, groupe 1' })
  expect((await benali.get(`${url}&except=${edited}`)).json<Evenings>().days[1]?.most).toBe(75)
  for (const by of [s.lea, s.mme_diop, s.mme_roy]) refused(await (await w.as(by)).get(url), 'absent')
  const year = (await benali.get(url.replace('to=2026-11-27', 'to=2099-12-31'))).json<Evenings>()
  expect(year.days).toHaveLength(63)
})
