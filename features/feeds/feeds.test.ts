// A calendar address: read by a program that knows nothing of Préau, cheap, revocable, and of nobody else.
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { aWorkspace, refused, type Sender } from '#test/app'
import { aSchool, aSlot, type TestSchool } from '#test/world'

const w = await aWorkspace()
const today = '2026-11-24'

async function made(sender: Sender, over: object = {}) {
  const answer = await sender.post('/api/feeds', { homework: 'all-day', language: 'fr', ...over })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json() as { id: string; path: string }
}
async function eventsAt(path: string) {
  const answer = await w.nobody.get(path)
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
  for (const line of answer.body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const calendar = new ICAL.Component(ICAL.parse(answer.body))
  expect(calendar.getFirstPropertyValue('refresh-interval')?.toString()).toBe('PT1H')
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}
const lesson = (s: TestSchool, over: object = {}) =>
  aSlot(
    w.ctx.db,
    s.school,
    { class: s.class3B, teacher: s.mme_diallo, title: 'Français; lettres, œuvres', room: '12', ...over },
    [today, '2026-12-01'],
  )

test('a pupil’s calendar: lessons at their instants, changes, homework on its day', async () => {
  const s = await aSchool(w.ctx.db)
  const slot = await lesson(s)
  const teacher = await w.as(s.mme_diallo)
  const work = { title: 'Lire', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
  await teacher.post(`/api/classes/${s.class3B.id}/homework`, work)
  const { path } = await made(await w.as(s.lea))
  const first = await eventsAt(path)
  expect(first.map((e) => e.summary)).toEqual([
    'Français; lettres, œuvres',
    'Français; lettres, œuvres',
    'À rendre · Lire',
  ])
  expect(first[0]?.startDate.toJSDate().toISOString()).toBe('2026-11-24T07:00:00.000Z')
  expect(first[0]?.location).toBe('12')
  expect(first[2]?.startDate).toMatchObject({ isDate: true, day: 26 })

  const change = `/api/lessons/${slot.id}.${today}/change`
  await teacher.put(change, {
    kind: 'moved',
    toDate: '2026-11-25',
    toStart: '10:00',
    toEnd: '10:55',
    toRoom: '7',
  })
  const moved = (await eventsAt(path)).find((e) => e.uid === `${slot.id}.${today}@preau`)
  expect(moved?.startDate.toJSDate().toISOString()).toBe('2026-11-25T09:00:00.000Z')
  await teacher.put(change, { kind: 'cancelled', note: 'sortie' })
  const off = (await eventsAt(path)).find((e) => e.uid === `${slot.id}.${today}@preau`)
  expect(off?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(off?.summary).toBe('Annulé · Français; lettres, œuvres')
})

test('homework stands on its day where the school lies, however late it is elsewhere', async () => {
  const s = await aSchool(w.ctx.db)
  await w.ctx.db.updateTable('org').set({ zone: 'Indian/Reunion' }).where('id', '=', s.school.id).execute()
  const work = { title: 'Lire', body: '', dueAt: '2026-11-26T20:30:00Z', handIn: true, attachments: [] }
  await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, work)
  const { path } = await made(await w.as(s.lea))
  expect((await eventsAt(path))[0]?.startDate).toMatchObject({ isDate: true, day: 27 })
})

test('twenty addresses at the most, also when they are asked for at once', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  const asked = Array.from({ length: 24 }, () =>
    lea.post('/api/feeds', { homework: 'none', language: 'fr' }).then(({ statusCode }) => statusCode),
  )
  expect((await Promise.all(asked)).filter((status) => status === 200)).toHaveLength(20)
  refused(await lea.post('/api/feeds', { homework: 'none', language: 'fr' }), 'feed.too-many')
})

test('an unchanged calendar asks the database nothing, and 304 is enough for who has it', async () => {
  const s = await aSchool(w.ctx.db)
  await lesson(s)
  const { path } = await made(await w.as(s.lea))
  const first = await w.nobody.get(path)
  const etag = String(first.headers.etag)
  const again = () =>
    w.countQueries(async () => {
      expect((await w.nobody.get(path)).body).toBe(first.body)
      expect((await w.nobody.get(path, { 'if-none-match': etag })).statusCode).toBe(304)
    })
  // The news that the address is new come once more by the database, and drop it once more.
  await expect.poll(again).toBe(0)
  const unknown = `/api/calendars/${'x'.repeat(27)}.ics`
  refused(await w.nobody.get(unknown), 'absent')
  await expect.poll(() => w.countQueries(() => w.nobody.get(unknown))).toBe(0)
})

test('a guardian’s calendar is the child’s; a teacher’s has no other teacher’s lessons', async () => {
  const s = await aSchool(w.ctx.db)
  await lesson(s)
  await lesson(s, { teacher: s.m_benali, title: 'Maths' })
  const guardian = await w.as(s.mme_diop)
  const { path } = await made(guardian, { child: s.lea.id })
  expect((await eventsAt(path)).length).toBe(4)
  refused(await guardian.post('/api/feeds', { child: s.theo.id, homework: 'none', language: 'fr' }), 'absent')
  const own = await made(await w.as(s.mme_diallo))
  expect(new Set((await eventsAt(own.path)).map((e) => e.summary))).toEqual(
    new Set(['Français; lettres, œuvres']),
  )
  // Who no longer guards the child no longer reads.
  await w.ctx.db.deleteFrom('guardianship').where('child_id', '=', s.lea.id).execute()
  w.ctx.bus.hear('directory', [])
  refused(await w.nobody.get(path), 'absent')
})

test('renewed, ended, somebody who left, a school that wants none: the address is absent', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  const one = await made(lea)
  await eventsAt(one.path)
  const other = (await lea.post(`/api/feeds/${one.id}/renew`)).json()
  refused(await w.nobody.get(one.path), 'absent')
  await eventsAt(other.path)
  const theo = await w.as(s.theo)
  refused(await theo.post(`/api/feeds/${one.id}/renew`), 'absent')
  refused(await theo.delete(`/api/feeds/${one.id}`), 'absent')
  const head = await w.as(s.mme_roy)
  await head.put(`/api/schools/${s.school.id}/settings`, { calendarFeeds: false })
  refused(await w.nobody.get(other.path), 'absent')
  await head.put(`/api/schools/${s.school.id}/settings`, { calendarFeeds: true })
  await eventsAt(other.path)
  await w.ctx.db.updateTable('person').set({ enabled: false }).where('id', '=', s.lea.id).execute()
  w.ctx.bus.hear('directory', [])
  refused(await w.nobody.get(other.path), 'absent')
  await w.ctx.db.updateTable('person').set({ enabled: true }).where('id', '=', s.lea.id).execute()
  w.ctx.bus.hear('directory', [])
  expect((await lea.delete(`/api/feeds/${one.id}`)).statusCode).toBe(204)
  refused(await w.nobody.get(other.path), 'absent')
})

test('the secret is shown once and kept only hashed; the day of the last reading is kept', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  const { id, path } = await made(lea)
  const secret = path.split('/').at(-1)?.replace('.ics', '') ?? ''
  expect(Buffer.from(secret, 'base64url').length).toBe(20)
  const kept = await w.ctx.db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(JSON.stringify(kept)).not.toContain(secret)
  expect((await lea.get('/api/feeds')).body).not.toContain(secret)
  await w.nobody.get(path)
  await w.feeds.flush()
  expect((await lea.get('/api/feeds')).json().feeds).toMatchObject([{ id, lastUsedOn: today }])
  const renewed = (await lea.post(`/api/feeds/${id}/renew`)).json() as { path: string }
  const used = async () => (await lea.get('/api/feeds')).json().feeds[0].lastUsedOn
  expect(await used()).toBeNull()
  await w.nobody.get(renewed.path)
  await w.feeds.flush()
  expect(await used(), 'read on the day on which it was renewed').toBe(today)
})
