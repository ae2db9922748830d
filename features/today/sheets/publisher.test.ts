// The doors are told of what changes, and only that; on a new day of what goes and what comes.
import { expect, test } from 'vitest'
import type { FeedRecord } from '#door/formats/feed'
import { aWorkspace } from '#test/app'
import { aSchool, aSlot } from '#test/world'
import { openPublisher } from './publisher.ts'

const w = await aWorkspace()
const today = '2026-11-24'

async function aDay() {
  const s = await aSchool(w.ctx.db)
  const dates = [today, '2026-12-01']
  const french = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, dates)
  const maths = { class: s.class3A, teacher: s.m_benali, start: '09:00', end: '09:55' }
  return { ...s, french, other: await aSlot(w.ctx.db, s.school, maths, dates) }
}

function told() {
  const records: FeedRecord[] = []
  let due: (() => void) | null = null
  const publisher = openPublisher(w.ctx, (_ms, run) => {
    due = run
  })
  const end = publisher.subscribe((record) => void records.push(record))
  const heard = (topic: string) => new Promise((resolve) => w.ctx.bus.on(topic, resolve))
  const run = async () => {
    due?.()
    due = null
    await publisher.settled()
    return records.splice(0)
  }
  return { publisher, heard, run, end }
}

const sheetsIn = (records: FeedRecord[]) =>
  records.flatMap((r) => (r.type === 'sheet' ? [`${r.sheet.key} ${r.sheet.name}`] : []))

test('the doors are told of what changed, once, and not of what stayed', async () => {
  const s = await aDay()
  const t = told()
  let snapshot = 0
  for await (const record of t.publisher.snapshot()) if (record.type === 'sheet') snapshot++
  expect(snapshot).toBeGreaterThan(8)
  const news = t.heard('class')
  const teacher = await w.as(s.mme_diallo)
  await teacher.put(`/api/lessons/${s.french.id}.${today}/entry`, { body: '<p>un</p>', attachments: [] })
  await news
  const first = await t.run()
  expect(sheetsIn(first)).toContain(`${s.class3B.key} day/${today}`)
  expect(first.find((r) => r.type === 'sheet' && r.sheet.key === s.class3B.key)).toMatchObject({
    sheet: { json: expect.stringContaining('<p>un</p>') },
  })
  const again = t.heard('class')
  await teacher.put(`/api/lessons/${s.french.id}.${today}/entry`, {
    body: '<p>deux</p>',
    attachments: [],
    version: 1,
  })
  await again
  const second = sheetsIn(await t.run())
  // The next school day and week are as they were.
  expect(second.filter((name) => name.startsWith(s.class3B.key)).sort()).toEqual([
    `${s.class3B.key} day/${today}`,
    `${s.class3B.key} week/2026-11-23`,
  ])
  t.end()
})

test('on a new day yesterday’s sheets go and the new ones come', async () => {
  const s = await aDay()
  const t = told()
  for await (const _ of t.publisher.snapshot());
  await t.publisher.turn()
  expect(await t.run()).toEqual([])
  w.clock.set('2026-11-24T23:30:00Z')
  // Another door begins just after midnight.
  for await (const _ of t.publisher.snapshot());
  await t.publisher.turn()
  const records = await t.run()
  w.clock.set('2026-11-24T06:50:00Z')
  expect(sheetsIn(records)).toContain(`${s.class3B.key} day/2026-11-25`)
  expect(records).toContainEqual({ type: 'sheet-gone', key: s.class3B.key, name: `day/${today}` })
  t.end()
})

test('a lesson’s change reaches the school’s own sheet', async () => {
  const s = await aDay()
  const t = told()
  const news = t.heard('school')
  await (await w.as(s.mme_roy)).put(`/api/lessons/${s.other.id}.${today}/change`, { kind: 'cancelled' })
  await news
  const records = await t.run()
  expect(sheetsIn(records)).toContain(`${s.school.key} day/${today}`)
  expect(sheetsIn(records)).toContain(`${s.class3A.key} day/${today}`)
  t.end()
})

test('homework that is due soon is told whole, anew when it changes, and goes when it is withdrawn or for some', async () => {
  const s = await aDay()
  const t = told()
  for await (const _ of t.publisher.snapshot());
  const teacher = await w.as(s.mme_diallo)
  const draft = {
    title: 'Lire',
    body: '<p>un</p>',
    dueAt: '2026-11-26T07:00:00Z',
    handIn: true,
    attachments: [],
  }
  const { id } = (await teacher.post(`/api/classes/${s.group1.id}/homework`, draft)).json()
  const name = `homework/${id}`
  const whole = (records: FeedRecord[]) =>
    records.flatMap((r) => (r.type === 'sheet' && r.sheet.name === name ? [[r.sheet.key, r.sheet.json]] : []))
  // Under the homeroom's key, as all that its groups do.
  expect(whole(await t.run())).toEqual([[s.class3B.key, expect.stringContaining('<p>un</p>')]])
  await teacher.put(`/api/homework/${id}`, { ...draft, body: '<p>deux</p>', version: 1 })
  expect(whole(await t.run())).toEqual([[s.class3B.key, expect.stringContaining('<p>deux</p>')]])
  await teacher.delete(`/api/homework/${id}`)
  const gone = { type: 'sheet-gone', key: s.class3B.key, name }
  expect(await t.run()).toContainEqual(gone)
  await teacher.post(`/api/homework/${id}/restore`)
  expect(whole(await t.run())).toHaveLength(1)
  await teacher.put(`/api/homework/${id}`, { ...draft, pupils: [s.lea.id], version: 2 })
  const named = await t.run()
  expect(named, 'it is for some by now').toContainEqual(gone)
  expect(whole(named)).toEqual([])
  t.end()
})
