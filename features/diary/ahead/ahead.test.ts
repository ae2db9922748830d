// What is written ahead, through whole requests: read by those who may write it, and by nobody else, whatever the class
// has been shown.
import { beforeAll, expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aPerson, aSchool, aSlot, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const later = '2026-11-27'
let s: TestSchool
let other: TestSchool
let ahead: string

beforeAll(async () => {
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
  ahead = `/api/classes/${s.class3B.id}/diary/ahead`
})

type Of = Omit<Parameters<typeof aSlot>[2], 'class'> & { class?: TestSchool['class3B'] }
/** An entry that the class sees from the lesson's day on. */
async function write(by: TestPerson, body: string, of: Of = {}, on = later): Promise<string> {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, ...of }, [on])
  const draft = { body, attachments: [], shownOnDay: true }
  const answer = await (await w.as(by)).put(`/api/lessons/${slot.id}.${on}/entry`, draft)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().lessonId as string
}
const span = 'from=2026-11-23&to=2026-11-29'
async function seenBy(person: TestPerson, query = span): Promise<string[]> {
  const answer = await (await w.as(person)).get(`${ahead}?${query}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().entries.map(({ body }: { body: string }) => body)
}
const weekOf = async (person: TestPerson) =>
  (await (await w.as(person)).get(`/api/classes/${s.class3B.id}/diary?week=2026-11-23`)).body

test('one’s own is seen by oneself, a lesson of nobody’s by all who teach the class, and neither by the class', async () => {
  await write(s.mme_diallo, 'seule', { teacher: s.mme_diallo, start: '08:00', end: '08:55' })
  await write(s.mme_diallo, 'ensemble', { start: '10:00', end: '10:55' })
  const inGroup = { class: s.group1, teacher: s.mme_diallo, title: 'Latin', start: '11:00', end: '11:55' }
  await write(s.mme_diallo, 'en groupe', inGroup)
  expect(await seenBy(s.mme_diallo)).toEqual(['seule', 'ensemble', 'en groupe'])
  expect(await seenBy(s.mme_diallo, `${span}&subject=Latin`)).toEqual(['en groupe'])
  expect(await seenBy(s.mme_diallo, 'from=2026-11-23&to=2026-11-26')).toEqual([])
  expect(await seenBy(s.m_benali)).toEqual(['ensemble'])
  for (const reader of [s.lea, s.mme_diop, s.mme_roy]) expect(await seenBy(reader)).toEqual([])
  for (const reader of [s.lea, s.mme_diallo]) {
    const week = await weekOf(reader)
    for (const body of ['seule', 'ensemble', 'en groupe']) expect(week).not.toContain(body)
  }
  const { entries } = (await (await w.as(s.mme_diallo)).get(`${ahead}?${span}`)).json()
  expect(entries[2]).toMatchObject({ date: later, group: { title: s.group1.title } })
  for (const hidden of ['authorId', 'version', 'classId', 'slotId'])
    expect(Object.keys(entries[0])).not.toContain(hidden)
})

test('who covers a lesson and teaches the class sees what the absent teacher prepared for it, and only that', async () => {
  const day = '2026-12-03'
  const of = { teacher: s.mme_diallo, start: '08:00', end: '08:55' }
  const lesson = await write(s.mme_diallo, 'à couvrir', of, day)
  await write(s.mme_diallo, 'pas à couvrir', { ...of, start: '10:00', end: '10:55' }, day)
  const week = 'from=2026-11-30&to=2026-12-06'
  const head = await w.as(s.mme_roy)
  const away = { teacherId: s.mme_diallo.id, from: { date: day }, to: { date: day } }
  await head.post(`/api/schools/${s.school.id}/absences`, away)
  expect(await seenBy(s.m_benali, week)).toEqual([])
  const cover = (teacher: TestPerson) =>
    head.put(`/api/lessons/${lesson}/cover`, { kind: 'teacher', teacherId: teacher.id, anyway: true })
  expect((await cover(s.m_benali)).statusCode).toBe(200)
  expect(await seenBy(s.m_benali, week)).toEqual(['à couvrir'])
  expect(await seenBy(s.mme_diallo, week)).toEqual(['à couvrir', 'pas à couvrir'])
  // Whoever only covers does not see the class, so neither this.
  const morel = await aPerson(w.ctx.db, s.school, 'teacher', 'Lucie', 'Morel')
  await cover(morel)
  refused(await (await w.as(morel)).get(`${ahead}?${week}`), 'absent')
  expect(await seenBy(s.m_benali, week)).toEqual([])
})

test('on its day it is the class’s, in the school’s zone, and no more ahead', async () => {
  const on = '2026-12-10'
  const week = 'from=2026-12-07&to=2026-12-13'
  await write(s.mme_diallo, 'demain', { teacher: s.mme_diallo }, on)
  const zone = (name: string) =>
    w.ctx.db.updateTable('org').set({ zone: name }).where('id', '=', s.school.id).execute()
  await zone('Indian/Reunion')
  w.clock.set('2026-12-09T19:30:00Z')
  expect(await seenBy(s.mme_diallo, week), 'half past eleven in the evening').toEqual(['demain'])
  w.clock.set('2026-12-09T20:30:00Z')
  expect(await seenBy(s.mme_diallo, week), 'it is the tenth there').toEqual([])
  w.clock.set('2026-11-24T06:50:00Z')
  await zone('Europe/Paris')
})

test('it is nothing to another class’s or another school’s people', async () => {
  for (const person of [s.nour, other.lea, other.mme_diallo, other.mme_diop, other.mme_roy])
    refused(await (await w.as(person)).get(`${ahead}?${span}`), 'absent')
  refused(await w.nobody.get(`${ahead}?${span}`), 'session.needed')
  const diallo = await w.as(s.mme_diallo)
  refused(await diallo.get(`${ahead}?from=2026-11-29&to=2026-11-23`), 'diary.period-too-long')
})
