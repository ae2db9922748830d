// Given back to be done again: rounds follow each other, each with its copy, mark and receipt.
import { expect, test } from 'vitest'
import { aWorkspace, refused, type Sender, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aSchool, type TestSchool } from '#test/world'
import type { GiveBack } from '../contract.ts'
import type { Marking } from '../scales/contract.ts'

const w: TestWorkspace = await aWorkspace()
const day = 86_400_000
const inDays = (n: number) => new Date(w.clock.now() + n * day).toISOString()

async function setFor3B(s: TestSchool, over: object = {}): Promise<string> {
  const draft = { title: 'Exposé', body: '', dueAt: inDays(1), handIn: true, attachments: [], ...over }
  const answer = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  expect(answer.statusCode, answer.body).toBe(200)
  return `/api/homework/${answer.json().id}`
}
const handIn = async (by: Sender, url: string, text: string) => {
  const answer = await by.post(`${url}/submissions`, { text, files: [] })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const again = (pupils: readonly { id: string }[], over = {}) =>
  ({
    pupils: pupils.map((p) => p.id),
    again: { pupils: pupils.map((p) => p.id), until: inDays(4), word: 'Citer le texte', ...over },
  }) as GiveBack

async function aRound() {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, theo, diallo] = [await w.as(s.lea), await w.as(s.theo), await w.as(s.mme_diallo)]
  const first = await handIn(lea, url, 'un')
  const copy = `${url}/pupils/${s.lea.id}`
  await markCopy(diallo, copy, { mark: '8', feedback: '<p>À reprendre</p>' })
  return { s, url, lea, theo, diallo, first, copy }
}

test('a copy is done again: the earlier one stays with its mark and its receipt', async () => {
  const { s, url, lea, theo, diallo, first, copy } = await aRound()
  await handIn(theo, url, 'la seule')
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '15' })
  const given = await diallo.post(`${url}/give-back`, {
    ...again([s.lea]),
    pupils: [s.lea.id, s.theo.id],
  })
  expect(given.json()).toEqual({ givenBack: 2, renewed: 0, again: 1 })
  expect((await theo.get(`${url}/mine`)).json().state).toMatchObject({ state: 'given-back', mark: '15' })

  const mine = (await lea.get(`${url}/mine`)).json()
  expect(mine).toMatchObject({
    state: { state: 'to-do', mark: '8', round: 2 },
    submission: null,
    result: null,
    mayHandIn: true,
    homework: { dueAt: inDays(4) },
    rounds: [{ round: 1, submission: { text: 'un' }, result: { mark: '8' }, word: 'Citer le texte' }],
  })
  const list = (await lea.get('/api/homework')).json()
  expect(list.states).toMatchObject([{ state: 'to-do', mark: '8', round: 2 }])

  w.clock.advance(2 * day)
  const second = await handIn(lea, url, 'deux')
  expect(second.submission).toMatchObject({ text: 'deux', late: false })
  for (const { submission, receipt } of [first, second])
    expect((await lea.get(`/api/submissions/${submission.id}/receipt`)).json()).toEqual(receipt)
  const grid = async () => (await diallo.get(`/api/classes/${s.class3B.id}/grid`)).json().cells
  const cell = async () => (await grid()).find((c: { pupilId: string }) => c.pupilId === s.lea.id)
  expect(await cell()).toMatchObject({ state: 'handed-in', mark: '8', round: 2 })
  expect(await cell()).not.toHaveProperty('saved')

  const early = { mark: '12', submissionId: first.submission.id, version: 2 }
  refused(await diallo.put(`${copy}/result`, early), 'result.copy-renewed')
  await markCopy(diallo, copy, { mark: '13' })
  expect((await lea.get(`${url}/mine`)).json().state, 'not before it is given back').toMatchObject({
    mark: '8',
  })
  await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] })
  expect((await lea.get(`${url}/mine`)).json()).toMatchObject({
    state: { state: 'given-back', mark: '13', round: 2 },
    result: { mark: '13' },
    rounds: [{ result: { mark: '8' } }],
  })
  expect((await diallo.get(copy)).json()).toMatchObject({
    round: 2,
    rounds: [{ submission: { text: 'un' } }],
  })
})

test('where the best round counts, a worse one does not take its place', async () => {
  const { s, url, lea, diallo, copy } = await aRound()
  const { marking } = (await diallo.get(`${url}/marking`)).json<{ marking: Marking }>()
  await diallo.put(`${url}/marking`, { ...marking, counts: 'best' })
  await markCopy(diallo, copy, { mark: '14' })
  await diallo.post(`${url}/give-back`, again([s.lea]))
  await handIn(lea, url, 'deux')
  await markCopy(diallo, copy, { mark: '9' })
  await diallo.post(`${url}/give-back`, {})
  expect((await lea.get(`${url}/mine`)).json()).toMatchObject({
    state: { mark: '14' },
    result: { mark: '9' },
  })
  await diallo.post(`${url}/give-back`, again([s.lea]))
  await handIn(lea, url, 'trois')
  await markCopy(diallo, copy, { mark: '17' })
  await diallo.post(`${url}/give-back`, {})
  expect((await lea.get(`${url}/mine`)).json()).toMatchObject({
    state: { mark: '17', round: 3 },
    rounds: [{ result: { mark: '14' } }, { result: { mark: '9' } }],
  })
})

test('only a copy that was read is asked for again, by a date to come; otherwise nothing happens to anybody', async () => {
  const { s, url, lea, theo, diallo, copy } = await aRound()
  const post = (body: GiveBack) => diallo.post(`${url}/give-back`, body)
  refused(await post(again([s.lea], { until: inDays(-1) })), 'again.until-passed')
  refused(await post(again([s.lea, s.theo])), 'again.nothing-to-do-again')
  await handIn(lea, url, 'plus récent')
  refused(await post(again([s.lea])), 'again.nothing-to-do-again')
  expect((await lea.get(`${url}/mine`)).json()).toMatchObject({
    rounds: [],
    submission: { text: 'plus récent' },
  })
  const toTick = await setFor3B(s, { handIn: false })
  refused(await diallo.post(`${toTick}/give-back`, again([s.lea])), 'homework.no-hand-in')
  await markCopy(diallo, copy, { mark: '8' })
  expect((await post(again([s.lea]))).json().again).toBe(1)
  refused(await post(again([s.lea])), 'again.nothing-to-do-again')
  expect((await theo.get(`${url}/mine`)).json().rounds).toEqual([])
})

test('a guardian who sees the day alone sees nothing of earlier rounds', async () => {
  const { s, url, diallo } = await aRound()
  await diallo.post(`${url}/give-back`, again([s.lea]))
  const diop = await w.as(s.mme_diop)
  const asked = `${url}/mine?child=${s.lea.id}`
  expect((await diop.get(asked)).json().rounds).toHaveLength(1)
  const decided = { sees: 'day', before: 'all' }
  await (await w.as(s.mme_roy)).put(`/api/pupils/${s.lea.id}/guardians/${s.mme_diop.id}`, decided)
  const seen = (await diop.get(asked)).json()
  expect(seen).toMatchObject({ rounds: [], withheld: true })
  for (const path of [asked, `/api/homework?child=${s.lea.id}`, '/api/today'])
    expect((await diop.get(path)).body, path).not.toMatch(/À reprendre|Citer le texte/)
})
