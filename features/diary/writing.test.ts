// Two who write one lesson's entry, through whole requests: nobody overwrites what they have not read, and nobody clashes
// with themself.
import { beforeAll, expect, test } from 'vitest'
import type { Id } from '#platform/ids'
import { newId } from '#platform/ids'
import { aWorkspace, refused, type Sender } from '#test/app'
import { aPerson, aSchool, aSlot, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const day = '2026-11-24'
let s: TestSchool
let other: TestSchool
let diallo: Sender
let benali: Sender

beforeAll(async () => {
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
  diallo = await w.as(s.mme_diallo)
  benali = await w.as(s.m_benali)
})

/** A lesson that the timetable gives to no one teacher: all who teach the class write it. */
async function aSharedLesson(date = day): Promise<string> {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B }, [date])
  return `/api/lessons/${slot.id}.${date}/entry`
}
const anAttempt = () => newId<Id<'attempt'>>(w.clock.now())
const draft = (body: string, over = {}) => ({ body: `<p>${body}</p>`, attachments: [], ...over })
const standing = async (lesson: string, reader = diallo) => (await reader.get(lesson)).json().written

test('whoever began from an older version is refused, nothing is overwritten, and both can be read', async () => {
  const lesson = await aSharedLesson()
  const first = (await diallo.put(lesson, draft('un'))).json()
  expect(first).toMatchObject({ version: 1, mine: true })
  expect(await standing(lesson, benali)).toMatchObject({ version: 1, mine: false, teacher: 'Aminata Diallo' })
  const his = await benali.put(lesson, draft('deux', { version: 1 }))
  expect(his.json(), his.body).toMatchObject({ id: first.id, version: 2, teacher: 'Karim Benali' })

  const hers = await diallo.put(lesson, draft('un bis', { version: 1 }))
  expect(hers.statusCode).toBe(409)
  refused(hers, 'diary.changed-meanwhile')
  expect(await standing(lesson)).toMatchObject({ body: '<p>deux</p>', version: 2, mine: false })
  // Having read it, she may write over it.
  const knowingly = await diallo.put(lesson, draft('un bis', { version: 2 }))
  expect(knowingly.json()).toMatchObject({ body: '<p>un bis</p>', version: 3 })
})

test('the covering and the absent teacher: the one who has not read the other’s text is refused', async () => {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, [day])
  const morel = await aPerson(w.ctx.db, s.school, 'teacher', 'Lucie', 'Morel')
  const head = await w.as(s.mme_roy)
  const away = { teacherId: s.mme_diallo.id, from: { date: day }, to: { date: day } }
  await head.post(`/api/schools/${s.school.id}/absences`, away)
  const cover = { kind: 'teacher', teacherId: morel.id, anyway: true }
  expect((await head.put(`/api/lessons/${slot.id}.${day}/cover`, cover)).statusCode).toBe(200)
  const lesson = `/api/lessons/${slot.id}.${day}/entry`
  const { version } = (await diallo.put(lesson, draft('à faire'))).json()
  await (await w.as(morel)).put(lesson, draft('fait', { version }))
  refused(await diallo.put(lesson, draft('à faire, et plus', { version })), 'diary.changed-meanwhile')
  expect(await standing(lesson)).toMatchObject({ body: '<p>fait</p>', teacher: 'Lucie Morel' })
})

test('of two who write a first entry at once one is refused', async () => {
  for (let turn = 0; turn < 5; turn++) {
    const lesson = await aSharedLesson()
    const answers = await Promise.all([
      diallo.put(lesson, draft('l’une')),
      benali.put(lesson, draft('l’autre')),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    const kept = answers.find(({ statusCode }) => statusCode === 200)?.json()
    expect(await standing(lesson)).toMatchObject({ id: kept.id, body: kept.body, version: 1 })
  }
})

test('of ten changes at once from one version one is kept', async () => {
  const lesson = await aSharedLesson()
  await diallo.put(lesson, draft('un'))
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      (i % 2 ? diallo : benali).put(lesson, draft(`${i}`, { version: 1 })),
    ),
  )
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  expect(await standing(lesson)).toMatchObject({ version: 2 })
})

test('the same content twice is no clash, and no change', async () => {
  const lesson = await aSharedLesson()
  const first = (await diallo.put(lesson, draft('pareil'))).json()
  w.clock.set('2026-11-24T07:30:00Z')
  for (const sender of [benali, diallo]) {
    const again = await sender.put(lesson, draft('pareil'))
    expect(again.json()).toEqual({ ...first, mine: sender === diallo })
  }
  refused(await benali.put(lesson, draft('pareil', { shownOnDay: true })), 'diary.changed-meanwhile')
})

