// Handing in, from the pupil's side: once, again, late, twice at once, after a cut; and the receipt for each.
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { receiptKeys, verify } from '#features/receipts'
import { type FileId, newId } from '#platform/ids'
import { type Answer, aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { workStatesOf } from './index.ts'

const w: TestWorkspace = await aWorkspace()
const day = 86_400_000

async function homework(s: TestSchool, over: object = {}): Promise<string> {
  const dueAt = new Date(w.clock.now() + day).toISOString()
  const draft = { title: 'Exposé', body: '', dueAt, handIn: true, attachments: [], ...over }
  const answer = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  expect(answer.statusCode, answer.body).toBe(200)
  return `/api/homework/${answer.json().id}`
}

async function aFile(
  s: TestSchool,
  owner: TestPerson,
  content: string,
  name = 'exposé.txt',
): Promise<FileId> {
  const { sha256, bytes } = await w.ctx.files.put(Readable.from([Buffer.from(content)]))
  const id = newId<FileId>(w.clock.now())
  const row = { id, school_id: s.school.id, owner_id: owner.id, sha256, bytes, name, type: 'text/plain' }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, view_sha256: null, created_at: new Date(w.clock.now()) })
    .execute()
  return id
}

const handIn = async (person: TestPerson, url: string, body: object) =>
  (await w.as(person)).post(`${url}/submissions`, { text: '', files: [], ...body })

async function payloadOf(answer: Answer) {
  expect(answer.statusCode, answer.body).toBe(200)
  const verdict = await verify(answer.json().receipt, await receiptKeys(w.ctx))
  if (!verdict.valid) throw new Error(`the receipt does not verify: ${verdict.why}`)
  return verdict.payload
}

test('a pupil hands in text and files and gets a receipt for exactly these', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  const file = await aFile(s, s.lea, 'mon exposé')
  const answer = await handIn(s.lea, url, { text: 'Voici\r\nmon texte', files: [file] })
  const payload = await payloadOf(answer)
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  expect(payload).toMatchObject({
    homework: { title: 'Exposé', class: '3e B', school: 'Collège Rosa-Parks' },
    by: { account: s.lea.id, name: 'Léa Diop' },
    submittedAt: new Date(w.clock.now()).toISOString(),
    late: false,
    text: { bytes: 15, sha256: sha256('Voici\nmon texte') },
    files: [{ name: 'exposé.txt', bytes: 11, sha256: sha256('mon exposé') }],
  })
  const body = answer.json()
  expect(body).toMatchObject({
    state: { state: 'handed-in' },
    submission: { id: payload.submission, text: 'Voici\nmon texte', late: false },
    mayHandIn: true,
  })
  expect(body.submission.files).toMatchObject([{ id: file, name: 'exposé.txt' }])
})

test('the receipt and the file are for the pupil, the guardian and the class’s teachers', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await homework(s)
  const file = await aFile(s, s.lea, 'à lire')
  const answer = await handIn(s.lea, url, { files: [file] })
  const receipt = `/api/submissions/${answer.json().submission.id}/receipt`
  const bytes = `/files/${file}/x`
  for (const person of [s.lea, s.mme_diop, s.mme_diallo, s.m_benali]) {
    const got = await (await w.as(person)).get(receipt)
    expect(got.json()).toEqual(answer.json().receipt)
    expect(got.headers['content-disposition']).toBe('attachment; filename="recu-2026-11-24-expose.json"')
    expect((await (await w.as(person)).get(bytes)).body).toBe('à lire')
  }
  for (const person of [s.theo, s.nour, s.mme_roy, other.lea, other.mme_diop, other.mme_diallo]) {
    refused(await (await w.as(person)).get(receipt), 'absent')
    refused(await (await w.as(person)).get(bytes), 'absent')
  }
  refused(await w.nobody.get(receipt), 'session.needed')
})

