// Absences and covers through whole requests: who may enter them, what everybody then sees, and that it all comes back.
import { expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import { importCalendar } from '#features/timetable'
import { aWorkspace, refused } from '#test/app'
import { aPerson, aSchool, aSlot, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const day = '2026-11-24'
const whole = { from: { date: day }, to: { date: day } }

async function aDay() {
  const s = await aSchool(w.ctx.db)
  const dates = [day, '2026-12-01']
  const french = await aSlot(
    w.ctx.db,
    s.school,
    { class: s.class3B, teacher: s.mme_diallo, room: '112' },
    dates,
  )
  const group = await aSlot(
    w.ctx.db,
    s.school,
    { class: s.group1, teacher: s.mme_diallo, start: '10:00', end: '10:55' },
    dates,
  )
  const maths = await aSlot(
    w.ctx.db,
    s.school,
    { class: s.class3A, teacher: s.m_benali, title: 'Maths', room: '204', start: '08:00', end: '08:55' },
    dates,
  )
  const head = await w.as(s.mme_roy)
  const absences = `/api/schools/${s.school.id}/absences`
  const enter = async (span: object = whole) =>
    (await head.post(absences, { teacherId: s.mme_diallo.id, ...span })).json().id as string
  const coverOf = (slot: { id: string }) => `/api/lessons/${slot.id}.${day}/cover`
  const list = async (date = day) => (await head.get(`${absences}?day=${date}`)).json()
  return { ...s, french, group, maths, head, absences, enter, coverOf, list }
}

type Row = Record<string, unknown> & { id: string }
async function sheetOf(person: TestPerson, key: string, date = day): Promise<Row[]> {
  const answer = await (await w.as(person)).get(sheetPath(key, `day/${date}`))
  return answer.statusCode === 200 ? answer.json().lessons : []
}
const lessonOn = async (s: TestSchool, slot: { id: string }, date = day) =>
  (await sheetOf(s.lea, s.class3B.key, date)).find(({ id }) => id === `${slot.id}.${date}`)

test('all lessons of an absent teacher are off at once, the reason is seen by nobody of the class', async () => {
  const s = await aDay()
  const answer = await s.head.post(s.absences, { teacherId: s.mme_diallo.id, ...whole, reason: 'Opération' })
  expect(answer.json()).toMatchObject({
    reason: 'Opération',
    history: [{ kind: 'entered', by: 'Claire Roy' }],
  })
  for (const slot of [s.french, s.group])
    expect(await lessonOn(s, slot)).toMatchObject({ status: 'cancelled', absent: true })
  expect(await lessonOn(s, s.french, '2026-12-01')).toMatchObject({ status: 'on' })
  const sheets = await Promise.all([sheetOf(s.lea, s.class3B.key), sheetOf(s.mme_diop, s.class3B.key)])
  expect(JSON.stringify(sheets)).not.toContain('Opération')
  const { lessons, absences } = await s.list()
  expect(lessons.map(({ lesson }: { lesson: Row }) => lesson.start)).toEqual(['08:00', '10:00'])
  expect(absences).toMatchObject([{ teacher: { name: 'Aminata Diallo' }, withdrawn: false }])
})

test('one announcement for many lessons', async () => {
  const s = await aDay()
  const heard: (readonly string[])[] = []
  w.ctx.bus.on('class', (ids) => heard.push(ids))
  await s.enter({ from: { date: day }, to: { date: '2026-12-18' } })
  expect(heard[0]?.toSorted()).toEqual([s.class3B.id, s.group1.id].toSorted())
})

test('a cover shows to pupils, guardians and in the covering teacher’s timetable; withdrawing restores the plan', async () => {
  const s = await aDay()
  const id = await s.enter()
  // M. Benali teaches at eight himself.
  const wish = { kind: 'teacher', teacherId: s.m_benali.id, room: 'CDI' }
  refused(await s.head.put(s.coverOf(s.french), wish), 'cover.teacher-is-busy')
  const put = await s.head.put(s.coverOf(s.french), { ...wish, start: '09:00', end: '09:55', note: 'Au CDI' })
  expect(put.json(), put.body).toMatchObject({
    clashes: [],
    lesson: { cover: 'teacher', insteadOf: 'Aminata Diallo' },
  })
  const shown = {
    cover: 'teacher',
    teacher: 'Karim Benali',
    room: 'CDI',
    start: '09:00',
    status: 'moved',
    note: 'Au CDI',
  }
  expect(await lessonOn(s, s.french)).toMatchObject(shown)
  const his = (await sheetOf(s.m_benali, s.m_benali.key)).find((l) => l.id === `${s.french.id}.${day}`)
  expect(his).toMatchObject({ class: { title: '3e B' }, cover: 'teacher', status: 'moved' })
  const hers = (await sheetOf(s.mme_diallo, s.mme_diallo.key)).find((l) => l.id === `${s.french.id}.${day}`)
  expect(hers).toMatchObject({ status: 'cancelled', absent: true })
  expect((await s.list()).lessons.map(({ lesson }: { lesson: Row }) => lesson.cover)).toEqual([
    undefined,
    'teacher',
  ])

  await s.head.delete(`/api/absences/${id}`)
  expect(await lessonOn(s, s.french)).toMatchObject({
    status: 'on',
    start: '08:00',
    room: '112',
    teacher: 'Aminata Diallo',
  })
  expect((await sheetOf(s.m_benali, s.m_benali.key)).map((l) => l.id)).toEqual([`${s.maths.id}.${day}`])
  // Undo brings the cover back with it.
  await s.head.post(`/api/absences/${id}/restore`)
  expect(await lessonOn(s, s.french)).toMatchObject(shown)
  const [{ history }] = (await s.list()).absences
  expect(history.map(({ kind }: { kind: string }) => kind)).toEqual(['entered', 'withdrawn', 'restored'])
})

test('busy people and taken rooms are told, and can be wanted anyway', async () => {
  const s = await aDay()
  await s.enter()
  const room = { kind: 'study', room: '204' }
  refused(await s.head.put(s.coverOf(s.french), room), 'cover.room-is-taken')
  const anyway = await s.head.put(s.coverOf(s.french), { ...room, anyway: true })
  expect(anyway.json().clashes).toEqual(['cover.room-is-taken'])
  expect(await lessonOn(s, s.french)).toMatchObject({ status: 'on', cover: 'study', room: '204' })
  expect((await lessonOn(s, s.french))?.teacher).toBeUndefined()
  refused(await s.head.put(s.coverOf(s.french), { kind: 'teacher' }), 'cover.teacher-missing')
  for (const teacherId of [s.mme_diallo.id, s.lea.id, (await aDay()).m_benali.id])
    refused(await s.head.put(s.coverOf(s.french), { kind: 'teacher', teacherId }), 'cover.teacher-unknown')
  refused(await s.head.put(s.coverOf(s.maths), { kind: 'home' }), 'cover.not-absent')
  const choice = (await s.head.get(s.coverOf(s.french))).json()
  expect(choice.teachers).toMatchObject([{ name: 'Karim Benali', free: false }])
  expect(choice.rooms).toContainEqual({ name: '204', free: false })
  const later = (await s.head.get(`${s.coverOf(s.french)}?start=09:00&end=09:55`)).json()
  expect(later.teachers).toMatchObject([{ free: true }])
  expect((await s.head.delete(s.coverOf(s.french))).json().lesson).toMatchObject({ status: 'cancelled' })
})

test('a shortened absence gives back what is no longer in it, hours count', async () => {
  const s = await aDay()
  const id = await s.enter()
  const morning = { from: { date: day }, to: { date: day, time: '09:00' }, reason: 'Médecin' }
  expect((await s.head.put(`/api/absences/${id}`, morning)).json()).toMatchObject({
    to: { date: day, time: '09:00' },
  })
  expect(await lessonOn(s, s.french)).toMatchObject({ absent: true })
  expect(await lessonOn(s, s.group)).toMatchObject({ status: 'on' })
  const backwards = { from: { date: day }, to: { date: '2026-11-23' } }
  refused(await s.head.put(`/api/absences/${id}`, backwards), 'absence.ends-before-it-starts')
  const draft = { teacherId: s.mme_diallo.id, ...backwards }
  refused(await s.head.post(s.absences, draft), 'absence.ends-before-it-starts')
})

test('whoever covers writes that lesson’s diary and no other, until the cover is gone or two weeks have passed', async () => {
  const s = await aDay()
  const teacher = await aPerson(w.ctx.db, s.school, 'teacher', 'Lucie', 'Morel')
  const morel = await w.as(teacher)
  const entry = (slot: { id: string }, body: string, on = day, version = 0) =>
    morel.put(`/api/lessons/${slot.id}.${on}/entry`, { body, attachments: [], version })
  refused(await entry(s.french, 'x'), 'absent')
  await s.enter({ from: { date: day }, to: { date: '2026-12-01' } })
  refused(await entry(s.french, 'x'), 'absent')
  await s.head.put(s.coverOf(s.french), { kind: 'teacher', teacherId: teacher.id, subject: 'Latin' })
  const written = await entry(s.french, '<p>Version latine</p>')
  expect(written.json(), written.body).toMatchObject({ body: '<p>Version latine</p>' })
  expect(await lessonOn(s, s.french)).toMatchObject({ subject: 'Latin', diary: { id: written.json().id } })
  for (const [slot, on] of [
    [s.group, day],
    [s.french, '2026-12-01'],
    [s.maths, day],
  ] as const)
    refused(await entry(slot, 'x', on), 'absent')
  refused(await morel.get(`/api/classes/${s.class3B.id}/diary?week=${day}`), 'absent')

  await s.head.delete(s.coverOf(s.french))
  refused(await entry(s.french, 'x'), 'absent')
  refused(await morel.delete(`/api/entries/${written.json().id}`), 'absent')
  await s.head.put(s.coverOf(s.french), { kind: 'teacher', teacherId: teacher.id })
  expect((await entry(s.french, 'encore', day, 1)).statusCode).toBe(200)
  const before = w.clock.now()
  w.clock.set('2026-12-09T08:00:00Z')
  refused(await entry(s.french, 'x'), 'absent')
  w.clock.set(before)
})

test('the absent teacher leaves work in the diary, also for study hall', async () => {
  const s = await aDay()
  await s.enter()
  const diallo = await w.as(s.mme_diallo)
  const left = { body: '<p>Lire le chapitre 3</p>', attachments: [] }
  expect((await diallo.put(`/api/lessons/${s.french.id}.${day}/entry`, left)).statusCode).toBe(200)
  await s.head.put(s.coverOf(s.french), { kind: 'study' })
  expect(await lessonOn(s, s.french)).toMatchObject({
    cover: 'study',
    diary: { body: '<p>Lire le chapitre 3</p>' },
  })
})

test('pupils, guardians, colleagues and another school enter nothing; teachers their own where the school allows it', async () => {
  const s = await aDay()
  const other = await aDay()
  const own = { teacherId: s.mme_diallo.id, ...whole }
  const id = await s.enter()
  for (const person of [s.lea, s.mme_diop, s.m_benali, s.mme_diallo, other.mme_roy, other.mme_diallo]) {
    const sender = await w.as(person)
    refused(await sender.post(s.absences, own), 'absent')
    refused(await sender.get(`${s.absences}?day=${day}`), 'absent')
    refused(await sender.put(`${s.absences}/rules`, { teachersEnterAbsences: true }), 'absent')
    refused(await sender.put(`/api/absences/${id}`, whole), 'absent')
    refused(await sender.delete(`/api/absences/${id}`), 'absent')
    refused(await sender.put(s.coverOf(s.french), { kind: 'home' }), 'absent')
    refused(await sender.get(s.coverOf(s.french)), 'absent')
  }
  refused(
    await s.head.post(s.absences, { ...own, teacherId: other.mme_diallo.id }),
    'absence.teacher-unknown',
  )
  await s.head.put(`${s.absences}/rules`, { teachersEnterAbsences: true })
  const diallo = await w.as(s.mme_diallo)
  const mine = (await diallo.post(s.absences, own)).json()
  refused(await diallo.post(s.absences, { ...own, teacherId: s.m_benali.id }), 'absent')
  for (const person of [s.lea, s.mme_diop]) {
    refused(await (await w.as(person)).post(s.absences, { ...own, teacherId: person.id }), 'absent')
  }
  refused(await diallo.put(`/api/absences/${id}`, whole), 'absent')
  const told = (await diallo.get('/api/absences/mine')).json()
  expect(told.schools).toMatchObject([{ mayEnter: true }])
  expect(
    told.absences.map((a: { id: string; mine: boolean }) => [a.id === mine.id, a.mine]).toSorted(),
  ).toEqual([
    [false, false],
    [true, true],
  ])
  expect((await diallo.delete(`/api/absences/${mine.id}`)).json()).toMatchObject({ withdrawn: true })
  expect((await (await w.as(s.lea)).get('/api/absences/mine')).json()).toMatchObject({
    schools: [],
    absences: [],
  })
})

test('imports meanwhile: a moved slot takes its cover along, a new one finds it again, what is lost is told', async () => {
  const s = await aDay()
  const event = (uid: string, start: string, end: string, days = day) =>
    [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'SUMMARY:Français',
      'DESCRIPTION:Classe : 3e B\\nEnseignant : Aminata Diallo',
      `DTSTART;TZID=Europe/Paris:${days.replaceAll('-', '')}T${start}00`,
      `DTEND;TZID=Europe/Paris:${days.replaceAll('-', '')}T${end}00`,
      'END:VEVENT',
    ].join('\r\n')
  const bring = async (...events: string[]) => {
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')
    const report = await importCalendar(w.ctx, {
      schoolId: s.school.id,
      bytes: Buffer.from(text),
      source: 'edt',
    })
    expect(report.problems).toEqual([])
  }
  const imported = async () =>
    (await sheetOf(s.lea, s.class3B.key)).filter(
      (l) => !l.id.startsWith(s.french.id) && !l.id.startsWith(s.group.id),
    )
  await bring(event('a', '1300', '1355'))
  const [first] = await imported()
  await s.enter()
  const study = { kind: 'study', room: 'Permanence' }
  expect((await s.head.put(`/api/lessons/${first?.id}/cover`, study)).statusCode).toBe(200)
  await bring(event('a', '1400', '1455'))
  expect(await imported()).toMatchObject([
    { id: first?.id, start: '14:00', cover: 'study', room: 'Permanence' },
  ])
  // The calendar calls everything by new names: the same lesson, another slot.
  await bring(event('b', '1400', '1455'))
  const [again] = await imported()
  expect(again?.id).not.toBe(first?.id)
  expect(again).toMatchObject({ cover: 'study', room: 'Permanence' })
  // Now it is on another day, when the teacher is there.
  await bring(event('c', '0800', '0855', '2026-11-23'), event('b', '1400', '1455', '2026-11-25'))
  expect(await imported()).toEqual([])
  expect((await sheetOf(s.lea, s.class3B.key, '2026-11-25'))[0]).toMatchObject({ status: 'on' })
  expect((await s.list()).adrift).toMatchObject([{ class: '3e B', subject: 'Français', cover: 'study' }])
})
