// Codes for several classes at once: who gets one, who does not, and what is told before.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Answer, aWorkspace, refused } from '#test/app'
import { aBrowser } from '#test/browser'
import { aPerson, aSchool, enroll, type TestPerson, type TestSchool } from '#test/world'
import type { CodeList } from '../contract.ts'
import { setPassword } from '../store.ts'
import type { CodesPlan } from './contract.ts'

const w = await aWorkspace()
const plan = async (s: TestSchool, who: string): Promise<CodesPlan> =>
  (await (await w.as(s.mme_roy)).get(`/api/schools/${s.school.id}/codes?who=${who}`)).json()
const make = async (s: TestSchool, wish: object, as: TestPerson = s.mme_roy) =>
  (await w.as(as)).post(`/api/schools/${s.school.id}/codes`, { key: randomUUID(), ending: 0, ...wish })
const listOf = (answer: Answer): CodeList => {
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  return answer.json()
}
const guards = (guardian: TestPerson, child: TestPerson) =>
  w.ctx.db
    .insertInto('guardianship')
    .values({ guardian_id: guardian.id, child_id: child.id, source: 'test' })
    .execute()

test('pupils of the whole school by class, those with a password left out; a code works', async () => {
  const s = await aSchool(w.ctx.db)
  await setPassword(w.ctx.db, s.theo.id, 'x', new Date(w.clock.now()))
  const { classes, groups, working } = await plan(s, 'student')
  expect(classes.map(({ title, people, waiting }) => [title, people, waiting])).toEqual([
    ['3e A', 1, 1],
    ['3e B', 2, 1],
  ])
  expect([groups.length, working]).toEqual([2, 0])
  const { codes, school } = listOf(await make(s, { who: 'student' }))
  expect(school).toBe('Collège Rosa-Parks')
  expect(codes.map((c) => [c.class, c.givenName, c.username, c.children])).toEqual([
    ['3e A', 'Nour', s.nour.username, undefined],
    ['3e B', 'Léa', s.lea.username, undefined],
  ])
  const body = { code: codes[1]?.code, password: 'sous le grand chêne' }
  expect((await aBrowser(w).post('/api/session/activation', body)).statusCode).toBe(200)
})

test('one class of several, and no class of another school', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const chosen = listOf(await make(s, { who: 'student', classes: [s.class3A.id, other.class3A.id] }))
  expect(chosen.codes.map((c) => c.username)).toEqual([s.nour.username])
  expect(listOf(await make(s, { who: 'student', classes: [other.class3B.id] })).codes).toEqual([])
})

test('a guardian of two children gets one slip, with both names', async () => {
  const s = await aSchool(w.ctx.db)
  await guards(s.mme_diop, s.nour)
  const { groups } = await plan(s, 'guardian')
  expect(groups).toEqual([{ classes: [s.class3A.id, s.class3B.id], people: 1, ending: 0, lastMade: null }])
  const { codes } = listOf(await make(s, { who: 'guardian' }))
  expect(codes.map((c) => [c.class, c.username, c.children])).toEqual([
    ['3e A', s.mme_diop.username, ['Léa Diop', 'Nour Adjani']],
  ])
  const later = listOf(await make(s, { who: 'guardian', classes: [s.class3B.id], ending: 1 }))
  expect(later.codes.map((c) => c.class)).toEqual(['3e B'])
})

test('no slip through a child of whom the guardian may see nothing, nor for a record that signs in elsewhere', async () => {
  const s = await aSchool(w.ctx.db)
  await guards(s.mme_diop, s.nour)
  await (await w.as(s.mme_roy)).put(`/api/pupils/${s.lea.id}/guardians/${s.mme_diop.id}`, {
    sees: 'nothing',
    before: 'all',
  })
  const { codes } = listOf(await make(s, { who: 'guardian' }))
  expect(codes.map((c) => [c.class, c.children])).toEqual([['3e A', ['Nour Adjani']]])
  expect(listOf(await make(s, { who: 'guardian', classes: [s.class3B.id] })).codes).toEqual([])
  const elsewhere = await aPerson(w.ctx.db, s.school, 'guardian', 'Awa', 'Diop')
  const link = { record_id: s.mme_diop.id, account_id: elsewhere.id, linked_at: new Date() }
  await w.ctx.db.insertInto('guardian_link').values(link).execute()
  expect(listOf(await make(s, { who: 'guardian', ending: 9 })).codes).toEqual([])
})

test('a pupil or guardian who also works at a school is left out and counted', async () => {
  const s = await aSchool(w.ctx.db)
  await enroll(w.ctx.db, s.class3A, s.m_benali, 'student')
  await guards(s.mme_diallo, s.theo)
  expect((await plan(s, 'student')).working).toBe(1)
  expect((await plan(s, 'guardian')).working).toBe(1)
  const names = listOf(await make(s, { who: 'guardian' })).codes.map((c) => c.username)
  expect(names).toEqual([s.mme_diop.username])
})

test('codes of which the reader was not told do not end; told, they do', async () => {
  const s = await aSchool(w.ctx.db)
  const first = listOf(await make(s, { who: 'student' })).codes
  const again = await make(s, { who: 'student' })
  refused(again, 'codes.made-meanwhile')
  expect(again.json().ending).toBe(3)
  const check = (code?: string) => aBrowser(w).post('/api/session/activation/check', { code })
  expect((await check(first[0]?.code)).statusCode).toBe(200)
  expect((await plan(s, 'student')).groups.map((g) => g.ending)).toEqual([1, 2])
  listOf(await make(s, { who: 'student', ending: 3 }))
  refused(await check(first[0]?.code), 'activation.unknown')
})

test('two at once: one makes them, the other is told', async () => {
  const s = await aSchool(w.ctx.db)
  const both = await Promise.all([make(s, { who: 'student' }), make(s, { who: 'student' })])
  expect(both.map((a) => a.statusCode).sort()).toEqual([200, 409])
})

test('for those who run the school, and nobody else', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, other.mme_roy]) {
    refused(await make(s, { who: 'student', ending: 9 }, person), 'absent')
    refused(await (await w.as(person)).get(`/api/schools/${s.school.id}/codes?who=student`), 'absent')
  }
  refused(
    await w.nobody.post(`/api/schools/${s.school.id}/codes`, {
      who: 'student',
      ending: 0,
      key: randomUUID(),
    }),
    'session.needed',
  )
})
