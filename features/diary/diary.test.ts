// The class diary through whole requests: written by the lesson's teacher, read by the class, by nobody else.
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import type { FileId } from '#platform/ids'
import { aWorkspace, refused, type Sender } from '#test/app'
import { aSchool, aSlot, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const tuesday = '2026-11-24'
let s: TestSchool
let other: TestSchool
let teacher: Sender

beforeAll(async () => {
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
  teacher = await w.as(s.mme_diallo)
})

async function aLesson(date = tuesday): Promise<string> {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, [date])
  return `${slot.id}.${date}`
}

async function aFile(owner: TestPerson, sha256 = 'a'.repeat(64)): Promise<FileId> {
  const id = randomUUID() as FileId
  const at = new Date(w.clock.now())
  const file = {
    id,
    school_id: s.school.id,
    owner_id: owner.id,
    sha256,
    bytes: 9,
    name: 'fiche.pdf',
  }
  await w.ctx.db
    .insertInto('file')
    .values({ ...file, type: 'application/pdf', view_sha256: null, created_at: at })
    .execute()
  return id
}

const entry = (body: string, attachments: string[] = []) => ({ body, attachments })
const weekOf = async (person: TestPerson, of = s) =>
  (await w.as(person)).get(`/api/classes/${of.class3B.id}/diary?week=${tuesday}`)

test('an entry is written, sanitised, and read by pupil, guardian and school', async () => {
  const lesson = await aLesson()
  const file = await aFile(s.mme_diallo)
  const written = await teacher.put(
    `/api/lessons/${lesson}/entry`,
    entry('<p>Tha\0lès<script>alert(1)</script></p>', [file]),
  )
  expect(written.statusCode, written.body).toBe(200)
  for (const person of [s.lea, s.mme_diop, s.mme_roy, s.m_benali]) {
    const found = (await weekOf(person))
      .json()
      .entries.find((e: { lessonId: string }) => e.lessonId === lesson)
    expect(found).toMatchObject({
      body: '<p>Thalès</p>',
      subject: 'Français',
      attachments: [{ id: file, bytes: 9 }],
    })
  }
})

test('writing again replaces the entry and keeps its id; a colleague keeps attachments that were on it', async () => {
  const lesson = await aLesson()
  const file = await aFile(s.mme_diallo)
  const first = (await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>un</p>', [file]))).json()
  const second = (
    await teacher.put(`/api/lessons/${lesson}/entry`, { ...entry('<p>deux</p>', [file]), version: 1 })
  ).json()
  expect(second).toMatchObject({ id: first.id, body: '<p>deux</p>', attachments: [{ id: file }] })
})

test("only the lesson's teacher writes", async () => {
  const lesson = await aLesson()
  for (const person of [s.m_benali, s.lea, s.mme_diop, s.mme_roy, other.mme_diallo, other.mme_roy]) {
    refused(await (await w.as(person)).put(`/api/lessons/${lesson}/entry`, entry('<p>x</p>')), 'absent')
  }
  refused(await w.nobody.put(`/api/lessons/${lesson}/entry`, entry('<p>x</p>')), 'session.needed')
})

test("the week is not for another class's or another school's people, warm or cold", async () => {
  expect((await weekOf(s.lea)).statusCode).toBe(200)
  for (const person of [s.nour, other.lea, other.mme_diop, other.mme_roy])
    refused(await weekOf(person), 'absent')
})

test("somebody else's file cannot be attached", async () => {
  const lesson = await aLesson()
  for (const owner of [s.lea, other.mme_diallo]) {
    refused(
      await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>x</p>', [await aFile(owner)])),
      'file.not-yours',
    )
  }
})

test('an empty entry, a day without the lesson and a cancelled lesson are refused', async () => {
  const lesson = await aLesson()
  refused(await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p> </p>')), 'diary.empty')
  refused(
    await teacher.put(`/api/lessons/${lesson.slice(0, 36)}.2026-11-25/entry`, entry('<p>x</p>')),
    'absent',
  )
  for (const id of ['nonsense', `${lesson.slice(0, 36)}.2026-99-99`]) {
    refused(await teacher.put(`/api/lessons/${id}/entry`, entry('<p>x</p>')), 'request.invalid')
  }
  const at = new Date(w.clock.now())
  await w.ctx.db
    .insertInto('lesson_change')
    .values({ slot_id: lesson.slice(0, 36) as never, on_date: tuesday, kind: 'cancelled', at } as never)
    .execute()
  refused(await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>x</p>')), 'diary.lesson-cancelled')
})

test('withdrawing can be undone, unless the entry was written anew', async () => {
  const lesson = await aLesson()
  const { id } = (await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>un</p>'))).json()
  refused(await (await w.as(s.lea)).delete(`/api/entries/${id}`), 'absent')
  refused(await (await w.as(other.mme_diallo)).delete(`/api/entries/${id}`), 'absent')
  expect((await teacher.delete(`/api/entries/${id}`)).statusCode).toBe(204)
  const gone = (await weekOf(s.mme_roy)).json().entries.filter((e: { id: string }) => e.id === id)
  expect(gone).toEqual([])
  expect((await teacher.post(`/api/entries/${id}/restore`)).json()).toMatchObject({ id, body: '<p>un</p>' })
  await teacher.delete(`/api/entries/${id}`)
  await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>deux</p>'))
  refused(await teacher.post(`/api/entries/${id}/restore`), 'diary.written-anew')
})

test('a warm week costs no query, and whoever has just changed it sees the change', async () => {
  const lea = await w.as(s.lea)
  const url = `/api/classes/${s.class3B.id}/diary?week=2026-12-01`
  await lea.get(url)
  const count = await w.countQueries(() => lea.get(url))
  expect(count).toBe(0)
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, ['2026-12-01'])
  await teacher.put(`/api/lessons/${slot.id}.2026-12-01/entry`, entry('<p>neuf</p>'))
  expect((await lea.get(url)).json().entries).toMatchObject([{ body: '<p>neuf</p>' }])
})

test('a homeroom’s week has what its groups did, tagged; another class’s is not in it', async () => {
  const write = async (of: typeof s.group1, by: TestPerson, body: string) => {
    const slot = await aSlot(w.ctx.db, s.school, { class: of, teacher: by }, ['2026-12-08'])
    await (await w.as(by)).put(`/api/lessons/${slot.id}.2026-12-08/entry`, entry(body))
    return slot
  }
  const read = async (person: TestPerson, of: { id: string }) =>
    (await w.as(person)).get(`/api/classes/${of.id}/diary?week=2026-12-08`)
  expect((await read(s.lea, s.class3B)).json().entries).toEqual([])
  await write(s.group1, s.mme_diallo, '<p>groupe</p>')
  await write(s.class3A, s.m_benali, '<p>3e A</p>')
  const entries = (await read(s.lea, s.class3B)).json().entries
  expect(entries).toMatchObject([{ body: '<p>groupe</p>', group: { key: s.group1.key } }])
  const own = (await read(s.lea, s.group1)).json().entries
  expect(own).toHaveLength(1)
  expect(own[0].group).toBeUndefined()
  refused(await read(s.nour, s.group1), 'absent')
})

test('a moved lesson’s entry stands on the day on which it took place, and can still be changed', async () => {
  const lesson = await aLesson('2026-12-15')
  await teacher.put(`/api/lessons/${lesson}/entry`, entry('<p>un</p>'))
  const moved = { kind: 'moved', toDate: '2026-12-22', toStart: '14:00', toEnd: '14:55' }
  expect((await teacher.put(`/api/lessons/${lesson}/change`, moved)).statusCode).toBe(200)
  const week = async (monday: string) =>
    (await teacher.get(`/api/classes/${s.class3B.id}/diary?week=${monday}`)).json().entries
  expect(await week('2026-12-14')).toEqual([])
  const morning = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, ['2026-12-22'])
  await teacher.put(`/api/lessons/${morning.id}.2026-12-22/entry`, entry('<p>matin</p>'))
  const [first, found] = await week('2026-12-21')
  expect(first.body, 'eight o’clock stands before two').toBe('<p>matin</p>')
  expect(found).toMatchObject({ lessonId: lesson, date: '2026-12-22' })
  expect((await teacher.delete(`/api/entries/${found.id}`)).statusCode).toBe(204)
})

test('who stands in for the teacher writes, without being enrolled in the class', async () => {
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3A, teacher: s.mme_diallo }, [tuesday])
  const answer = await teacher.put(`/api/lessons/${slot.id}.${tuesday}/entry`, entry('<p>remplacement</p>'))
  expect(answer.statusCode, answer.body).toBe(200)
})

