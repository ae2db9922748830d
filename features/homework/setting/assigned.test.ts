// Which pupils have homework: one answer for lists, counts, files, search and exports, and for whose page a link opens.
import { expect, test } from 'vitest'
import type { HomeworkId, PersonId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { settingIn } from '#test/setting'
import { aPerson, aSchool, enroll, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const { get, setBy } = settingIn(w)
const whose = async (by: TestPerson, url: string) => (await w.as(by)).get(`${url}/whose`)

async function guard(guardian: TestPerson, ...children: TestPerson[]) {
  const rows = children.map(({ id }) => ({ guardian_id: guardian.id, child_id: id, source: 'test' }))
  await w.ctx.db.insertInto('guardianship').values(rows).execute()
}

/** The pupils who have it in force on a day. */
async function having(id: string, names: Record<string, TestPerson>): Promise<string[]> {
  const rows = await w.ctx.db
    .selectFrom('assigned')
    .select('pupil_id')
    .where('homework_id', '=', id as HomeworkId)
    .where('disabled_at', 'is', null)
    .execute()
  const has = new Set(rows.map((row) => row.pupil_id))
  return Object.keys(names).filter((name) => has.has(names[name]?.id as PersonId))
}

test('the class has it; of homework for some those who are named, while they are in the class', async () => {
  const s = await aSchool(w.ctx.db)
  const names = { lea: s.lea, theo: s.theo, nour: s.nour, diallo: s.mme_diallo }
  expect(await having((await setBy(s)).id, names)).toEqual(['lea', 'theo'])
  const some = await setBy(s, { pupils: [s.theo.id] })
  expect(await having(some.id, names)).toEqual(['theo'])
  await w.ctx.db
    .updateTable('enrollment')
    .set({ disabled_at: new Date(w.clock.now()) })
    .where('person_id', '=', s.theo.id)
    .execute()
  expect(await having(some.id, names)).toEqual([])
})

test('every question finds the same pupils', async () => {
  const s = await aSchool(w.ctx.db)
  await guard(s.mme_diop, s.theo)
  const file = (await setBy(s, { pupils: [s.theo.id] })).url
  const list = async (p: TestPerson) =>
    (await get<{ homework: unknown[] }>(p, '/api/homework')).homework.length
  expect([await list(s.lea), await list(s.theo)]).toEqual([0, 1])
  expect((await (await w.as(s.theo)).get(`${file}/mine`)).statusCode).toBe(200)
  refused(await (await w.as(s.lea)).get(`${file}/mine`), 'absent')
  expect(await get(s.mme_diallo, '/api/today')).toMatchObject({ teaching: [{ pupils: 1 }] })
  expect(await get(s.theo, '/api/today')).toMatchObject({ own: [{ title: 'Fiche de Léa' }] })
  expect(await get(s.lea, '/api/today')).toMatchObject({ own: [] })
  expect(await get(s.theo, '/api/diary/search?q=fiche')).toMatchObject({ total: 1 })
  expect(await get(s.lea, '/api/diary/search?q=fiche')).toMatchObject({ total: 0 })
})

test('a link without a child: the workspace says which child has it, of both when both have it', async () => {
  const s = await aSchool(w.ctx.db)
  await guard(s.mme_diop, s.nour)
  const ofB = (await setBy(s)).url
  const benali = await w.as(s.m_benali)
  const draft = { title: 'Fractions', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
  const set = async (classId: string) =>
    `/api/homework/${(await benali.post(`/api/classes/${classId}/homework`, draft)).json().id}`
  const ofA = await set(s.class3A.id)
  expect((await whose(s.mme_diop, ofB)).json()).toEqual({ mine: false, children: [s.lea.id] })
  expect((await whose(s.mme_diop, ofA)).json()).toEqual({ mine: false, children: [s.nour.id] })
  expect((await whose(s.lea, ofB)).json()).toEqual({ mine: true, children: [] })
  await enroll(w.ctx.db, s.class3A, s.lea, 'student')
  const both = (await whose(s.mme_diop, ofA)).json()
  expect(both.children.toSorted()).toEqual([s.lea.id, s.nour.id].toSorted())
  // What one child got back is never the other's.
  refused(await (await w.as(s.mme_diop)).get(`${ofB}/mine?child=${s.nour.id}`), 'absent')
})

test('it is nobody’s for its teacher, before it is published, for others of the school and for strangers', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  const later = (await setBy(s, { publishAt: '2026-11-25T07:00:00Z' })).url
  const alone = (await setBy(s, { pupils: [s.theo.id] })).url
  for (const person of [s.mme_diallo, s.mme_roy, s.nour, other.lea, other.mme_diop])
    refused(await whose(person, url), 'absent')
  for (const person of [s.lea, s.mme_diop]) {
    refused(await whose(person, later), 'absent')
    refused(await whose(person, alone), 'absent')
  }
  const uncle = await aPerson(w.ctx.db, s.school, 'relative', 'Ali', 'Diop')
  refused(await whose(uncle, url), 'absent')
})

test('who has left the class still finds what was handed in there', async () => {
  const s: TestSchool = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  await (await w.as(s.lea)).post(`${url}/submissions`, { text: 'ma page', files: [] })
  await w.ctx.db.deleteFrom('enrollment').where('person_id', '=', s.lea.id).execute()
  expect((await whose(s.mme_diop, url)).json()).toMatchObject({ children: [s.lea.id] })
})
