// Who may cancel and move a lesson, what stands in the way, and that nobody else's lesson can be touched.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot } from '#test/world'

const w = await aWorkspace()
const today = '2026-11-24'
const path = (slot: { id: string }, date = today) => `/api/lessons/${slot.id}.${date}/change`
const cancelled = { kind: 'cancelled', note: 'Réunion' }
const moved = (toStart: string, toEnd: string, toDate = today) => ({ kind: 'moved', toDate, toStart, toEnd })

async function aDay() {
  const s = await aSchool(w.ctx.db)
  const slot = (of: Parameters<typeof aSlot>[2]) => aSlot(w.ctx.db, s.school, of, [today, '2026-12-01'])
  const french = await slot({ class: s.class3B, teacher: s.mme_diallo, start: '08:00', end: '08:55' })
  const maths = await slot({ class: s.class3B, teacher: s.m_benali, start: '09:00', end: '09:55' })
  const groupFrench = await slot({ class: s.group1, teacher: s.mme_diallo, start: '10:00', end: '10:55' })
  const mathsA = await slot({ class: s.class3A, teacher: s.m_benali, start: '11:00', end: '11:55' })
  return { ...s, french, maths, groupFrench, mathsA }
}

test('a teacher cancels a lesson of hers, and takes it back', async () => {
  const s = await aDay()
  const diallo = await w.as(s.mme_diallo)
  expect((await diallo.put(path(s.french), cancelled)).json()).toMatchObject({
    id: `${s.french.id}.${today}`,
    class: '3e B',
    subject: 'Français',
    teacher: 'Aminata Diallo',
    status: 'cancelled',
    note: 'Réunion',
  })
  expect((await diallo.delete(path(s.french))).json()).toMatchObject({ status: 'on', date: today })
})

test('the school moves a lesson to another day and room', async () => {
  const s = await aDay()
  const wish = { ...moved('10:00', '10:55', '2026-11-26'), toRoom: 'CDI' }
  const answer = await (await w.as(s.mme_roy)).put(path(s.french), wish)
  expect(answer.json()).toMatchObject({
    id: `${s.french.id}.${today}`,
    date: '2026-11-26',
    start: '10:00',
    room: 'CDI',
    status: 'moved',
    movedFrom: { date: today, start: '08:00' },
  })
})

test('a half-group’s lesson says so', async () => {
  const s = await aDay()
  const answer = await (await w.as(s.mme_diallo)).put(path(s.groupFrench), cancelled)
  expect(answer.json().group).toEqual({ key: s.group1.key, title: '3e B, groupe 1' })
})

test('a busy teacher, a busy class, the past and a backward hour stand against a move', async () => {
  const s = await aDay()
  const benali = await w.as(s.m_benali)
  const why = async (slot: { id: string }, wish: object, who = benali) =>
    (await who.put(path(slot), wish)).json().code
  expect(await why(s.maths, moved('11:30', '12:25'))).toBe('lesson.teacher-is-busy')
  expect(await why(s.maths, moved('08:30', '09:25'))).toBe('lesson.class-is-busy')
  // Léa of 3e B is in the group's lesson.
  expect(await why(s.maths, moved('10:00', '10:55'))).toBe('lesson.class-is-busy')
  expect(await why(s.maths, moved('07:00', '07:30'))).toBe('lesson.moved-to-the-past')
  expect(await why(s.maths, moved('15:00', '14:00'))).toBe('lesson.ends-before-it-starts')
  expect((await benali.put(path(s.maths), moved('09:05', '10:00'))).statusCode).toBe(200)
})

test('a cancelled lesson is in nobody’s way, and a moved one is where it went', async () => {
  const s = await aDay()
  const diallo = await w.as(s.mme_diallo)
  const benali = await w.as(s.m_benali)
  await diallo.put(path(s.french), cancelled)
  expect((await benali.put(path(s.maths), moved('08:00', '08:55'))).statusCode).toBe(200)
  await diallo.put(path(s.groupFrench), moved('14:00', '14:55', '2026-11-26'))
  const again = await benali.put(path(s.maths), moved('14:30', '15:25', '2026-11-26'))
  refused(again, 'lesson.class-is-busy')
})

test('nobody else may: colleagues, pupils, guardians, another school', async () => {
  const s = await aDay()
  const other = await aDay()
  for (const person of [s.m_benali, s.lea, s.mme_diop, other.mme_diallo, other.mme_roy]) {
    const sender = await w.as(person)
    refused(await sender.put(path(s.french), cancelled), 'absent')
    refused(await sender.delete(path(s.french)), 'absent')
  }
  refused(await w.nobody.put(path(s.french), cancelled), 'session.needed')
})

test('a day on which the slot has no lesson is absent', async () => {
  const s = await aDay()
  const diallo = await w.as(s.mme_diallo)
  refused(await diallo.put(path(s.french, '2026-11-25'), cancelled), 'absent')
  refused(await diallo.put(path({ id: crypto.randomUUID() }), cancelled), 'absent')
})

test('a change is announced with the class, after it holds', async () => {
  const s = await aDay()
  const heard = new Promise<readonly string[]>((resolve) => w.ctx.bus.on('class', resolve))
  await (await w.as(s.mme_diallo)).put(path(s.french), cancelled)
  expect(await heard).toEqual([s.class3B.id])
})
