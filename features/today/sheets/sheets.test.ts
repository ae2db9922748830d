// What stands on the sheets, for whom, and what does not; and that the doors are told of what changes, and only that.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Sheet } from '#door/formats/feed'
import type { DiaryEntryId, HomeworkId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import {
  aClass,
  aPerson,
  aSchool,
  aSlot,
  enroll,
  type TestClass,
  type TestPerson,
  type TestSchool,
} from '#test/world'
import type { DaySheet, WeekSheet } from '../contract.ts'
import { sheetsOfClasses, sheetsToPublish } from './actions.ts'

const w = await aWorkspace()
const db = w.ctx.db
const today = '2026-11-24'

async function work(of: TestClass, by: TestPerson, title: string, over = {}) {
  const c = await db.selectFrom('class').where('id', '=', of.id).select('school_id').executeTakeFirstOrThrow()
  const now = new Date(w.clock.now())
  await db
    .insertInto('homework')
    .values({
      id: randomUUID() as HomeworkId,
      school_id: c.school_id,
      class_id: of.id,
      author_id: by.id,
      set_on: today,
      title,
      body: '',
      due_at: new Date('2026-11-26T17:00:00Z'),
      hand_in: true,
      created_at: now,
      updated_at: now,
      ...over,
    })
    .execute()
}

async function aDay() {
  const s = await aSchool(db)
  const dates = [today, '2026-12-01']
  const french = await aSlot(db, s.school, { class: s.class3B, teacher: s.mme_diallo, room: '12' }, dates)
  const half = await aSlot(
    db,
    s.school,
    { class: s.group1, teacher: s.mme_diallo, start: '10:00', end: '10:55' },
    dates,
  )
  const maths = { class: s.class3A, teacher: s.m_benali, title: 'Maths', start: '09:00', end: '09:55' }
  const other = await aSlot(db, s.school, maths, dates)
  return { ...s, french, half, other }
}

const read = async (who: TestPerson, key: string, name: string) =>
  (await w.as(who)).get(`/sheets/${key}/${name}`)
const day = async (who: TestPerson, of: { key: string }, date = today): Promise<DaySheet> =>
  (await read(who, of.key, `day/${date}`)).json()
const tags = (items: { group?: { title: string } }[]) => items.map((item) => item.group?.title ?? 'all')

test('a homeroom’s day: its own lessons and work, its groups’ with their tag, nothing of another class', async () => {
  const s = await aDay()
  await work(s.class3B, s.mme_diallo, 'Pour tous')
  await work(s.group1, s.mme_diallo, 'Pour le groupe')
  await work(s.class3A, s.m_benali, 'Secret des 3e A')
  await work(s.class3B, s.mme_diallo, 'Retiré', { withdrawn_at: new Date() })
  const sheet = await day(s.lea, s.class3B)
  expect(sheet).toMatchObject({ kind: 'class', title: '3e B', school: 'Collège Rosa-Parks', date: today })
  expect(sheet.lessons.map((l) => `${l.start} ${l.subject} ${l.room ?? ''}`)).toEqual([
    '08:00 Français 12',
    '10:00 Français ',
  ])
  expect(tags(sheet.lessons)).toEqual(['all', '3e B, groupe 1'])
  expect(sheet.lessons[1]?.group?.key).toBe(s.group1.key)
  expect(sheet.work.map((h) => h.title).sort()).toEqual(['Pour le groupe', 'Pour tous'])
  expect(tags(sheet.work).sort()).toEqual(['3e B, groupe 1', 'all'])
  expect(JSON.stringify(sheet)).not.toMatch(/Secret|Maths|Retiré/)
})

test('a class that all of the homeroom attends carries no tag', async () => {
  const s = await aSchool(db)
  const pupils = [s.lea, s.theo]
  const maths = await aClass(db, s.school, '3e B mathématiques', {
    pupils,
    teachers: [s.m_benali],
    type: 'scheduled',
  })
  await aSlot(db, s.school, { class: maths, teacher: s.m_benali }, [today])
  expect(tags((await day(s.theo, s.class3B)).lessons)).toEqual(['all'])
  await enroll(db, s.class3B, await aPerson(db, s.school, 'student', 'Zoé', 'Neuf'), 'student')
  expect(tags((await day(s.theo, s.class3B)).lessons)).toEqual(['3e B mathématiques'])
})

test('pupils without any homeroom have the sheet of their class, with their other classes on it', async () => {
  const s = await aSchool(db)
  const pupil = await aPerson(db, s.school, 'student', 'Ada', 'Seule')
  const latin = await aClass(db, s.school, 'Latin', { pupils: [pupil, s.lea], type: 'scheduled' })
  const greek = await aClass(db, s.school, 'Grec', { pupils: [pupil], type: 'scheduled' })
  await aSlot(db, s.school, { class: latin, title: 'Latin' }, [today])
  await aSlot(db, s.school, { class: greek, title: 'Grec', start: '09:00', end: '09:55' }, [today])
  const sheet = await day(pupil, latin)
  expect(sheet.lessons.map((l) => l.subject)).toContain('Latin')
  expect(sheet.lessons.find((l) => l.subject === 'Grec')?.group?.key).toBe(greek.key)
})

test('only a pass that holds the key reads a sheet: not another class, another school, or nobody', async () => {
  const s = await aDay()
  const other = await aDay()
  for (const person of [s.lea, s.mme_diop, s.mme_diallo, s.m_benali])
    expect((await read(person, s.class3B.key, `day/${today}`)).statusCode).toBe(200)
  for (const person of [s.nour, s.mme_roy, other.lea, other.mme_diallo, other.mme_roy])
    refused(await read(person, s.class3B.key, `day/${today}`), 'absent')
  refused(await w.nobody.get(`/sheets/${s.class3B.key}/day/${today}`), 'session.needed')
  refused(await read(s.m_benali, s.mme_diallo.key, `day/${today}`), 'absent')
  refused(await read(other.mme_roy, s.school.key, `day/${today}`), 'absent')
})

test('days and weeks that do not exist are absent', async () => {
  const s = await aDay()
  for (const name of ['day/2026-02-31', 'day/1999-01-01', 'week/2026-11-24', 'day/2031-01-01'])
    refused(await read(s.lea, s.class3B.key, name), 'absent')
  refused(await read(s.lea, s.class3B.key, 'year/2026-11-24'), 'request.invalid')
})

test('a teacher’s day names the classes; without a teacher in the timetable, the class’s lessons are theirs', async () => {
  const s = await aDay()
  await aSlot(db, s.school, { class: s.class3A, title: 'Étude', start: '16:00', end: '16:55' }, [today])
  await work(s.class3B, s.mme_diallo, 'À moi')
  const diallo = await day(s.mme_diallo, s.mme_diallo)
  expect(diallo).toMatchObject({ kind: 'teacher', title: 'Aminata Diallo', school: 'Collège Rosa-Parks' })
  expect(diallo.lessons.map((l) => l.class?.title)).toEqual(['3e B', '3e B, groupe 1'])
  expect(diallo.work.map((h) => [h.title, h.class?.title])).toEqual([['À moi', '3e B']])
  expect((await day(s.m_benali, s.m_benali)).lessons.map((l) => l.subject)).toEqual(['Maths', 'Étude'])
})

test('a teacher of two schools has one sheet with the lessons of both', async () => {
  const s = await aSchool(db, 'Collège A')
  const t = await aSchool(db, 'Collège B')
  await aSlot(db, s.school, { class: s.class3B, teacher: s.mme_diallo }, [today])
  const there = { class: t.class3B, teacher: s.mme_diallo, start: '14:00', end: '14:55' }
  await aSlot(db, t.school, there, [today])
  const versions = new Set<string>()
  for await (const { sheet } of sheetsToPublish(w.ctx, [s.school.id, t.school.id])) {
    if (sheet.key !== s.mme_diallo.key || sheet.name !== `day/${today}`) continue
    versions.add(sheet.version)
    expect((JSON.parse(sheet.json) as DaySheet).lessons.map((l) => l.start)).toEqual(['08:00', '14:00'])
  }
  expect(versions.size).toBe(1)
})

test('a school’s day has all of its lessons and no work', async () => {
  const s = await aDay()
  await work(s.class3B, s.mme_diallo, 'x')
  const sheet = await day(s.mme_roy, s.school)
  expect(sheet).toMatchObject({ kind: 'school', work: [] })
  expect(sheet.lessons).toHaveLength(3)
})

test('on a day without lessons the next one is named and published; a week has its days', async () => {
  const s = await aDay()
  expect(await day(s.lea, s.class3B, '2026-11-25')).toMatchObject({ lessons: [], next: '2026-12-01' })
  expect((await day(s.lea, s.class3B)).next).toBeUndefined()
  w.clock.set('2026-11-28T08:00:00Z')
  const names = (await published(s)).filter(({ key }) => key === s.class3B.key).map(({ name }) => name)
  w.clock.set('2026-11-24T06:50:00Z')
  expect(names).toEqual(['day/2026-11-28', 'day/2026-12-01', 'week/2026-11-23', 'week/2026-11-30'])
  const week: WeekSheet = (await read(s.lea, s.class3B.key, 'week/2026-11-23')).json()
  expect(week.days.map((d) => [d.date, d.lessons.length])).toEqual([[today, 2]])
})

async function published(s: TestSchool): Promise<Sheet[]> {
  const sheets: Sheet[] = []
  for await (const made of sheetsToPublish(w.ctx, [s.school.id])) sheets.push(made.sheet)
  return sheets
}

test('what the door holds and what is made on demand are the same', async () => {
  const s = await aDay()
  for (const sheet of (await published(s)).filter(({ key }) => key === s.class3B.key)) {
    const answer = await read(s.lea, sheet.key, sheet.name)
    expect(answer.body).toBe(sheet.json)
    expect(answer.headers.etag).toBe(`W/"${sheet.version}"`)
    const again = await (await w.as(s.lea)).get(`/sheets/${sheet.key}/${sheet.name}`, {
      'if-none-match': `W/"${sheet.version}"`,
    })
    expect(again.statusCode).toBe(304)
  }
})

test('the page without script escapes all that people write, and says formulas in plain text', async () => {
  const s = await aDay()
  const attack = '<img src=x onerror=alert(1)>"\'&'
  await work(s.class3B, s.mme_diallo, attack)
  await db
    .insertInto('diary_entry')
    .values({
      id: randomUUID() as DiaryEntryId,
      school_id: s.school.id,
      class_id: s.class3B.id,
      slot_id: s.french.id,
      on_date: today,
      author_id: s.mme_diallo.id,
      body: '<p>Chapitre 2 &lt;script&gt; <code data-math>x^2</code></p>',
      updated_at: new Date(w.clock.now()),
    })
    .execute()
  await aSlot(db, s.school, { class: s.class3B, title: attack, room: attack, start: '17:00', end: '17:55' }, [
    today,
  ])
  const sheet = (await published(s)).find(({ key, name }) => key === s.class3B.key && name === `day/${today}`)
  expect(sheet?.html).toMatch(/<h2>\S[^<]*<\/h2><ol>/)
  expect(sheet?.html).toContain('Chapitre 2 &lt;script&gt; x²')
  expect(sheet?.html).toContain('pour jeudi 26 novembre')
  expect(sheet?.html).not.toMatch(/<img|<script|onerror=alert\(1\)>"/)
  expect((JSON.parse(sheet?.json ?? '') as DaySheet).lessons[0]?.diary?.body).toContain('Chapitre 2')
})

test('a lesson that moves to another day brings its diary along', async () => {
  const s = await aDay()
  const teacher = await w.as(s.mme_diallo)
  await teacher.put(`/api/lessons/${s.french.id}.${today}/entry`, { body: '<p>Thalès</p>', attachments: [] })
  const to = { kind: 'moved', toDate: '2026-11-27', toStart: '14:00', toEnd: '14:55' }
  expect((await teacher.put(`/api/lessons/${s.french.id}.${today}/change`, to)).statusCode).toBe(200)
  const [moved] = (await day(s.lea, s.class3B, '2026-11-27')).lessons
  expect(moved).toMatchObject({ status: 'moved', diary: { body: '<p>Thalès</p>' } })
  expect((await day(s.lea, s.class3B)).lessons[0]).toMatchObject({ status: 'moved-away' })
})

test('a change concerns the sheets of the class, of those who share pupils, and of their teachers; no others', async () => {
  const s = await aDay()
  await aDay()
  const keys = new Set<string>()
  for await (const { sheet } of sheetsOfClasses(w.ctx, [s.group1.id])) keys.add(sheet.key)
  expect([...keys].sort()).toEqual([s.class3B.key, s.mme_diallo.key].sort())
})

test('a piece of homework is read under the key of a class that it concerns, and under no other', async () => {
  const s = await aDay()
  const other = await aDay()
  const draft = { title: 'Lire', body: '', dueAt: '2026-12-24T07:00:00Z', handIn: true, attachments: [] }
  const set = async (of: TestClass) =>
    (await (await w.as(s.mme_diallo)).post(`/api/classes/${of.id}/homework`, draft)).json()
  const [own, ofGroup] = [await set(s.class3B), await set(s.group1)]
  const read = async (person: TestPerson, key: string, id: string) =>
    (await w.as(person)).get(`/sheets/${key}/homework/${id}`)
  expect((await read(s.lea, s.class3B.key, own.id)).json()).toEqual(own)
  expect((await read(s.mme_diop, s.class3B.key, ofGroup.id)).json()).toEqual(ofGroup)
  refused(await read(s.nour, s.class3B.key, own.id), 'absent')
  refused(await read(s.nour, s.class3A.key, own.id), 'absent')
  refused(await read(other.lea, other.class3B.key, own.id), 'absent')
  refused(await read(s.lea, s.class3B.key, 'never'), 'absent')
  await (await w.as(s.mme_diallo)).delete(`/api/homework/${own.id}`)
  refused(await read(s.lea, s.class3B.key, own.id), 'absent')
})
