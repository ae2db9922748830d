// A pupil's history in whole requests: by year, also of classes that are over, to each who may.
import { expect, test } from 'vitest'
import { type HomeworkId, newId, type PersonId } from '#platform/ids'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aClass, aSchool, type TestClass, type TestSchool } from '#test/world'
import type { History } from './contract.ts'

const w: TestWorkspace = await aWorkspace()

/** Homework of a time when nobody could have set it through the pages. */
async function insert(s: TestSchool, c: TestClass, author: { id: PersonId }, title: string, dueAt: string) {
  const id = newId<HomeworkId>(w.clock.now())
  const at = new Date(dueAt)
  const row = {
    id,
    school_id: s.school.id,
    class_id: c.id,
    author_id: author.id,
    set_on: dueAt.slice(0, 10),
    title,
  }
  const rest = { body: '', due_at: at, hand_in: true, created_at: at, updated_at: at }
  await w.ctx.db
    .insertInto('homework')
    .values({ ...row, ...rest })
    .execute()
  return id
}
const titles = (history: History | undefined) => history?.work.map(({ title }) => title)

test('a pupil, the guardian and each teacher see the marks of a year, and those of years that are over', async () => {
  const s = await aSchool(w.ctx.db)
  const class4B = await aClass(w.ctx.db, s.school, '4e B', { teachers: [s.m_benali], pupils: [s.lea] })
  await w.ctx.db
    .updateTable('enrollment')
    .set({ end_date: '2026-07-03' })
    .where('class_id', '=', class4B.id)
    .execute()
  await insert(s, class4B, s.m_benali, 'Avant', '2026-03-02T07:00:00Z')
  await insert(s, class4B, s.m_benali, 'Après son départ', '2026-09-10T07:00:00Z')
  const maths = await insert(s, s.class3B, s.m_benali, 'Équations', '2026-11-20T07:00:00Z')
  const french = await insert(s, s.class3B, s.mme_diallo, 'Poème', '2026-11-23T07:00:00Z')
  const [lea, diop, diallo, benali] = await Promise.all(
    [s.lea, s.mme_diop, s.mme_diallo, s.m_benali].map((one) => w.as(one)),
  )
  await markCopy(benali as never, `/api/homework/${maths}/pupils/${s.lea.id}`, { mark: '14' })
  await markCopy(diallo as never, `/api/homework/${french}/pupils/${s.lea.id}`, { mark: '16' })
  await diallo?.post(`/api/homework/${french}/give-back`, {})

  const own = (await lea?.get('/api/history'))?.json<History>() as History
  expect(own).toMatchObject({ year: 2026, years: [2026, 2025], more: false, pupil: { givenName: 'Léa' } })
  expect(own.work).toMatchObject([
    { title: 'Poème', mark: '16', state: 'given-back', class: '3e B' },
    { title: 'Équations', state: 'to-do' },
  ])
  expect(own.work[1], 'a mark that was not given back').not.toHaveProperty('mark')
  const before = (await lea?.get('/api/history?year=2025'))?.json<History>() as History
  expect(titles(before)).toEqual(['Avant'])
  expect((await diop?.get(`/api/history?child=${s.lea.id}`))?.json()).toEqual(own)

  const ofTeacher = `/api/classes/${s.class3B.id}/pupils/${s.lea.id}/history`
  expect(titles((await diallo?.get(ofTeacher))?.json())).toEqual(['Poème'])
  expect(titles((await benali?.get(ofTeacher))?.json())).toEqual(['Équations'])
})

test('others find no history', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  for (const by of [other.mme_diop, s.theo, s.mme_diallo, s.mme_roy])
    refused(await (await w.as(by)).get(`/api/history?child=${s.lea.id}`), 'absent')
  const ofTeacher = `/api/classes/${s.class3B.id}/pupils/${s.lea.id}/history`
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo])
    refused(await (await w.as(by)).get(ofTeacher), 'absent')
  const nour = `/api/classes/${s.class3B.id}/pupils/${s.nour.id}/history`
  refused(await (await w.as(s.mme_diallo)).get(nour), 'absent')
})

test('a guardian who sees the day alone sees no mark', async () => {
  const s = await aSchool(w.ctx.db)
  const french = await insert(s, s.class3B, s.mme_diallo, 'Poème', '2026-11-23T07:00:00Z')
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `/api/homework/${french}/pupils/${s.lea.id}`, { mark: '16' })
  await diallo.post(`/api/homework/${french}/give-back`, {})
  await (await w.as(s.mme_roy)).put(`/api/pupils/${s.lea.id}/guardians/${s.mme_diop.id}`, {
    sees: 'day',
    before: 'all',
  })
  const seen = (await (await w.as(s.mme_diop)).get(`/api/history?child=${s.lea.id}`)).json<History>()
  expect(seen.withheld).toBe(true)
  expect(seen.work[0]).not.toHaveProperty('mark')
})

test('a school year begins where the school lies', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db.updateTable('org').set({ zone: 'Indian/Reunion' }).where('id', '=', s.school.id).execute()
  // Half past midnight on the first of August there, still July in Paris.
  await insert(s, s.class3B, s.m_benali, 'Le premier jour', '2026-07-31T20:30:00Z')
  const own = (await (await w.as(s.lea)).get('/api/history')).json<History>()
  expect([own.year, titles(own)]).toEqual([2026, ['Le premier jour']])
})