test('a save whose answer was lost does not clash with itself, and does with somebody else’s', async () => {
  const lesson = await aSharedLesson()
  const lost = anAttempt()
  await diallo.put(lesson, draft('un', { attempt: lost }))
  // No answer came: she repeats it, then goes on writing from nothing.
  expect(
    (await diallo.put(lesson, draft('un', { attempt: anAttempt(), unanswered: [lost] }))).json().version,
  ).toBe(1)
  const second = anAttempt()
  const on = await diallo.put(lesson, draft('un, deux', { attempt: second, unanswered: [lost] }))
  expect(on.json(), on.body).toMatchObject({ version: 2, attempt: second })
  await benali.put(lesson, draft('trois', { version: 2, attempt: anAttempt() }))
  const late = draft('un, deux, quatre', { attempt: anAttempt(), unanswered: [lost, second] })
  refused(await diallo.put(lesson, late), 'diary.changed-meanwhile')
})

test('what was taken out or written anew meanwhile is not what one has read', async () => {
  const lesson = await aSharedLesson()
  const { id } = (await diallo.put(lesson, draft('un'))).json()
  expect((await benali.delete(`/api/entries/${id}?version=1`)).statusCode).toBe(204)
  expect(await standing(lesson)).toBeNull()
  refused(await diallo.put(lesson, draft('un bis', { version: 1 })), 'diary.changed-meanwhile')
  const anew = (await benali.put(lesson, draft('autre'))).json()
  expect(anew.id).not.toBe(id)
  refused(await diallo.put(lesson, draft('un bis', { version: 1 })), 'diary.changed-meanwhile')
  refused(await diallo.delete(`/api/entries/${anew.id}?version=1`), 'diary.changed-meanwhile')
  expect(await standing(lesson)).toMatchObject({ body: '<p>autre</p>' })
})

test('what stands in a lesson is told to those who may write it, and to nobody else', async () => {
  const lesson = await aSharedLesson()
  await diallo.put(lesson, draft('ensemble'))
  const others: TestPerson[] = [s.lea, s.mme_diop, s.mme_roy, s.nour]
  for (const person of [...others, other.mme_diallo, other.lea, other.mme_roy])
    refused(await (await w.as(person)).get(lesson), 'absent')
  refused(await w.nobody.get(lesson), 'session.needed')
  const week = `/api/classes/${s.class3B.id}/diary?week=${day}`
  const [read] = (await (await w.as(s.lea)).get(week)).json().entries
  expect(Object.keys(read)).not.toContain('version')
  expect(Object.keys(read)).not.toContain('authorId')
})

test('who has left the staff covers no more, on the school’s own day', async () => {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, [day])
  const petit = await aPerson(w.ctx.db, s.school, 'teacher', 'Jeanne', 'Petit')
  const head = await w.as(s.mme_roy)
  const absences = `/api/schools/${s.school.id}/absences`
  await head.post(absences, { teacherId: s.mme_diallo.id, from: { date: day }, to: { date: day } })
  const cover = { kind: 'teacher', teacherId: petit.id, anyway: true }
  const put = () => head.put(`/api/lessons/${slot.id}.${day}/cover`, cover)
  expect((await put()).statusCode).toBe(200)
  const lesson = `/api/lessons/${slot.id}.${day}/entry`
  const sender = await w.as(petit)
  expect((await sender.get(lesson)).statusCode).toBe(200)
  await w.ctx.db
    .updateTable('person_role')
    .set({ end_date: '2026-11-23' })
    .where('person_id', '=', petit.id)
    .execute()
  refused(await sender.get(lesson), 'absent')
  refused(await sender.put(lesson, draft('x')), 'absent')
  const zone = (name: string) =>
    w.ctx.db.updateTable('org').set({ zone: name }).where('id', '=', s.school.id).execute()
  // In Tahiti it is the evening of the 23rd: the last day of whoever leaves then.
  await zone('Pacific/Tahiti')
  expect((await sender.get(lesson)).statusCode).toBe(200)
  expect((await put()).statusCode).toBe(200)
  expect((await head.get(`/api/lessons/${slot.id}.${day}/cover`)).body).toContain(petit.id)
  await zone('Europe/Paris')
  expect((await head.get(`/api/lessons/${slot.id}.${day}/cover`)).body).not.toContain(petit.id)
  refused(await put(), 'cover.teacher-unknown')
})
