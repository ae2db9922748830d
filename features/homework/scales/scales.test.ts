// Scales, rubrics and two teachers who save the same mark, in whole requests.
import { expect, test } from 'vitest'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aSchool, type TestSchool } from '#test/world'
import type { Copy } from '../contract.ts'
import type { Marking, MarkingView, Scale } from './contract.ts'
import { usualScales } from './scale-rules.ts'

const w: TestWorkspace = await aWorkspace()
const letters = usualScales[2] as Scale
const lsu = usualScales[1] as Scale

async function setFor3B(s: TestSchool, by = s.mme_diallo): Promise<string> {
  const dueAt = new Date(w.clock.now() + 86_400_000).toISOString()
  const draft = { title: 'Exposé', body: '', dueAt, handIn: true, attachments: [] }
  const answer = await (await w.as(by)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  expect(answer.statusCode, answer.body).toBe(200)
  return `/api/homework/${answer.json().id}`
}
async function choose(s: TestSchool, url: string, over: Partial<Marking>): Promise<MarkingView> {
  const diallo = await w.as(s.mme_diallo)
  const { marking } = (await diallo.get(`${url}/marking`)).json<MarkingView>()
  const answer = await diallo.put(`${url}/marking`, { ...marking, ...over })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

test('a mark is checked by the scale, and one that was given before it changed is kept as written', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const diallo = await w.as(s.mme_diallo)
  const copy = `${url}/pupils/${s.lea.id}`
  refused(await markCopy(diallo, copy, { mark: '21' }), 'mark.too-high')
  refused(await markCopy(diallo, copy, { mark: 'A' }), 'mark.unreadable')
  for (const mark of ['abs', 'disp', 'non rendu', '15,5'])
    expect((await markCopy(diallo, copy, { mark })).json().result.mark).toBe(mark)
  await choose(s, url, { scale: letters })
  refused(await markCopy(diallo, copy, { mark: '12' }), 'mark.no-level')
  const kept = await markCopy(diallo, copy, { mark: '15,5', feedback: '<p>Bien</p>' })
  expect(kept.json().result).toMatchObject({ mark: '15,5', feedback: '<p>Bien</p>' })
  expect((await markCopy(diallo, copy, { mark: 'b' })).json().result.mark).toBe('B')
})

test('new homework has the scale that its teacher chose last for the class, else the school’s first', async () => {
  const s = await aSchool(w.ctx.db)
  const of = async (url: string) =>
    (await (await w.as(s.mme_diallo)).get(`${url}/marking`)).json().marking.scale
  const first = await setFor3B(s)
  expect(await of(first)).toEqual(usualScales[0])
  await choose(s, first, { scale: lsu, coefficient: 2, counts: 'best' })
  w.clock.advance(1000)
  const second = await setFor3B(s)
  expect(await of(second)).toEqual(lsu)
  const roy = await w.as(s.mme_roy)
  const ours = { scales: [letters, lsu] }
  const path = `/api/schools/${s.school.id}/scales`
  expect((await roy.put(path, { ...ours, version: '' })).json()).toMatchObject(ours)
  expect(await of(await setFor3B(s, s.m_benali))).toEqual(letters)
  expect(await of(first), 'what was set keeps its own').toEqual(lsu)
  expect((await (await w.as(s.mme_diallo)).get(`${first}/marking`)).json().scales).toEqual(ours.scales)
})

test('only administrators of the school decide its scales', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const path = `/api/schools/${s.school.id}/scales`
  for (const by of [s.mme_diallo, s.lea, s.mme_diop, other.mme_roy]) {
    refused(await (await w.as(by)).get(path), 'absent')
    refused(await (await w.as(by)).put(path, { scales: [letters], version: '' }), 'absent')
  }
  const roy = await w.as(s.mme_roy)
  expect((await roy.get(path)).json().scales).toEqual(usualScales)
  refused(await roy.put(path, { scales: [letters, letters], version: '' }), 'scale.title-twice')
  expect((await roy.get(path)).json().scales, 'what was there stays').toEqual(usualScales)
})

test('two administrators who change the scales at once do not overwrite each other', async () => {
  const s = await aSchool(w.ctx.db)
  const path = `/api/schools/${s.school.id}/scales`
  const [one, two] = [await w.as(s.mme_roy), await w.as(s.mme_roy)]
  const { version } = (await one.get(path)).json()
  const both = await Promise.all([
    one.put(path, { scales: [letters], version }),
    two.put(path, { scales: [lsu], version }),
  ])
  expect(both.map(({ statusCode }) => statusCode).sort(), 'one of them was first').toEqual([200, 409])
  const [first, late] = both[0].statusCode === 200 ? both : both.toReversed()
  refused(late as (typeof both)[0], 'scale.changed-meanwhile')
  const there = (await two.get(path)).json()
  expect(there, 'what the first one decided stands').toEqual(first?.json())
  expect((await two.put(path, { scales: [lsu, letters], version: there.version })).json().scales).toEqual([
    lsu,
    letters,
  ])
})

const rubric = {
  title: 'Exposé',
  criteria: [
    {
      id: 'a',
      title: 'Clarté',
      levels: [
        { title: 'À revoir', points: 0 },
        { title: 'Clair', points: 2 },
      ],
    },
  ],
}

