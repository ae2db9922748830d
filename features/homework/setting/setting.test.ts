// For whom homework is, from when on, until when for whom: in whole requests.
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { PersonalPart } from '#feature/today/contract.ts'
import { publishDue } from '#features/homework'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused, tuesday } from '#test/app'
import { markCopy } from '#test/marking'
import { base, dayOf, due, later, settingIn } from '#test/setting'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import type { WorkList } from '../contract.ts'
import type { Grid } from '../marking/grid-contract.ts'

const w = await aWorkspace()
beforeEach(() => w.clock.set(Date.parse(tuesday)))
const { setBy, get, settingOf } = settingIn(w)

async function aFile(s: TestSchool, owner: TestPerson): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from(`%PDF-1.4 ${id}`)]))
  const row = { id, school_id: s.school.id, owner_id: owner.id, ...stored, name: 'fiche.pdf' }
  const rest = { type: 'application/pdf', view_sha256: null, created_at: new Date(w.clock.now()) }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, ...rest })
    .execute()
  return id
}

/** Nothing of a title, wherever somebody looks. */
async function seesNothing(s: TestSchool, by: TestPerson, url: string, file?: FileId): Promise<void> {
  const sender = await w.as(by)
  refused(await sender.get(url), 'absent')
  refused(await sender.get(`${url}/mine`), 'absent')
  refused(await sender.put(`${url}/tick`), 'absent')
  refused(await sender.post(`${url}/submissions`, { text: 'a', files: [] }), 'absent')
  refused(await sender.get(sheetPath(s.class3B.key, `homework/${url.split('/').at(-1)}`)), 'absent')
  if (file) refused(await sender.get(`/files/${file}/fiche.pdf`), 'absent')
  const lists = [dayOf(s), sheetPath(s.class3B.key, 'week/2026-11-23'), '/api/today', '/api/homework']
  for (const list of lists) expect((await sender.get(list)).body, list).not.toContain(base.title)
}

test('homework for a named pupil exists for the pupil, the guardian and the teachers alone', async () => {
  const s = await aSchool(w.ctx.db)
  const file = await aFile(s, s.mme_diallo)
  const { id, url } = await setBy(s, { pupils: [s.lea.id], attachments: [file], minutes: 30 })
  await seesNothing(s, s.theo, url, file)
  for (const by of [s.nour, s.mme_roy]) {
    refused(await (await w.as(by)).get(url), 'absent')
    refused(await (await w.as(by)).get(`/files/${file}/fiche.pdf`), 'absent')
  }
  for (const list of [dayOf(s), sheetPath(s.class3B.key, 'week/2026-11-23')])
    expect((await (await w.as(s.lea)).get(list)).body, 'on no sheet of the class').not.toContain(base.title)

  const own = {
    id,
    title: base.title,
    dueAt: due,
    handIn: true,
    documents: 1,
    minutes: 30,
    setOn: '2026-11-24',
  }
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toEqual([
    { ...own, subject: '', teacher: 'Aminata Diallo' },
  ])
  expect((await get<PersonalPart>(s.mme_diop, '/api/today')).children[0]?.own).toMatchObject([own])
  expect((await get<WorkList>(s.lea, '/api/homework')).homework.map((h) => h.id)).toEqual([id])
  expect((await get<WorkList>(s.mme_diop, `/api/homework?child=${s.lea.id}`)).homework).toHaveLength(1)
  for (const by of [s.lea, s.mme_diop, s.mme_diallo, s.m_benali]) {
    expect((await (await w.as(by)).get(url)).json().title).toBe(base.title)
    expect((await (await w.as(by)).get(`/files/${file}/fiche.pdf`)).statusCode).toBe(200)
  }

  const grid = await get<Grid>(s.m_benali, `/api/classes/${s.class3B.id}/grid`)
  expect(grid.homework[0]).toMatchObject({ id, pupils: [s.lea.id], mine: false })
  refused(await (await w.as(s.mme_diallo)).get(`${url}/pupils/${s.theo.id}`), 'absent')
  const teaching = (await get<PersonalPart>(s.mme_diallo, '/api/today')).teaching
  expect(teaching[0]).toMatchObject({ pupils: 1, handedIn: 0 })
  await (await w.as(s.lea)).post(`${url}/submissions`, { text: 'fait', files: [] })
  const csv = (await (await w.as(s.mme_diallo)).get(`/files/homework/${id}/marks.csv`)).body
  expect(csv).toContain('Diop;Léa')
  expect(csv).not.toContain('Bertin')
})