test('only pupils of the class hand in, with files of their own', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await homework(s)
  for (const person of [s.nour, s.mme_diallo, s.mme_diop, s.mme_roy, other.lea])
    refused(await handIn(person, url, { text: 'x' }), 'absent')
  const theos = await aFile(s, s.theo, 'de Théo')
  refused(await handIn(s.lea, url, { files: [theos] }), 'file.not-yours')
  refused(await handIn(s.lea, url, { files: [newId<FileId>(0)] }), 'file.not-yours')
  refused(await handIn(s.lea, url, { text: ' \n ' }), 'submission.empty')
  refused(await handIn(s.lea, await homework(s, { handIn: false }), { text: 'x' }), 'homework.no-hand-in')
})

test('until the due date a hand-in is replaced and the older ones are kept', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  const first = await payloadOf(await handIn(s.lea, url, { text: 'un' }))
  w.clock.advance(60_000)
  const second = await payloadOf(await handIn(s.lea, url, { text: 'deux' }))
  expect(second.submission).not.toBe(first.submission)
  const rows = await w.ctx.db
    .selectFrom('submission')
    .selectAll()
    .where('pupil_id', '=', s.lea.id)
    .orderBy('submitted_at')
    .execute()
  expect(rows.map((r) => [r.body, r.replaced_at?.toISOString() ?? null])).toEqual([
    ['un', second.submittedAt],
    ['deux', null],
  ])
  w.clock.advance(2 * day)
  refused(await handIn(s.lea, url, { text: 'trois' }), 'submission.closed')
  const mine = (await (await w.as(s.lea)).get(`${url}/mine`)).json()
  expect([mine.submission.text, mine.mayHandIn]).toEqual(['deux', false])
})

test('late work is taken once and marked as late', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  w.clock.advance(day + 1)
  expect((await (await w.as(s.lea)).get(`${url}/mine`)).json().mayHandIn).toBe(true)
  const answer = await handIn(s.lea, url, { text: 'pardon' })
  expect((await payloadOf(answer)).late).toBe(true)
  expect(answer.json()).toMatchObject({ state: { late: true }, submission: { late: true }, mayHandIn: false })
  refused(await handIn(s.lea, url, { text: 'encore' }), 'submission.closed')
})

test('after giving back nothing is replaced', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  await handIn(s.lea, url, { text: 'un' })
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `${url}/pupils/${s.lea.id}`, { mark: '12' })
  await diallo.post(`${url}/give-back`, {})
  refused(await handIn(s.lea, url, { text: 'deux' }), 'submission.closed')
})

test('a retry after a cut is the same hand-in with the same receipt, also after the due date', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  const id = randomUUID()
  const first = await handIn(s.lea, url, { id, text: 'un' })
  w.clock.advance(5000)
  expect((await handIn(s.lea, url, { id, text: 'un' })).json()).toEqual(first.json())
  const later = await handIn(s.lea, url, { text: 'deux' })
  const again = await handIn(s.lea, url, { id, text: 'un' })
  expect(again.json().receipt).toEqual(first.json().receipt)
  expect(again.json().submission.id).toBe(later.json().submission.id)
  w.clock.advance(2 * day)
  expect((await handIn(s.lea, url, { id, text: 'un' })).json().receipt).toEqual(first.json().receipt)
  refused(await handIn(s.theo, url, { id, text: 'x' }), 'absent')
  refused(await handIn(s.lea, await homework(s), { id, text: 'x' }), 'absent')
})

test('two tabs at once leave one current hand-in, and each has its receipt', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  const texts = ['un', 'deux', 'trois', 'quatre']
  const answers = await Promise.all(texts.map((text) => handIn(s.lea, url, { text })))
  const named = await Promise.all(answers.map(async (a) => (await payloadOf(a)).submission))
  expect(new Set(named).size).toBe(4)
  const rows = await w.ctx.db.selectFrom('submission').selectAll().where('pupil_id', '=', s.lea.id).execute()
  expect(rows).toHaveLength(4)
  expect(rows.filter((r) => r.replaced_at === null)).toHaveLength(1)
})

