// A wish for codes that is sent again, and slips that are out already: nothing stops working untold.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Answer, aWorkspace, refused } from '#test/app'
import { aBrowser } from '#test/browser'
import { aSchool, type TestSchool } from '#test/world'
import type { CodeList } from '../contract.ts'
import type { CodesPlan } from './contract.ts'

const w = await aWorkspace()
const codesOf = (answer: Answer): string[] => {
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<CodeList>().codes.map(({ code }) => code)
}
const works = async (code?: string) =>
  (await aBrowser(w).post('/api/session/activation/check', { code })).statusCode === 200
const forClass = async (s: TestSchool, wish: object = {}, by = s.mme_diallo) =>
  (await w.as(by)).post(`/api/classes/${s.class3B.id}/codes`, { key: randomUUID(), ending: 0, ...wish })

test('a class’s codes: the same wish twenty times, also at once, gives the same slips, which work', async () => {
  const s = await aSchool(w.ctx.db)
  const key = randomUUID()
  const first = codesOf(await forClass(s, { key }))
  expect(first).toHaveLength(2)
  const again = await Promise.all(Array.from({ length: 20 }, () => forClass(s, { key })))
  for (const answer of again) expect(codesOf(answer)).toEqual(first)
  expect(await works(first[0])).toBe(true)
  const made = await w.ctx.db
    .selectFrom('account_event')
    .select('id')
    .where('person_id', '=', s.lea.id)
    .execute()
  expect(made).toHaveLength(1)
})

test('slips of which the reader was not told do not stop working; told, they do', async () => {
  const s = await aSchool(w.ctx.db)
  const [slip] = codesOf(await forClass(s))
  const answer = await forClass(s)
  refused(answer, 'codes.made-meanwhile')
  expect(answer.json().ending).toBe(2)
  expect(await works(slip)).toBe(true)
  codesOf(await forClass(s, { ending: 2 }))
  expect(await works(slip)).toBe(false)
})

test('what was used meanwhile, or made anew by somebody else, is not shown again', async () => {
  const s = await aSchool(w.ctx.db)
  const key = randomUUID()
  const [theo, lea] = codesOf(await forClass(s, { key }))
  const body = { code: theo, password: 'sous le grand chêne' }
  expect((await aBrowser(w).post('/api/session/activation', body)).statusCode).toBe(200)
  expect(codesOf(await forClass(s, { key }))).toEqual([lea])
  codesOf(await forClass(s, { ending: 1 }, s.mme_roy))
  expect(codesOf(await forClass(s, { key }))).toEqual([])
})

test('a key is its sender’s own and its wish’s own', async () => {
  const s = await aSchool(w.ctx.db)
  const key = randomUUID()
  const mine = codesOf(await forClass(s, { key }))
  expect(codesOf(await forClass(s, { key, ending: 2 }, s.mme_roy))).not.toEqual(mine)
  const one = async () => (await w.as(s.mme_roy)).post(`/api/accounts/${s.lea.id}/code`, { key })
  const single = codesOf(await one())
  expect(codesOf(await one())).toEqual(single)
  expect(await works(single[0])).toBe(true)
})

test('a school at once, twice, is made once; and its history says who made what, and what that ended', async () => {
  const s = await aSchool(w.ctx.db)
  const roy = await w.as(s.mme_roy)
  const wish = { key: randomUUID(), who: 'student', ending: 2 }
  codesOf(await forClass(s))
  const send = () => roy.post(`/api/schools/${s.school.id}/codes`, wish)
  const first = codesOf(await send())
  expect(codesOf(await send())).toEqual(first)
  const one = { key: randomUUID(), who: 'guardian', ending: 0, classes: [s.class3A.id] }
  codesOf(await roy.post(`/api/schools/${s.school.id}/codes`, one))
  const plan: CodesPlan = (await roy.get(`/api/schools/${s.school.id}/codes?who=student`)).json()
  expect(
    plan.runs.map(({ by, audience, title, classes, made, ended }) => [
      by,
      audience,
      title,
      classes,
      made,
      ended,
    ]),
  ).toEqual([
    ['Claire Roy', 'guardian', null, 1, 0, 0],
    ['Claire Roy', 'student', null, null, 3, 2],
    ['Aminata Diallo', 'student', '3e B', 1, 2, 0],
  ])
})

test('what is kept gives nobody a code: the sender’s key is not among it', async () => {
  const s = await aSchool(w.ctx.db)
  const key = randomUUID()
  codesOf(await forClass(s, { key }))
  const rows = await w.ctx.db
    .selectFrom('code_run')
    .selectAll()
    .where('school_id', '=', s.school.id)
    .execute()
  expect(rows).toHaveLength(1)
  expect(rows[0]?.wish_hash).toHaveLength(32)
  expect(JSON.stringify(rows)).not.toContain(key)
})