test('the pupil sees the rubric before, and the filled one after it is given back', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, diallo] = [await w.as(s.lea), await w.as(s.mme_diallo)]
  await lea.get(url)
  await choose(s, url, { rubric })
  expect((await lea.get(url)).json().rubric).toEqual(rubric)
  const copy = `${url}/pupils/${s.lea.id}`
  refused(await markCopy(diallo, copy, { mark: null, rubric: { a: 2 } }), 'rubric.level-unknown')
  await markCopy(diallo, copy, { mark: '20', rubric: { a: 1 } })
  expect((await lea.get(`${url}/mine`)).json().result).toBeNull()
  await diallo.post(`${url}/give-back`, {})
  expect((await lea.get(`${url}/mine`)).json()).toMatchObject({
    result: { rubric: { a: 1 }, mark: '20' },
    homework: { rubric },
  })
  const view = (await diallo.get(`${url}/marking`)).json<MarkingView>()
  expect(view).toMatchObject({ rubricFixed: true, rubrics: [rubric] })
  refused(await diallo.put(`${url}/marking`, { ...view.marking, rubric: null }), 'rubric.given-back')
  const next = await setFor3B(s)
  expect((await diallo.get(`${next}/marking`)).json().rubrics, 'offered again').toEqual([rubric])
})

test('what homework is marked by is its class’s teachers’ to choose', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const { marking } = (await (await w.as(s.m_benali)).get(`${url}/marking`)).json()
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo]) {
    refused(await (await w.as(by)).get(`${url}/marking`), 'absent')
    refused(await (await w.as(by)).put(`${url}/marking`, marking), 'absent')
  }
})

test('of two who save the same mark the second is told who saved what, and nothing is overwritten unseen', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [diallo, benali, tab] = [await w.as(s.mme_diallo), await w.as(s.m_benali), await w.as(s.mme_diallo)]
  const path = `${url}/pupils/${s.lea.id}`
  const read = (await benali.get(path)).json<Copy>()
  expect(read.saved).toEqual({ version: 0, by: null, mine: false, at: null })
  await markCopy(diallo, path, { mark: '12' })
  const late = { mark: '14', feedback: '', submissionId: null, version: 0 }
  refused(await benali.put(`${path}/result`, late), 'result.changed-meanwhile')
  const { version, ...withoutVersion } = late
  refused(await benali.put(`${path}/result`, withoutVersion), 'result.changed-meanwhile')
  const now = (await benali.get(path)).json<Copy>()
  expect(now).toMatchObject({
    result: { mark: '12' },
    saved: { version: 1, by: 'Aminata Diallo', mine: false, at: new Date(w.clock.now()).toISOString() },
  })
  expect((await benali.put(`${path}/result`, { ...late, version: 1 })).json().saved).toMatchObject({
    version: 2,
    mine: true,
  })
  // Two tabs of one teacher.
  refused(await tab.put(`${path}/result`, { ...late, version: 1 }), 'result.changed-meanwhile')
  // Emptied and written anew is not what was read before either.
  await markCopy(diallo, path, { mark: null })
  refused(await benali.put(`${path}/result`, { ...late, version: 2 }), 'result.changed-meanwhile')
  // At the same moment: one of the two.
  const both = await Promise.all(
    [diallo, benali].map((by) => by.put(`${path}/result`, { ...late, version: 3 })),
  )
  expect(both.map((a) => a.statusCode).sort()).toEqual([200, 409])
})

test('a mark typed in the grid leaves the feedback as it is', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const diallo = await w.as(s.mme_diallo)
  const path = `${url}/pupils/${s.lea.id}`
  await markCopy(diallo, path, { mark: '12', feedback: '<p>Bien</p>' })
  const answer = await diallo.put(`${path}/result`, { mark: '13', submissionId: null, version: 1 })
  expect(answer.json().result).toMatchObject({ mark: '13', feedback: '<p>Bien</p>' })
})

test('remarks are one’s own', async () => {
  const s = await aSchool(w.ctx.db)
  const [diallo, benali] = [await w.as(s.mme_diallo), await w.as(s.m_benali)]
  const draft = { subject: 'Français', words: 'Citer le texte.' }
  const kept = (await diallo.post('/api/remarks', draft)).json()
  await diallo.post('/api/remarks', draft)
  const all = (await diallo.get('/api/remarks')).json().remarks
  expect(all, 'the same words once').toMatchObject([draft])
  refused(await diallo.post('/api/remarks', { subject: '', words: ' ' }), 'remark.empty')
  refused(await diallo.put(`/api/remarks/${kept.id}`, draft), 'absent')
  const [{ id }] = all
  const changed = { subject: 'Français', words: 'Citer le texte, avec la page.' }
  for (const by of [benali, await w.as(s.lea)]) {
    refused(await by.put(`/api/remarks/${id}`, changed), 'absent')
    refused(await by.delete(`/api/remarks/${id}`), 'absent')
  }
  refused(await (await w.as(s.lea)).get('/api/remarks'), 'absent')
  refused(await (await w.as(s.lea)).post('/api/remarks', draft), 'absent')
  await diallo.put(`/api/remarks/${id}`, changed)
  expect((await benali.get('/api/remarks')).json().remarks).toEqual([])
  expect((await diallo.get('/api/remarks')).json().remarks).toEqual([{ id, ...changed }])
  expect((await diallo.delete(`/api/remarks/${id}`)).statusCode).toBe(204)
  expect((await diallo.get('/api/remarks')).json().remarks).toEqual([])
})
