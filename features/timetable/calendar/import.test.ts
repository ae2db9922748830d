// Calendars into a school's timetable: what a teacher would see in the week afterwards.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aWorkspace } from '#test/app'
import { aSchool, type TestSchool } from '#test/world'
import { importCalendar } from './actions.ts'
import { faultSentence } from './report-rules.ts'

const w = await aWorkspace()
const tz = 'TZID=Europe/Paris'

type Lines = string[]
const file = (events: Lines[], name = 'EDT') =>
  Buffer.from(
    [
      'BEGIN:VCALENDAR',
      `X-WR-CALNAME:${name}`,
      ...events.flatMap((e) => ['BEGIN:VEVENT', ...e, 'END:VEVENT']),
      'END:VCALENDAR',
    ].join('\r\n'),
  )

const french = (...more: Lines): Lines => [
  'UID:fr',
  'SUMMARY:Français',
  'LOCATION:Salle 12',
  'X-PREAU-CLASS:3e B',
  'X-PREAU-TEACHER:Diallo',
  `DTSTART;${tz}:20261124T080000`,
  `DTEND;${tz}:20261124T085500`,
  'RRULE:FREQ=WEEKLY;COUNT=3',
  ...more,
]
const override = (...more: Lines): Lines => [
  'UID:fr',
  `RECURRENCE-ID;${tz}:20261201T080000`,
  `DTSTART;${tz}:20261202T100000`,
  `DTEND;${tz}:20261202T105500`,
  ...more,
]

const load = (s: TestSchool, events: Lines[], over = {}) =>
  importCalendar(w.ctx, { schoolId: s.school.id, bytes: file(events), ...over })

async function slots(s: TestSchool) {
  const rows = await w.ctx.db
    .selectFrom('slot')
    .innerJoin('class', 'class.id', 'slot.class_id')
    .leftJoin('person', 'person.id', 'slot.teacher_id')
    .where('slot.school_id', '=', s.school.id)
    .orderBy('uid')
    .select(['uid', 'class.title as class', 'family_name', 'room', 'starts_at', 'dates', 'cancelled_dates'])
    .execute()
  return rows
}

test('a weekly lesson lands with class, teacher and room; the same file twice changes nothing', async () => {
  const s = await aSchool(w.ctx.db)
  expect(await load(s, [french()])).toMatchObject({
    source: 'EDT',
    created: 1,
    lessons: 3,
    problemCount: 0,
    applied: true,
  })
  expect(await slots(s)).toMatchObject([
    {
      uid: 'fr',
      class: '3e B',
      family_name: 'Diallo',
      room: 'Salle 12',
      starts_at: '08:00:00',
      dates: ['2026-11-24', '2026-12-01', '2026-12-08'],
    },
  ])
  expect(await load(s, [french()])).toMatchObject({ created: 0, changed: 0, removed: 0, unchanged: 1 })
})

test('a dry run tells the same and writes nothing', async () => {
  const s = await aSchool(w.ctx.db)
  expect(await load(s, [french()], { dryRun: true })).toMatchObject({ created: 1, applied: false })
  expect(await slots(s)).toEqual([])
})

test('an exception, a moved occurrence and a cancelled one', async () => {
  const s = await aSchool(w.ctx.db)
  await load(s, [
    french('RRULE:FREQ=WEEKLY;COUNT=5', `EXDATE;${tz}:20261208T080000`),
    override('LOCATION:CDI'),
    ['UID:fr', `RECURRENCE-ID;${tz}:20261215T080000`, 'STATUS:CANCELLED', ...french().slice(5, 7)],
  ])
  expect(await slots(s)).toMatchObject([
    { uid: 'fr', dates: ['2026-11-24', '2026-12-15', '2026-12-22'], cancelled_dates: ['2026-12-15'] },
    {
      uid: 'fr#2026-12-01T08:00',
      class: '3e B',
      family_name: 'Diallo',
      room: 'CDI',
      starts_at: '10:00:00',
      dates: ['2026-12-02'],
    },
  ])
})

test('an event for two classes is a slot for each', async () => {
  const s = await aSchool(w.ctx.db)
  await load(s, [french('X-PREAU-CLASS:3e A')])
  expect((await slots(s)).map((slot) => slot.class).sort()).toEqual(['3e A', '3e B'])
})

test('faults cost their event alone, keep what it brought, and are told by line', async () => {
  const s = await aSchool(w.ctx.db)
  await load(s, [french(), ['UID:x', ...french().slice(1)]])
  const report = await load(s, [
    french('RRULE:FREQ=SECONDLY'),
    ['UID:x', ...french().slice(1)],
    ['UID:y', ...french().slice(1, 3), 'X-PREAU-CLASS:4e Z', ...french().slice(5)],
  ])
  expect(report).toMatchObject({ created: 0, changed: 0, removed: 0, unchanged: 2 })
  expect(report.problems.map((problem) => faultSentence(problem, 'en'))).toEqual([
    'line 3, event fr: “FREQ=SECONDLY” is not a rule of days or weeks; left out',
    'line 24, event y: no class of this school is called “4e Z”; the lesson was left out',
  ])
})

test('what the calendar no longer has goes; what lies before its first day stays', async () => {
  const s = await aSchool(w.ctx.db)
  await load(s, [french(), ['UID:x', ...french().slice(1)]])
  const later = french().map((l) => l.replace('COUNT=3', 'COUNT=2').replace('20261124', '20261201'))
  expect(await load(s, [later])).toMatchObject({ changed: 0, removed: 1, unchanged: 1 })
  expect(await slots(s)).toMatchObject([
    { uid: 'fr', dates: ['2026-11-24', '2026-12-01', '2026-12-08'] },
    { uid: 'x', dates: ['2026-11-24'] },
  ])
})

test('a calendar without events, cut off or for no school changes nothing', async () => {
  const s = await aSchool(w.ctx.db)
  await load(s, [french()])
  await expect(load(s, [])).rejects.toThrow(/no event/)
  const cut = file([french()]).subarray(0, 200)
  await expect(load(s, [], { bytes: cut })).rejects.toThrow(/cut off/)
  await expect(load(s, [french()], { schoolId: s.class3B.id })).rejects.toThrow(/no such school/)
  expect(await slots(s)).toHaveLength(1)
})

test('another school with classes of the same names is not touched', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  await load(other, [french()])
  await load(s, [french()])
  await load(s, [override()])
  expect(await slots(other)).toHaveLength(1)
  const { rows } = await sql`select 1 from slot s join class c on c.id = s.class_id
    where s.school_id <> c.school_id`.execute(w.ctx.db)
  expect(rows).toEqual([])
})

test('only the school year of the directory is kept', async () => {
  const s = await aSchool(w.ctx.db)
  const year = {
    source: 'test',
    sourced_id: '2026',
    title: '2026-2027',
    type: 'schoolYear',
    school_year: '2027',
  }
  await w.ctx.db
    .insertInto('academic_session')
    .values({ ...year, start_date: '2026-09-01', end_date: '2026-12-08' })
    .execute()
  await load(s, [french()])
  expect(await slots(s)).toMatchObject([{ dates: ['2026-11-24', '2026-12-01'] }])
})