test('what is for one pupil costs their warm page no query, and a cold one no query more', async () => {
  const s = await aSchool(w.ctx.db)
  const [lea, theo] = [await w.as(s.lea), await w.as(s.theo)]
  /** Nothing is made anew in the background any more. */
  const quiet = () => expect.poll(() => w.countQueries(() => pause(250)), { timeout: 10_000 }).toBe(0)
  await setBy(s, { pupils: [s.lea.id] })
  await quiet()
  const cold = await w.countQueries(() => theo.get('/api/today'))
  expect(await w.countQueries(() => lea.get('/api/today'))).toBe(cold)
  expect(await w.countQueries(() => lea.get('/api/today'))).toBe(0)
})

test('named: somebody, of this class; whoever handed in keeps it when it goes to others', async () => {
  const s = await aSchool(w.ctx.db)
  const diallo = await w.as(s.mme_diallo)
  const at = `/api/classes/${s.class3B.id}/homework`
  refused(await diallo.post(at, { ...base, pupils: [] }), 'homework.nobody')
  refused(await diallo.post(at, { ...base, pupils: [s.lea.id, s.nour.id] }), 'homework.pupil-unknown')
  const { url } = await setBy(s)
  await (await w.as(s.lea)).post(`${url}/submissions`, { text: 'ma copie', files: [] })
  refused(await diallo.put(url, { ...base, pupils: [s.nour.id], version: 1 }), 'homework.pupil-unknown')
  expect((await diallo.put(url, { ...base, pupils: [s.theo.id], version: 1 })).statusCode).toBe(200)
  const setting = await settingOf(s, url)
  expect(new Set(setting.pupils)).toEqual(new Set([s.theo.id, s.lea.id]))
  expect(setting.working).toEqual([s.lea.id])
  expect((await (await w.as(s.lea)).get(`${url}/mine`)).json().submission.text).toBe('ma copie')
  expect((await diallo.get(`${url}/pupils/${s.lea.id}`)).json().submission.text).toBe('ma copie')
  refused(await diallo.put(url, base), 'homework.changed-meanwhile')
  await diallo.put(url, { ...base, version: setting.version })
  expect((await settingOf(s, url)).pupils, 'for the whole class again').toBeNull()
})

test('a named pupil who leaves the class finds the homework again on coming back', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s, { pupils: [s.lea.id, s.theo.id] })
  const left = (end: string | null) =>
    w.ctx.db
      .updateTable('enrollment')
      .set({ end_date: end })
      .where('class_id', '=', s.class3B.id)
      .where('person_id', '=', s.lea.id)
      .execute()
  await left('2026-11-20')
  refused(await (await w.as(s.lea)).get(url), 'absent')
  expect((await get<WorkList>(s.lea, '/api/homework')).homework).toEqual([])
  const diallo = await w.as(s.mme_diallo)
  expect((await diallo.put(url, { ...base, pupils: [s.theo.id], version: 1 })).statusCode).toBe(200)
  const more = { pupils: [s.lea.id], dueAt: later }
  refused(await diallo.put(`${url}/extensions`, more), 'homework.pupil-unknown')
  await left(null)
  expect((await (await w.as(s.lea)).get(url)).statusCode).toBe(200)
})

test('homework that is published later is its teachers’ alone, then appears by itself everywhere', async () => {
  const s = await aSchool(w.ctx.db)
  const file = await aFile(s, s.mme_diallo)
  const publishAt = '2026-11-25T07:00:00.000Z'
  const { id, url } = await setBy(s, { publishAt, attachments: [file] })
  for (const by of [s.lea, s.theo]) await seesNothing(s, by, url, file)
  refused(await (await w.as(s.mme_roy)).get(url), 'absent')
  const grid = await get<Grid>(s.m_benali, `/api/classes/${s.class3B.id}/grid`)
  expect(grid.homework[0]).toMatchObject({ id, publishAt })
  expect((await get<PersonalPart>(s.mme_diallo, '/api/today')).teaching[0]).toMatchObject({ publishAt })
  expect((await settingOf(s, url)).homework.setOn, 'set on the day it is seen').toBe('2026-11-25')

  w.clock.set(Date.parse(publishAt) - 1)
  expect(await publishDue(w.ctx)).toBe(0)
  w.clock.set(Date.parse(publishAt))
  expect(await publishDue(w.ctx)).toBe(1)
  expect(await publishDue(w.ctx), 'once').toBe(0)
  expect((await (await w.as(s.lea)).get(url)).json().title).toBe(base.title)
  expect((await (await w.as(s.theo)).get(`/files/${file}/fiche.pdf`)).statusCode).toBe(200)
  const sheet = await (await w.as(s.lea)).get(sheetPath(s.class3B.key, 'day/2026-11-25'))
  expect(sheet.json().work).toMatchObject([{ id }])
})

test('for one pupil and later: the pupil’s kept page has it from that moment on', async () => {
  const s = await aSchool(w.ctx.db)
  const publishAt = '2026-11-25T07:00:00.000Z'
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toEqual([])
  const { id } = await setBy(s, { publishAt, pupils: [s.lea.id] })
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toEqual([])
  w.clock.set(Date.parse(publishAt))
  await publishDue(w.ctx)
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toMatchObject([{ id }])
  expect((await get<PersonalPart>(s.theo, '/api/today')).own).toEqual([])
})

