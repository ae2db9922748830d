// What stands against a cover, through whole requests: rooms however they are written, and lessons at other schools.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot } from '#test/world'

const w = await aWorkspace()
const day = '2026-11-24'

async function aDay() {
  const s = await aSchool(w.ctx.db)
  const lesson = { teacher: s.mme_diallo }
  const french = await aSlot(w.ctx.db, s.school, { ...lesson, class: s.class3B, room: '112' }, [day])
  const ten = { start: '10:00', end: '10:55' }
  const group = await aSlot(w.ctx.db, s.school, { ...lesson, class: s.group1, ...ten }, [day])
  const head = await w.as(s.mme_roy)
  const absences = `/api/schools/${s.school.id}/absences`
  await head.post(absences, { teacherId: s.mme_diallo.id, from: { date: day }, to: { date: day } })
  const coverOf = (slot: { id: string }) => `/api/lessons/${slot.id}.${day}/cover`
  const list = async () => (await head.get(`${absences}?day=${day}`)).json()
  return { ...s, french, group, head, coverOf, list }
}

test('a room is taken however its name is written', async () => {
  const s = await aDay()
  const lab = { class: s.class3A, teacher: s.m_benali, start: '08:00', end: '08:55' }
  await aSlot(w.ctx.db, s.school, { ...lab, room: 'Labo 1' }, [day])
  await aSlot(w.ctx.db, s.school, { ...lab, start: '15:00', end: '15:55', room: 'LABO  1' }, [day])
  const { rooms } = (await s.head.get(s.coverOf(s.french))).json()
  const labs = rooms.filter(({ name }: { name: string }) => name.toLowerCase().startsWith('labo'))
  expect(labs.length).toBeGreaterThan(0)
  for (const room of labs) expect(room).toMatchObject({ free: false })
})

test('whoever covers and teaches at another school meanwhile is busy, that school’s rooms are not this one’s', async () => {
  const s = await aDay()
  const other = await aSchool(w.ctx.db)
  const elsewhere = { class: other.class3A, teacher: s.m_benali, start: '10:00', end: '10:55', room: 'CDI' }
  await aSlot(w.ctx.db, other.school, elsewhere, [day])
  const wish = { kind: 'teacher', teacherId: s.m_benali.id, room: 'CDI' }
  refused(await s.head.put(s.coverOf(s.group), wish), 'cover.teacher-is-busy')
  const put = await s.head.put(s.coverOf(s.group), { ...wish, anyway: true })
  expect(put.json().clashes, put.body).toEqual(['cover.teacher-is-busy'])
  const listed = (await s.list()).lessons.find(({ lesson }: { lesson: { cover?: string } }) => lesson.cover)
  expect(listed.clashes).toEqual(['cover.teacher-is-busy'])
})

test('the day’s list costs as many queries for five absent lessons as for two', async () => {
  const s = await aDay()
  for (const slot of [s.french, s.group]) await s.head.put(s.coverOf(slot), { kind: 'study' })
  const before = await w.countQueries(s.list)
  for (const start of ['13:00', '14:00', '15:00']) {
    const at = { start, end: start.replace('00', '55') }
    const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo, ...at }, [day])
    await s.head.put(s.coverOf(slot), { kind: 'study' })
  }
  expect((await s.list()).lessons).toHaveLength(5)
  expect(await w.countQueries(s.list)).toBe(before)
})
