// Carrying lessons over to parallel classes: what is proposed, all or nothing, nothing overwritten, undone; and who may.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FileId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot } from '#test/world'

const w = await aWorkspace()
const monday = '2026-11-23'

async function aWeek() {
  const s = await aSchool(w.ctx.db)
  const slot = (of: Parameters<typeof aSlot>[2], dates: string[]) => aSlot(w.ctx.db, s.school, of, dates)
  const maths = { teacher: s.m_benali, title: 'Mathématiques' }
  const inB = await slot({ class: s.class3B, ...maths }, ['2026-11-23', '2026-11-24'])
  const inA = await slot({ class: s.class3A, ...maths, start: '10:00', end: '10:55' }, [
    '2026-11-24',
    '2026-11-26',
  ])
  const physics = await slot(
    { class: s.class3A, teacher: s.m_benali, title: 'Physique', start: '14:00', end: '14:55' },
    ['2026-11-24'],
  )
  const benali = await w.as(s.m_benali)
  const file = randomUUID() as FileId
  await w.ctx.db
    .insertInto('file')
    .values({
      id: file,
      school_id: s.school.id,
      owner_id: s.m_benali.id,
      sha256: 'a'.repeat(64),
      bytes: 9,
      name: 'fiche.pdf',
      type: 'application/pdf',
      view_sha256: null,
      created_at: new Date(w.clock.now()),
    })
    .execute()
  const write = async (lesson: string, body: string, attachments: string[] = []) =>
    (await benali.put(`/api/lessons/${lesson}/entry`, { body, attachments })).json().id as string
  const [one, two] = [
    await write(`${inB.id}.2026-11-23`, '<p>Thalès, <b>un</b></p>', [file]),
    await write(`${inB.id}.2026-11-24`, '<p>Thalès, deux</p>'),
  ]
  const proposals = `/api/classes/${s.class3B.id}/diary/parallels?week=${monday}`
  const copy = (...pairs: [string, string][]) =>
    benali.post('/api/entries/copies', {
      copies: pairs.map(([entryId, lessonId]) => ({ entryId, version: 1, lessonId })),
    })
  const weekOfA = async () =>
    (await benali.get(`/api/classes/${s.class3A.id}/diary?week=${monday}`)).json().entries as {
      id: string
      body: string
    }[]
  return { ...s, inB, inA, physics, benali, one, two, write, proposals, copy, weekOfA, file }
}

test('each entry is proposed the nearest free lesson of the same subject, none twice, in order', async () => {
  const s = await aWeek()
  const { entries } = (await s.benali.get(s.proposals)).json()
  expect(entries.map((e: { proposed: string[] }) => e.proposed)).toEqual([
    [`${s.inA.id}.2026-11-24`],
    [`${s.inA.id}.2026-11-26`],
  ])
  expect(entries[0]).toMatchObject({ id: s.one, body: '<p>Thalès, <strong>un</strong></p>', documents: 1 })
  expect(
    entries[0].lessons.map((l: { lessonId: string }) => l.lessonId),
    'no physics',
  ).not.toContain(`${s.physics.id}.2026-11-24`)
  await s.write(`${s.inA.id}.2026-11-24`, 'écrit')
  const again = (await s.benali.get(s.proposals)).json().entries[0]
  expect(again.lessons[0]).toMatchObject({ written: true })
  expect(again.proposed).toEqual([`${s.inA.id}.2026-11-26`])
})

test('a week is carried over with its documents, shown from each lesson’s day, and undone', async () => {
  const s = await aWeek()
  const answer = await s.copy([s.one, `${s.inA.id}.2026-11-24`], [s.two, `${s.inA.id}.2026-11-26`])
  expect(answer.statusCode, answer.body).toBe(200)
  expect(await s.weekOfA()).toMatchObject([
    { body: '<p>Thalès, <strong>un</strong></p>', attachments: [{ id: s.file }] },
  ])
  const ahead = `/api/classes/${s.class3A.id}/diary/ahead?from=${monday}&to=2026-11-29`
  const prepared = { date: '2026-11-26', body: '<p>Thalès, deux</p>' }
  expect((await s.benali.get(ahead)).json().entries, 'its writer sees it ahead').toMatchObject([prepared])
  w.clock.set('2026-11-26T08:00:00Z')
  expect(await s.weekOfA()).toHaveLength(2)
  expect((await s.benali.get(ahead)).json().entries).toEqual([])
  w.clock.set('2026-11-24T06:50:00Z')
  const { entries } = answer.json()
  expect((await s.benali.post('/api/entries/copies/undo', { entries })).json()).toEqual({ entries })
  expect(await s.weekOfA()).toEqual([])
})