test('documents of what is written ahead are read from the day on which the lesson takes place', async () => {
  const lesson = await aLesson('2026-12-01')
  const { sha256 } = await w.ctx.files.put(Readable.from([Buffer.from('corrigés')]))
  const file = await aFile(s.mme_diallo, sha256)
  const bytes = `/files/${file}/fiche.pdf`
  const written = await teacher.put(`/api/lessons/${lesson}/entry`, {
    ...entry('<p>Corrigé</p>', [file]),
    shownOnDay: true,
  })
  expect(written.statusCode, written.body).toBe(200)
  const ahead = async (people: TestPerson[]) => {
    for (const person of people) refused(await (await w.as(person)).get(bytes), 'absent')
  }
  const outside = [s.nour, other.lea, other.mme_diallo, other.mme_diop, other.mme_roy]
  await ahead([s.lea, s.mme_diop, s.m_benali, s.mme_roy, ...outside])
  expect((await teacher.get(bytes)).statusCode).toBe(200)
  const moved = { kind: 'moved', toDate: '2026-12-15', toStart: '14:00', toEnd: '14:55' }
  expect((await teacher.put(`/api/lessons/${lesson}/change`, moved)).statusCode).toBe(200)
  w.clock.set('2026-12-01T09:00:00Z')
  await ahead([s.lea, s.mme_diop, ...outside])
  w.clock.set('2026-12-15T06:00:00Z')
  for (const person of [s.lea, s.mme_diop, s.m_benali, s.mme_roy])
    expect((await (await w.as(person)).get(bytes)).statusCode, person.key).toBe(200)
  await ahead(outside)
  w.clock.set('2026-11-24T06:50:00Z')
})

test('what is shown on its day is shown when the school’s day begins, overseas too', async () => {
  const lesson = await aLesson(tuesday)
  await teacher.put(`/api/lessons/${lesson}/entry`, { ...entry('<p>Surprise</p>'), shownOnDay: true })
  const shown = async () =>
    (await (await w.as(s.lea)).get(`/api/classes/${s.class3B.id}/diary?week=2026-11-23`)).body
  const zone = (name: string) =>
    w.ctx.db.updateTable('org').set({ zone: name }).where('id', '=', s.school.id).execute()
  await zone('Pacific/Tahiti')
  w.ctx.bus.hear('directory', [])
  expect(await shown(), 'it is still Monday there').not.toContain('Surprise')
  w.clock.set('2026-11-24T10:30:00Z')
  expect(await shown()).toContain('Surprise')
  w.clock.set('2026-11-24T06:50:00Z')
  await zone('Europe/Paris')
  w.ctx.bus.hear('directory', [])
})
