// More time for some pupils: in whole requests.
import { beforeEach, expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { PersonalPart } from '#feature/today/contract.ts'
import { aWorkspace, refused, tuesday } from '#test/app'
import { base, dayOf, due, later, settingIn } from '#test/setting'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import type { WorkList } from '../contract.ts'
import type { Grid } from '../marking/grid-contract.ts'

const w = await aWorkspace()
beforeEach(() => w.clock.set(Date.parse(tuesday)))
const { setBy, get, settingOf } = settingIn(w)

test('more time is the pupil’s everywhere and nobody else’s', async () => {
  const s = await aSchool(w.ctx.db)
  const { id, url } = await setBy(s)
  const diallo = await w.as(s.mme_diallo)
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toEqual([])
  const given = await diallo.put(`${url}/extensions`, {
    pupils: [s.lea.id],
    dueAt: later,
    word: ' Repose-toi. ',
  })
  expect(given.json().extensions).toEqual([{ pupilId: s.lea.id, dueAt: later, word: 'Repose-toi.' }])
  const extension = { was: due, word: 'Repose-toi.' }
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toMatchObject([{ id, dueAt: later, extension }])
  expect((await get<PersonalPart>(s.mme_diop, '/api/today')).children[0]?.own).toMatchObject([{ extension }])
  expect((await get<WorkList>(s.lea, '/api/homework')).homework).toMatchObject([{ dueAt: later, extension }])
  const mine = `${url}/mine?child=${s.lea.id}`
  expect((await (await w.as(s.mme_diop)).get(mine)).json().homework).toMatchObject({
    dueAt: later,
    extension,
  })
  expect((await diallo.get(`${url}/pupils/${s.lea.id}`)).json().homework).toMatchObject({ dueAt: later })
  const grid = await get<Grid>(s.m_benali, `/api/classes/${s.class3B.id}/grid`)
  expect(grid.extensions).toEqual([{ pupilId: s.lea.id, homeworkId: id, dueAt: later }])
  for (const list of ['/api/today', '/api/homework', `${url}/mine`, url, dayOf(s)])
    expect((await (await w.as(s.theo)).get(list)).body, list).not.toMatch(/Repose|2026-11-30/)

  w.clock.set(Date.parse(due) + 3_600_000)
  const [lea, theo] = [await w.as(s.lea), await w.as(s.theo)]
  const handedIn = await lea.post(`${url}/submissions`, { text: 'à temps', files: [] })
  expect(handedIn.json()).toMatchObject({ submission: { late: false }, mayHandIn: true })
  expect(handedIn.json().receipt.lisible.join(' ')).toContain('pour le 30/11/2026')
  expect((await theo.post(`${url}/submissions`, { text: 'tard', files: [] })).json().submission.late).toBe(
    true,
  )
  expect((await get<PersonalPart>(s.lea, '/api/today')).own, 'after the class’s date').toHaveLength(1)
})

test('more time given after a late copy makes it in time; taken back, only what had been late is late again', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s)
  const diallo = await w.as(s.mme_diallo)
  w.clock.set(Date.parse(due) + 3_600_000)
  const [lea, theo] = [await w.as(s.lea), await w.as(s.theo)]
  await lea.post(`${url}/submissions`, { text: 'tard', files: [] })
  const both = { pupils: [s.lea.id, s.theo.id] }
  const more = (dueAt: string | null) => diallo.put(`${url}/extensions`, { ...both, dueAt })
  await more(later)
  const late = async (by: typeof lea) => (await by.get(`${url}/mine`)).json().submission.late
  expect(await late(lea)).toBe(false)
  w.clock.set(w.clock.now() + 60_000)
  await theo.post(`${url}/submissions`, { text: 'à temps', files: [] })
  expect((await more(null)).json().extensions).toEqual([])
  expect([await late(lea), await late(theo)]).toEqual([true, false])
  expect((await get<PersonalPart>(s.lea, '/api/today')).own).toEqual([])
})

test('more time: for pupils of the class who have it, ahead, and later than the class’s', async () => {
  const s = await aSchool(w.ctx.db)
  const { url } = await setBy(s, { pupils: [s.lea.id] })
  const diallo = await w.as(s.mme_diallo)
  const more = (pupils: string[], dueAt: string | null) => diallo.put(`${url}/extensions`, { pupils, dueAt })
  refused(await more([s.lea.id, s.nour.id], later), 'homework.pupil-unknown')
  refused(await more([s.theo.id], later), 'homework.pupil-unknown')
  refused(await more([s.lea.id], '2026-11-20T07:00:00Z'), 'homework.due-in-past')
  refused(await more([s.lea.id], '2026-11-25T07:00:00Z'), 'extension.not-later')
  refused(await more([], later), 'request.invalid')
  expect((await settingOf(s, url)).extensions).toEqual([])
  await more([s.lea.id], later)
  await diallo.put(url, { ...base, pupils: [s.lea.id], dueAt: '2026-12-04T07:00:00Z', version: 1 })
  expect((await settingOf(s, url)).extensions, 'overtaken by the class’s date').toEqual([])
  for (const by of [s.lea, s.mme_diop, s.mme_roy])
    refused(await (await w.as(by)).put(`${url}/extensions`, { pupils: [s.lea.id], dueAt: later }), 'absent')
})