test('the same hand-in sent three times at once is taken once', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  const id = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => handIn(s.lea, url, { id, text: 'un' })))
  const receipts = answers.map((a) => a.json().receipt.signature)
  expect(receipts[0]).toBeTruthy()
  expect(new Set(receipts).size).toBe(1)
})

test('one id for two pieces of homework at once is one hand-in', async () => {
  const s = await aSchool(w.ctx.db)
  const urls = [await homework(s), await homework(s)]
  const id = randomUUID()
  const answers = await Promise.all(urls.map((url) => handIn(s.lea, url, { id, text: 'un' })))
  expect(answers.map((a) => a.statusCode).sort()).toEqual([200, 404])
})

test('work without hand-in is ticked off and unticked', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await homework(s, { handIn: false })
  const lea = await w.as(s.lea)
  expect((await lea.put(`${url}/tick`)).json().state.state).toBe('done')
  expect((await lea.put(`${url}/tick`)).json().state.state).toBe('done')
  expect((await lea.delete(`${url}/tick`)).json().state.state).toBe('to-do')
  refused(await lea.put(`${await homework(s)}/tick`), 'homework.hand-in-asked')
  for (const person of [s.nour, s.mme_diallo, s.mme_diop, other.lea])
    refused(await (await w.as(person)).put(`${url}/tick`), 'absent')
})

test('a guardian reads a child’s work and nobody else’s', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await homework(s)
  await handIn(s.lea, url, { text: 'un' })
  const diop = await w.as(s.mme_diop)
  expect((await diop.get(`${url}/mine?child=${s.lea.id}`)).json()).toMatchObject({
    submission: { text: 'un' },
  })
  const list = (await diop.get(`/api/homework?child=${s.lea.id}`)).json()
  expect(list.states).toMatchObject([{ state: 'handed-in' }])
  expect(list.homework).toHaveLength(1)
  for (const child of [s.theo.id, s.nour.id, other.lea.id]) {
    refused(await diop.get(`${url}/mine?child=${child}`), 'absent')
    refused(await diop.get(`/api/homework?child=${child}`), 'absent')
  }
  for (const person of [other.mme_diop, s.theo, s.mme_diallo])
    refused(await (await w.as(person)).get(`${url}/mine?child=${s.lea.id}`), 'absent')
  for (const person of [s.nour, s.mme_diallo, other.lea])
    refused(await (await w.as(person)).get(`${url}/mine`), 'absent')
})

test.each([true, false])('one look at homework asks the database once; with hand-in: %s', async (handIn) => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s, { handIn })
  const lea = await w.as(s.lea)
  await lea.get(url)
  let queries = 0
  const count = () => queries++
  w.ctx.pool.on('acquire', count)
  const looks: number[] = []
  // Three, of which the cheapest counts: what an earlier test left to be done in the background asks too.
  for (let i = 0; i < 3; i++) {
    const before = queries
    await lea.get(`${url}/mine`)
    looks.push(queries - before)
  }
  w.ctx.pool.off('acquire', count)
  expect(Math.min(...looks)).toBe(1)
})

test('where many pupils stand is asked at once', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await homework(s)
  await handIn(s.lea, url, { text: 'un' })
  await (await w.as(s.theo)).put(`${await homework(s, { handIn: false })}/tick`)
  const states = await workStatesOf(
    w.ctx,
    [s.lea.id, s.theo.id, s.nour.id],
    new Date(w.clock.now()),
    new Date(w.clock.now() + 2 * day),
  )
  expect(states.map((x) => [x.pupilId === s.lea.id ? 'Léa' : 'Théo', x.state]).sort()).toEqual([
    ['Léa', 'handed-in'],
    ['Théo', 'done'],
  ])
})
