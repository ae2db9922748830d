// Who has not connected: counted by class, called, exported; and who may see it.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { forgetCalls } from './missing-actions.ts'

const w = await aWorkspace()
const seen = (person: TestPerson, day: string) =>
  w.ctx.db.updateTable('person').set({ last_seen_on: day }).where('id', '=', person.id).execute()
const list = async (s: TestSchool, query = '') =>
  (await (await w.as(s.mme_roy)).get(`/api/schools/${s.school.id}/missing${query}`)).json()

test('by class, those who need it most first: never, not this week, and not those who came', async () => {
  const s = await aSchool(w.ctx.db)
  await seen(s.theo, '2026-11-20')
  await seen(s.nour, '2026-11-23')
  const { since, classes } = await list(s)
  expect(since).toBe('2026-11-23')
  expect(classes.map((c: { title: string }) => c.title)).toEqual(['3e B', '3e A'])
  expect(classes[0]).toMatchObject({ people: 2, missing: 2, never: 1 })
  expect(classes[0].list).toMatchObject([
    { givenName: 'Léa', lastSeenOn: null, contacts: [{ name: 'Awa Diop', email: null }] },
    { givenName: 'Théo', lastSeenOn: '2026-11-20' },
  ])
  expect(classes[1]).toMatchObject({ people: 1, missing: 0, list: [] })
  expect((await list(s, '?since=day')).classes).toMatchObject([{ missing: 2 }, { missing: 1 }])
  const guardians = (await list(s, '?who=guardian')).classes
  expect(guardians[0].list).toMatchObject([{ familyName: 'Diop', children: ['Léa Diop'] }])
  const staff = (await list(s, '?who=teacher')).classes
  expect(staff[0].people).toBe(3)
})

test('a request is what counts as seen, also by a pass that was made long ago', async () => {
  const s = await aSchool(w.ctx.db)
  await (await w.as(s.lea)).get('/api/today')
  await w.accounts.tend()
  expect((await list(s)).classes[0].list).toMatchObject([{ givenName: 'Nour' }])
})

test('“called” is noted with a word, by the head or a teacher, and forgotten with the week', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  expect((await teacher.put(`/api/people/${s.lea.id}/call`, { note: 'répondeur' })).statusCode).toBe(204)
  const found = (await teacher.get(`/api/classes/${s.class3B.id}/missing`)).json().classes[0].list[1]
  expect(found.call).toMatchObject({ note: 'répondeur', by: 'Aminata Diallo' })
  expect(found.call.at).toBe('2026-11-24T06:50:00Z')
  refused(await (await w.as(s.mme_diop)).put(`/api/people/${s.lea.id}/call`, { note: '' }), 'absent')
  refused(await teacher.put(`/api/people/${s.nour.id}/call`, { note: '' }), 'absent')
  // Monday morning in Paris, Sunday evening in the Antilles: it is their week still.
  w.clock.set('2026-11-30T03:50:00Z')
  await forgetCalls(w.ctx)
  expect(await w.ctx.db.selectFrom('call_note').selectAll().execute()).toHaveLength(1)
  w.clock.set('2026-12-01T06:50:00Z')
  await forgetCalls(w.ctx)
  expect(await w.ctx.db.selectFrom('call_note').selectAll().execute()).toEqual([])
  w.clock.set('2026-11-24T06:50:00Z')
})

test('a call to a guardian of two schools is noted by each for itself', async () => {
  const [s, other] = [await aSchool(w.ctx.db), await aSchool(w.ctx.db)]
  await w.ctx.db
    .insertInto('guardianship')
    .values({ guardian_id: s.mme_diop.id, child_id: other.lea.id, source: 'test' })
    .execute()
  const call = `/api/people/${s.mme_diop.id}/call`
  const noted = async (of: TestSchool) => {
    const found = await (await w.as(of.mme_roy)).get(`/api/schools/${of.school.id}/missing?who=guardian`)
    expect(found.statusCode, found.body).toBe(200)
    const people = found.json().classes.flatMap((c: { list: { id: string; call: unknown }[] }) => c.list)
    return people.find((p: { id: string }) => p.id === s.mme_diop.id)?.call ?? null
  }
  await (await w.as(s.mme_roy)).put(call, { note: 'rappeler lundi' })
  expect(await noted(s)).toMatchObject({ note: 'rappeler lundi' })
  expect(await noted(other)).toBeNull()
  await (await w.as(other.mme_roy)).put(call, { note: 'absente' })
  await (await w.as(other.mme_roy)).delete(call)
  expect(await noted(s)).toMatchObject({ note: 'rappeler lundi' })
})

test('a teacher sees addresses only where the school lets teachers, and no class of others', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db
    .updateTable('person')
    .set({ email: 'awa@example.org' })
    .where('id', '=', s.mme_diop.id)
    .execute()
  const teacher = await w.as(s.mme_diallo)
  const contacts = async () =>
    (await teacher.get(`/api/classes/${s.class3B.id}/missing`)).json().classes[0].list[1].contacts
  expect(await contacts()).toEqual([{ name: 'Awa Diop', email: null }])
  await (await w.as(s.mme_roy)).put(`/api/schools/${s.school.id}/settings`, { teachersSeeContacts: true })
  expect(await contacts()).toEqual([{ name: 'Awa Diop', email: 'awa@example.org' }])
  refused(await teacher.get(`/api/classes/${s.class3A.id}/missing`), 'absent')
  refused(await teacher.get(`/api/schools/${s.school.id}/missing`), 'absent')
  refused(await (await w.as(s.lea)).get(`/api/classes/${s.class3B.id}/missing`), 'absent')
})

test('the list as a file: no cell is a formula', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db.updateTable('person').set({ given_name: '=1+1' }).where('id', '=', s.lea.id).execute()
  const answer = await (await w.as(s.mme_roy)).get(`/files/schools/${s.school.id}/missing.csv?lang=en`)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.body).toContain(`3e B,Diop,'=1+1,never,,Awa Diop,,`)
})

test('a day and a week are the school’s own, overseas', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db
    .updateTable('org')
    .set({ zone: 'America/Guadeloupe' })
    .where('id', '=', s.school.id)
    .execute()
  // Monday, three in the morning in Paris; Sunday, ten in the evening at school.
  w.clock.set('2026-11-30T02:00:00Z')
  const head = await w.as(s.mme_roy)
  expect((await head.put(`/api/people/${s.lea.id}/call`, { note: 'dimanche' })).statusCode).toBe(204)
  const calls = await w.ctx.db
    .selectFrom('call_note')
    .select('week_on')
    .where('school_id', '=', s.school.id)
    .execute()
  expect(calls).toEqual([{ week_on: '2026-11-23' }])
  const list = await head.get(`/api/schools/${s.school.id}/missing?who=student`)
  expect(list.body).toContain('dimanche')
  w.clock.set('2026-11-24T06:50:00Z')
})
