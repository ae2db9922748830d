// The search through whole requests: what is found, and that nothing is which the reader may not see.
import { beforeAll, expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot, type TestClass, type TestPerson, type TestSchool } from '#test/world'

const w = await aWorkspace()
const day = '2026-11-24'
let s: TestSchool
let other: TestSchool

async function write(
  of: TestClass,
  by: TestPerson,
  body: string,
  on = day,
  more = {},
  school = s,
): Promise<string> {
  const slot = await aSlot(w.ctx.db, school.school, { class: of, teacher: by }, [on])
  const draft = { body, attachments: [], ...more }
  const answer = await (await w.as(by)).put(`/api/lessons/${slot.id}.${on}/entry`, draft)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().id
}
type Found = { total: number; next?: number; hits: Record<string, unknown>[] }
async function search(person: TestPerson, q: string, more = ''): Promise<Found> {
  const answer = await (await w.as(person)).get(`/api/diary/search?q=${encodeURIComponent(q)}${more}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const ids = async (person: TestPerson, q: string, more = '') =>
  (await search(person, q, more)).hits.map(({ id }) => id)
const text = (hit: Record<string, unknown> | undefined) =>
  (hit?.snippet as { text: string; hit?: true }[]).map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')

beforeAll(async () => {
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
})

test('accents, case, stems of both languages, beginnings and phrases', async () => {
  const thales = await write(
    s.class3B,
    s.mme_diallo,
    '<p>Théorème de <strong>Thalès</strong>, exercices 3 & 4</p>',
  )
  const english = await write(s.class3B, s.mme_diallo, '<p>Working with irregular verbs</p>')
  for (const q of [
    'thales',
    'THALÈS',
    'théorème',
    'theoremes',
    'thal',
    'exercice thales',
    '"de thales"',
    'théorème de thalès',
  ])
    expect(await ids(s.lea, q), q).toEqual([thales])
  for (const q of ['verb', 'works', 'work irregular', 'irreg'])
    expect(await ids(s.lea, q), q).toEqual([english])
  for (const q of ['"thales de"', 'strong', 'pythagore', 'thalesienne', '', '%', "'"])
    expect(await ids(s.lea, q), q).toEqual([])
  const [hit] = (await search(s.lea, 'exercice thal')).hits
  expect(hit).toMatchObject({
    kind: 'entry',
    class: '3e B',
    subject: 'Français',
    teacher: 'Aminata Diallo',
    date: day,
  })
  expect(text(hit)).toBe('Théorème de [Thalès], [exercices] 3 & 4')
})

test('an address with quotes in it is no obstacle for those who type its beginning', async () => {
  const odd = await write(
    s.class3B,
    s.mme_diallo,
    "<p>Voir zorglub.example/l'alphabet?q='a' et zorglub.example/\\d</p>",
  )
  expect(await ids(s.lea, 'zorglub')).toEqual([odd])
})

test('what one may not see is neither found nor counted', async () => {
  const word = 'zygomatique'
  const own = await write(s.class3B, s.mme_diallo, word)
  const group = await write(s.group1, s.mme_diallo, word)
  const classA = await write(s.class3A, s.m_benali, word)
  await write(other.class3B, other.mme_diallo, word, day, {}, other)
  const gone = await write(s.class3B, s.mme_diallo, word)
  await (await w.as(s.mme_diallo)).delete(`/api/entries/${gone}`)
  const seen = async (person: TestPerson) => {
    const { hits, total } = await search(person, word)
    expect(total).toBe(hits.length)
    return hits.map(({ id }) => id as string).sort()
  }
  expect(await seen(s.lea)).toEqual([own, group].sort())
  expect(await seen(s.mme_diop)).toEqual([own, group].sort())
  expect(await seen(s.theo), 'not in the group').toEqual([own])
  expect(await seen(s.nour)).toEqual([classA])
  expect(await seen(s.m_benali), 'teaches both homerooms').toEqual([own, group, classA].sort())
  expect(await seen(s.mme_roy)).toEqual([own, group, classA].sort())
  expect(await seen(other.mme_roy)).toHaveLength(1)
  expect(await ids(s.mme_roy, word, `&in=${s.class3A.id}`)).toEqual([classA])
  const stranger = await w.as(other.lea)
  refused(await stranger.get(`/api/diary/search?q=${word}&in=${s.class3B.id}`), 'absent')
  expect(await ids(other.mme_diop, word, `&child=${s.lea.id}`)).toEqual([])
  refused(await w.nobody.get(`/api/diary/search?q=${word}`), 'session.needed')
})

test('what is written ahead is found from the day on that it is at the school', async () => {
  const zone = (zone: string) =>
    w.ctx.db.updateTable('org').set({ zone }).where('id', '=', other.school.id).execute()
  const id = await write(other.class3B, other.mme_diallo, 'axolotl', day, { shownOnDay: true }, other)
  expect(await ids(other.lea, 'axolotl')).toEqual([id])
  await zone('Pacific/Pago_Pago')
  expect(await ids(other.lea, 'axolotl'), 'yesterday there').toEqual([])
  await zone('Europe/Paris')
})

test('what is written ahead, published later or for others is not found', async () => {
  const word = 'ornithorynque'
  await write(s.class3B, s.mme_diallo, word, '2026-12-08', { shownOnDay: true })
  const now = await write(s.class3B, s.mme_diallo, word, '2026-12-08')
  const draft = { title: word, body: '', dueAt: '2026-11-26T07:00:00Z', handIn: false, attachments: [] }
  const diallo = await w.as(s.mme_diallo)
  const set = async (more = {}) =>
    (await diallo.post(`/api/classes/${s.class3B.id}/homework`, { ...draft, ...more })).json().id as string
  const forAll = await set()
  const later = await set()
  const forTheo = await set()
  await w.ctx.db
    .updateTable('homework')
    .set({ publish_at: new Date('2026-11-25T07:00:00Z') })
    .where('id', '=', later as never)
    .execute()
  await w.ctx.db
    .updateTable('homework')
    .set({ for_some: true })
    .where('id', '=', forTheo as never)
    .execute()
  await w.ctx.db
    .insertInto('homework_pupil')
    .values({ homework_id: forTheo, pupil_id: s.theo.id } as never)
    .execute()
  expect(await ids(s.lea, word), 'a title weighs more').toEqual([forAll, now])
  expect(await ids(s.mme_diop, word)).toEqual([forAll, now])
  expect((await ids(s.theo, word)).toSorted()).toEqual([forAll, forTheo, now].toSorted())
  expect((await ids(s.mme_diallo, word)).toSorted()).toEqual([forAll, later, forTheo, now].toSorted())
  w.clock.set('2026-12-08T08:00:00Z')
  expect(await search(s.lea, word)).toMatchObject({ total: 3 })
  w.clock.set('2026-11-24T06:50:00Z')
})

test('by subject and date, page by page, also when the slot is gone', async () => {
  const word = 'palindrome'
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.m_benali, title: 'Maths' }, [
    '2026-10-06',
  ])
  const maths = (
    await (
      await w.as(s.m_benali)
    ).put(`/api/lessons/${slot.id}.2026-10-06/entry`, { body: word, attachments: [] })
  ).json().id
  for (let i = 0; i < 22; i++)
    await write(s.class3B, s.mme_diallo, `${word} ${i}`, `2026-11-${String(i + 1).padStart(2, '0')}`)
  expect(await ids(s.lea, word, '&subject=Maths')).toEqual([maths])
  await w.ctx.db.deleteFrom('slot').where('id', '=', slot.id).execute()
  expect((await search(s.lea, word, '&subject=Maths')).hits).toMatchObject([{ id: maths, subject: 'Maths' }])
  expect(await ids(s.lea, word, '&from=2026-10-01&to=2026-10-31')).toEqual([maths])
  const first = await search(s.lea, word)
  expect(first).toMatchObject({ total: 23, next: 1 })
  expect(first.hits[0]?.date, 'the latest first').toBe('2026-11-22')
  const second = await search(s.lea, word, '&page=1')
  expect(second.hits).toHaveLength(3)
  expect(second.next).toBeUndefined()
  const all = new Set([...first.hits, ...second.hits].map(({ id }) => id))
  expect(all.size).toBe(23)
})

test('a lesson that was moved is found where it takes place', async () => {
  const word = 'hippocampe'
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, ['2026-11-30'])
  const lesson = `/api/lessons/${slot.id}.2026-11-30`
  const diallo = await w.as(s.mme_diallo)
  const id = (await diallo.put(`${lesson}/entry`, { body: word, attachments: [], shownOnDay: true })).json()
    .id
  const moved = { kind: 'moved', toDate: '2027-01-12', toStart: '14:00', toEnd: '14:55' }
  expect((await diallo.put(`${lesson}/change`, moved)).statusCode).toBe(200)
  w.clock.set('2026-12-10T08:00:00Z')
  expect(await ids(s.lea, word), 'not shown yet').toEqual([])
  w.clock.set('2027-01-12T08:00:00Z')
  expect(await ids(s.lea, word)).toEqual([id])
  expect(await ids(s.lea, word, '&from=2027-01-12&to=2027-01-12')).toEqual([id])
  expect(await ids(s.lea, word, '&from=2026-11-01&to=2026-11-30')).toEqual([])
  w.clock.set('2026-11-24T06:50:00Z')
})

test('homework set in no lesson is of the subject that its teacher teaches the class, and narrowed to it', async () => {
  const school = await aSchool(w.ctx.db)
  const lesson = { class: school.class3B, teacher: school.m_benali, title: 'Maths' }
  await aSlot(w.ctx.db, school.school, lesson, [day])
  const draft = {
    title: 'Trapézoïdes',
    body: '',
    dueAt: '2026-12-01T17:00:00Z',
    handIn: true,
    attachments: [],
  }
  const { id } = (
    await (await w.as(school.m_benali)).post(`/api/classes/${school.class3B.id}/homework`, draft)
  ).json()
  expect((await search(school.lea, 'trapézoïdes')).hits).toMatchObject([{ id, subject: 'Maths' }])
  expect(await ids(school.lea, 'trapézoïdes', '&subject=Maths')).toEqual([id])
  expect(await ids(school.lea, 'trapézoïdes', '&subject=3e%20B')).toEqual([])
})