test('all or nothing: what is written is not overwritten, other subjects, the same class and twice are refused', async () => {
  const s = await aWeek()
  await s.write(`${s.inA.id}.2026-11-26`, '<p>déjà</p>')
  refused(
    await s.copy([s.one, `${s.inA.id}.2026-11-24`], [s.two, `${s.inA.id}.2026-11-26`]),
    'diary.already-written',
  )
  refused(
    await s.copy([s.one, `${s.inA.id}.2026-11-24`], [s.two, `${s.inA.id}.2026-11-24`]),
    'diary.already-written',
  )
  refused(
    await s.copy([s.one, `${s.inA.id}.2026-11-24`], [s.two, `${s.physics.id}.2026-11-24`]),
    'diary.not-parallel',
  )
  refused(await s.copy([s.one, `${s.inB.id}.2026-11-24`]), 'diary.not-parallel')
  await s.benali.put(`/api/lessons/${s.inA.id}.2026-11-24/change`, { kind: 'cancelled' })
  refused(await s.copy([s.one, `${s.inA.id}.2026-11-24`]), 'diary.lesson-cancelled')
  await s.benali.delete(`/api/lessons/${s.inA.id}.2026-11-24/change`)
  expect((await s.weekOfA()).map(({ body }) => body)).toEqual(['<p>déjà</p>'])
  const [own] = await s.weekOfA()
  const { id } = own as { id: string }
  refused(await s.benali.post('/api/entries/copies/undo', { entries: [{ id, version: 1 }] }), 'absent')
})

test('only the teacher of both lessons carries over; an entry is not taken from a colleague or another school', async () => {
  const s = await aWeek()
  const other = await aWeek()
  const copies = { copies: [{ entryId: s.one, version: 1, lessonId: `${s.inA.id}.2026-11-24` }] }
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, s.mme_roy, other.m_benali, other.mme_roy]) {
    const sender = await w.as(person)
    refused(await sender.post('/api/entries/copies', copies), 'absent')
  }
  refused(await other.copy([s.one, `${other.inA.id}.2026-11-24`]), 'absent')
  refused(await other.copy([other.one, `${s.inA.id}.2026-11-24`]), 'absent')
  expect((await (await w.as(s.mme_diallo)).get(s.proposals)).json().entries).toEqual([])
  refused(await (await w.as(other.m_benali)).get(s.proposals), 'absent')
  expect(await s.weekOfA()).toEqual([])
})

test('what was carried over is not proposed a second time, and again once that is undone', async () => {
  const s = await aWeek()
  const proposed = async () =>
    (await s.benali.get(s.proposals)).json().entries.map((e: { proposed: string[] }) => e.proposed)
  const { entries } = (await s.copy([s.one, `${s.inA.id}.2026-11-24`])).json()
  expect(await proposed()).toEqual([[], [`${s.inA.id}.2026-11-26`]])
  await s.benali.post('/api/entries/copies/undo', { entries })
  expect(await proposed()).toEqual([[`${s.inA.id}.2026-11-24`], [`${s.inA.id}.2026-11-26`]])
})

test('what a colleague has changed since the preview is not copied unseen, nor a changed copy taken back', async () => {
  const s = await aWeek()
  const lesson = `${s.inA.id}.2026-11-24`
  const [shown] = (await s.benali.get(s.proposals)).json().entries
  const change = { body: '<p>Pythagore</p>', attachments: [], version: shown.version }
  await s.benali.put(`/api/lessons/${s.inB.id}.2026-11-23/entry`, change)
  refused(await s.copy([s.one, lesson]), 'diary.changed-meanwhile')
  expect(await s.weekOfA()).toEqual([])
  // Nor what was taken out.
  await s.benali.delete(`/api/entries/${s.two}`)
  refused(await s.copy([s.two, lesson]), 'diary.changed-meanwhile')

  const [again] = (await s.benali.get(s.proposals)).json().entries
  const copies = [{ entryId: s.one, version: again.version, lessonId: lesson }]
  const { entries } = (await s.benali.post('/api/entries/copies', { copies })).json()
  const over = { body: '<p>autre</p>', attachments: [], version: entries[0].version }
  expect((await s.benali.put(`/api/lessons/${lesson}/entry`, over)).statusCode).toBe(200)
  refused(await s.benali.post('/api/entries/copies/undo', { entries }), 'diary.copy-changed')
  expect(await s.weekOfA()).toMatchObject([{ body: '<p>autre</p>' }])
})