test('publication is moved, brought forward, and refused after the due date or once it is seen', async () => {
  const s = await aSchool(w.ctx.db)
  const diallo = await w.as(s.mme_diallo)
  const at = `/api/classes/${s.class3B.id}/homework`
  refused(await diallo.post(at, { ...base, publishAt: due }), 'homework.published-after-due')
  const { url } = await setBy(s, { publishAt: '2026-11-25T07:00:00.000Z' })
  const publish = (moment: string | null) => diallo.put(`${url}/publication`, { at: moment })
  refused(await publish(later), 'homework.published-after-due')
  expect((await publish('2026-11-25T10:00:00.000Z')).json().publishAt).toBe('2026-11-25T10:00:00.000Z')
  const kept = { ...base, publishAt: '2026-11-25T11:00:00.000Z' }
  const { version } = await settingOf(s, url)
  expect((await diallo.put(url, { ...kept, version })).statusCode).toBe(200)
  await seesNothing(s, s.lea, url)
  expect((await publish(null)).json()).toMatchObject({ publishAt: null, homework: { setOn: '2026-11-24' } })
  expect((await publish(null)).statusCode, 'twice is once').toBe(200)
  expect((await (await w.as(s.lea)).get(url)).statusCode).toBe(200)
  refused(await publish('2026-11-25T10:00:00.000Z'), 'homework.published-already')
  refused(
    await diallo.put(url, { ...kept, version: (await settingOf(s, url)).version }),
    'homework.published-already',
  )
  await diallo.delete(url)
  refused(await publish(null), 'homework.withdrawn')
  for (const by of [s.lea, s.mme_diop, s.mme_roy]) {
    refused(await (await w.as(by)).put(`${url}/publication`, { at: null }), 'absent')
    refused(await (await w.as(by)).get(`${url}/setting`), 'absent')
  }
})

test('two teachers at once: the second is told, and nothing is overwritten', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  const [diallo, benali] = [await w.as(s.mme_diallo), await w.as(s.m_benali)]
  const { version } = await settingOf(s, url)
  expect((await benali.put(url, { ...base, title: 'Première', version })).statusCode).toBe(200)
  refused(await diallo.put(url, { ...base, title: 'Seconde', version }), 'homework.changed-meanwhile')
  const now = await settingOf(s, url)
  expect(now).toMatchObject({ changedBy: 'Karim Benali', homework: { title: 'Première' } })
  const again = { ...base, title: 'Seconde', version: now.version }
  expect((await diallo.put(url, again)).json().title).toBe('Seconde')
  const both = await Promise.all(
    [diallo, benali].map((by, i) => by.put(url, { ...again, title: `${i}`, version: now.version + 1 })),
  )
  expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
  refused(await benali.put(url, { ...base, title: 'Sans version' }), 'homework.changed-meanwhile')
})

test('a change whose answer was lost and that is sent again clashes with nobody, and is no change', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  const [diallo, benali] = [await w.as(s.mme_diallo), await w.as(s.m_benali)]
  const { version } = await settingOf(s, url)
  const wish = { ...base, title: 'Relire', pupils: [s.theo.id], version }
  expect((await diallo.put(url, wish)).statusCode).toBe(200)
  const after = await settingOf(s, url)
  for (const by of [diallo, benali]) expect((await by.put(url, wish)).statusCode).toBe(200)
  expect(await settingOf(s, url)).toEqual(after)
  refused(await benali.put(url, { ...wish, pupils: [s.lea.id] }), 'homework.changed-meanwhile')
})

test('a due date that has passed in the school’s zone is past, wherever the sender’s clock stands', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db.updateTable('org').set({ zone: 'Indian/Reunion' }).where('id', '=', s.school.id).execute()
  const diallo = await w.as(s.mme_diallo)
  const at = `/api/classes/${s.class3B.id}/homework`
  // 10:00 in Saint-Denis, while it is 10:50 there and 7:50 in Paris.
  refused(await diallo.post(at, { ...base, dueAt: '2026-11-24T06:00:00Z' }), 'homework.due-in-past')
  w.clock.set(Date.parse('2026-11-24T20:30:00Z'))
  const set = await diallo.post(at, base)
  expect(set.json().setOn, 'the next day has begun there').toBe('2026-11-25')
})

test('a mark written for a pupil keeps the homework with them', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `${url}/pupils/${s.lea.id}`, { mark: '12' })
  await diallo.put(url, { ...base, pupils: [s.theo.id], version: 1 })
  expect(new Set((await settingOf(s, url)).pupils)).toEqual(new Set([s.theo.id, s.lea.id]))
})
