// Who gets which class, pupil and school; and that another school's people get nothing.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool } from '#test/world'

const w = await aWorkspace()

test('a pupil, a teacher, a guardian and an administrator see a class, each in their way', async () => {
  const s = await aSchool(w.ctx.db)
  const relations = []
  for (const person of [s.lea, s.mme_diallo, s.mme_diop, s.mme_roy]) {
    const answer = await (await w.as(person)).get(`/api/classes/${s.class3B.id}`)
    relations.push(answer.json().relation)
  }
  expect(relations).toEqual(['student', 'teacher', 'guardian', 'administrator'])
})

test('nobody of another class or of another school sees it', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  for (const person of [s.nour, other.lea, other.mme_diallo, other.mme_diop, other.mme_roy]) {
    refused(await (await w.as(person)).get(`/api/classes/${s.class3B.id}`), 'absent')
  }
  refused(await w.nobody.get(`/api/classes/${s.class3B.id}`), 'session.needed')
})

test('the list of pupils is for those who lead the class', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = `/api/classes/${s.class3B.id}/pupils`
  const names = (await (await w.as(s.mme_diallo)).get(url))
    .json()
    .map((p: { familyName: string }) => p.familyName)
  expect(names).toEqual(['Bertin', 'Diop'])
  expect((await (await w.as(s.mme_roy)).get(url)).statusCode).toBe(200)
  for (const person of [s.lea, s.mme_diop, other.mme_diallo, other.mme_roy])
    refused(await (await w.as(person)).get(url), 'absent')
})

test("a school's classes are for those who run that school", async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = `/api/schools/${s.school.id}/classes`
  const classes = (await (await w.as(s.mme_roy)).get(url)).json()
  type Row = { title: string; pupils: number; withoutPassword: number }
  expect(classes.map((c: Row) => [c.title, c.pupils, c.withoutPassword])).toEqual([
    ['3e A', 1, 1],
    ['3e B', 2, 2],
    ['3e B, groupe 1', 1, 1],
  ])
  for (const person of [s.mme_diallo, s.lea, other.mme_roy])
    refused(await (await w.as(person)).get(url), 'absent')
})

test('"me" names schools, classes and children', async () => {
  const s = await aSchool(w.ctx.db)
  const me = (await (await w.as(s.mme_diop)).get('/api/me')).json()
  expect(
    me.children.map((c: { givenName: string; classes: { title: string }[] }) => [
      c.givenName,
      c.classes.map((k) => k.title),
    ]),
  ).toEqual([['Léa', ['3e B', '3e B, groupe 1']]])
})

test('a pupil who left the class no longer sees it', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  await w.ctx.db
    .updateTable('enrollment')
    .set({ disabled_at: new Date(w.clock.now()) })
    .where('person_id', '=', s.lea.id)
    .execute()
  refused(await lea.get(`/api/classes/${s.class3B.id}`), 'absent')
})

test('whoever runs a school does so from the first day of that role to the last', async () => {
  const s = await aSchool(w.ctx.db)
  const roy = await w.as(s.mme_roy)
  const statuses = async (dates: { begin_date?: string; end_date?: string }) => {
    await w.ctx.db
      .updateTable('person_role')
      .set({ begin_date: null, end_date: null, ...dates })
      .where('person_id', '=', s.mme_roy.id)
      .execute()
    const urls = [`/api/schools/${s.school.id}/classes`, `/api/classes/${s.class3B.id}`]
    const schools = (await roy.get('/api/me')).json().schools.length
    return [...(await Promise.all(urls.map((url) => roy.get(url)))).map((a) => a.statusCode), schools]
  }
  // Today is 24 November 2026.
  expect(await statuses({ begin_date: '2026-11-24', end_date: '2026-11-24' })).toEqual([200, 200, 1])
  expect(await statuses({ begin_date: '2026-11-25' })).toEqual([404, 404, 0])
  expect(await statuses({ end_date: '2026-11-23' })).toEqual([404, 404, 0])
})
