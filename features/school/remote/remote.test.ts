// A school goes to a distance: sheets say so, paper work can be handed in, and nobody else can switch it.
import { expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { ClassId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot } from '#test/world'
import { remotePeriods } from './remote-actions.ts'
import { remoteOn } from './remote-rules.ts'

const w = await aWorkspace()
const today = '2026-11-24'
const draft = { from: today, to: '2026-11-27', word: 'La neige ferme le collège.' }

test('the whole school: lessons lose their room, and pages say until when', async () => {
  const s = await aSchool(w.ctx.db)
  await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo, room: '12' }, [today])
  const head = await w.as(s.mme_roy)
  const url = `/api/schools/${s.school.id}/remote`
  const planned = (await head.post(url, draft)).json()
  expect(planned.periods).toMatchObject([{ state: 'on', classes: null, madeBy: 'Claire Roy', ...draft }])
  const sheet = async (person: typeof s.lea, key: string) =>
    (await (await w.as(person)).get(sheetPath(key, `day/${today}`))).json()
  for (const [person, key] of [
    [s.lea, s.class3B.key],
    [s.mme_diop, s.class3B.key],
    [s.mme_diallo, s.mme_diallo.key],
    [s.mme_roy, s.school.key],
  ] as const) {
    const day = await sheet(person, key)
    expect(day.remote).toEqual(draft)
    expect(day.lessons[0]).toMatchObject({ remote: true })
    expect(day.lessons[0].room).toBeUndefined()
  }
  const ended = (await head.delete(`${url}/${planned.periods[0].id}`)).json()
  expect(ended.periods).toMatchObject([{ state: 'taken-back', endedBy: 'Claire Roy' }])
  expect((await sheet(s.lea, s.class3B.key)).lessons[0]).toMatchObject({ room: '12' })
  refused(await head.delete(`${url}/${planned.periods[0].id}`), 'remote.over')
})

test('one class: its groups too for their teacher, and nobody of another class', async () => {
  const s = await aSchool(w.ctx.db)
  await aSlot(w.ctx.db, s.school, { class: s.group1, teacher: s.mme_diallo, room: '1' }, [today])
  await aSlot(w.ctx.db, s.school, { class: s.class3A, teacher: s.m_benali, room: '2' }, [today])
  const url = `/api/schools/${s.school.id}/remote`
  const head = await w.as(s.mme_roy)
  expect((await head.post(url, { ...draft, classes: [s.class3B.id] })).statusCode).toBe(200)
  const day = async (person: typeof s.lea, key: string) =>
    (await (await w.as(person)).get(sheetPath(key, `day/${today}`))).json()
  expect((await day(s.mme_diallo, s.mme_diallo.key)).lessons[0]).toMatchObject({ remote: true })
  expect((await day(s.nour, s.class3A.key)).remote).toBeUndefined()
  expect((await day(s.nour, s.class3A.key)).lessons[0]).toMatchObject({ room: '2' })
  const periods = (await remotePeriods(w.ctx, [s.school.id], today, today)).get(s.school.id) ?? []
  const isRemote = (classId: ClassId | null) => remoteOn(periods, classId, today) !== null
  expect(isRemote(s.class3B.id)).toBe(true)
  expect(isRemote(s.group1.id)).toBe(true)
  expect(isRemote(s.class3A.id)).toBe(false)
  expect(isRemote(null)).toBe(false)
  refused(await head.post(url, draft), 'remote.overlaps')
})

test('work on paper can be handed in while the class is at a distance, unless the school says no', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const work = { title: 'Cahier', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: false, attachments: [] }
  const { id } = (await teacher.post(`/api/classes/${s.class3B.id}/homework`, work)).json()
  const lea = await w.as(s.lea)
  const handIn = () => lea.post(`/api/homework/${id}/submissions`, { text: 'ma page', files: [] })
  const may = async () => (await lea.get(`/api/homework/${id}/mine`)).json().mayHandIn
  refused(await handIn(), 'homework.no-hand-in')
  expect(await may()).toBe(false)
  const head = await w.as(s.mme_roy)
  await head.post(`/api/schools/${s.school.id}/remote`, draft)
  expect(await may()).toBe(true)
  const settings = `/api/schools/${s.school.id}/settings`
  await head.put(settings, { remoteHandIn: false })
  expect(await may(), 'what was remembered is forgotten').toBe(false)
  refused(await handIn(), 'homework.no-hand-in')
  await head.put(settings, { remoteHandIn: true })
  expect((await handIn()).json()).toMatchObject({ submission: { text: 'ma page' } })
})

test('teachers, pupils and guardians of the school switch nothing, nor may a class of another school be named', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = `/api/schools/${s.school.id}/remote`
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, other.mme_roy]) {
    const sender = await w.as(person)
    refused(await sender.get(url), 'absent')
    refused(await sender.post(url, draft), 'absent')
    refused(await sender.put(`/api/schools/${s.school.id}/settings`, { remoteHandIn: false }), 'absent')
  }
  const head = await w.as(s.mme_roy)
  refused(await head.post(url, { ...draft, classes: [other.class3B.id] }), 'remote.class-unknown')
  const theirs = (
    await (await w.as(other.mme_roy)).post(`/api/schools/${other.school.id}/remote`, draft)
  ).json()
  refused(await head.delete(`${url}/${theirs.periods[0].id}`), 'absent')
})

test('a school goes to a distance by its own days, overseas too', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db.updateTable('org').set({ zone: 'Pacific/Tahiti' }).where('id', '=', s.school.id).execute()
  const head = await w.as(s.mme_roy)
  const url = `/api/schools/${s.school.id}/remote`
  const planned = (await head.post(url, { ...draft, from: '2026-11-23' })).json()
  expect(planned).toMatchObject({ today: '2026-11-23', periods: [{ state: 'on', from: '2026-11-23' }] })
})
