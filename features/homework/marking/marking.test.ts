// What comes back: the grid, results that are saved and given back, and to which version of a copy they go.
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused, type TestWorkspace } from '#test/app'
import { markCopy } from '#test/marking'
import { aSchool, type TestSchool } from '#test/world'
import { unzipped } from '#test/zip'

const w: TestWorkspace = await aWorkspace()
const lire = {
  title: 'Lire le chapitre 2',
  body: '<p>Pages 12 à 30</p>',
  dueAt: '2026-11-25T07:00:00.000Z',
  handIn: true,
  attachments: [],
}

/** Mme Diallo's homework for 3e B: its address. */
async function setFor3B(s: TestSchool, over: Partial<typeof lire> = {}): Promise<string> {
  const diallo = await w.as(s.mme_diallo)
  const answer = await diallo.post(`/api/classes/${s.class3B.id}/homework`, { ...lire, ...over })
  expect(answer.statusCode, answer.body).toBe(200)
  return `/api/homework/${answer.json().id}`
}

test('the grid shows who has done what, to the class’s teachers', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const handIn = await setFor3B(s)
  const tick = await setFor3B(s, { title: 'Apprendre', handIn: false, dueAt: '2026-11-26T07:00:00Z' })
  await (await w.as(s.lea)).post(`${handIn}/submissions`, { text: 'Voici', files: [] })
  await (await w.as(s.theo)).put(`${tick}/tick`)
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `${handIn}/pupils/${s.lea.id}`, { mark: '15,5' })
  const url = `/api/classes/${s.class3B.id}/grid`
  const grid = (await (await w.as(s.m_benali)).get(url)).json()
  expect(grid.class).toEqual({ id: s.class3B.id, title: '3e B' })
  expect(grid.pupils.map((p: { familyName: string }) => p.familyName)).toEqual(['Bertin', 'Diop'])
  expect(grid.homework.map((h: { title: string }) => h.title)).toEqual(['Apprendre', 'Lire le chapitre 2'])
  const mine = (g: typeof grid) => g.homework.map((h: { mine: boolean }) => h.mine)
  expect(mine(grid)).toEqual([false, false])
  expect(mine((await diallo.get(url)).json())).toEqual([true, true])
  const id = (u: string) => u.split('/').at(-1)
  expect(grid.cells).toHaveLength(2)
  expect(grid.cells).toContainEqual({ pupilId: s.theo.id, homeworkId: id(tick), state: 'done' })
  expect(grid.cells).toContainEqual({
    pupilId: s.lea.id,
    homeworkId: id(handIn),
    state: 'handed-in',
    mark: '15,5',
    saved: true,
    complete: true,
    version: 1,
    submissionId: expect.any(String),
  })
  expect(grid.homework[0].marking.scale).toMatchObject({ kind: 'points', outOf: 20 })
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo])
    refused(await (await w.as(by)).get(url), 'absent')
})

test('a result is the teacher’s until it is given back, then the pupil’s and the guardian’s', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, theo, diop] = [await w.as(s.lea), await w.as(s.theo), await w.as(s.mme_diop)]
  const [diallo, benali] = [await w.as(s.mme_diallo), await w.as(s.m_benali)]
  await lea.post(`${url}/submissions`, { text: 'Ma lecture', files: [] })
  const copy = `${url}/pupils/${s.lea.id}`
  expect((await benali.get(copy)).json()).toMatchObject({
    pupil: { givenName: 'Léa' },
    submission: { text: 'Ma lecture', late: false },
    result: null,
  })
  refused(await diallo.post(`${url}/give-back`, {}), 'result.nothing-saved')
  const saved = await markCopy(diallo, copy, { mark: ' 15,5 ', feedback: '<p onclick="x">Bien</p>' })
  expect(saved.json().result).toEqual({
    mark: '15,5',
    feedback: '<p>Bien</p>',
    rubric: null,
    givenBackAt: null,
  })
  const mine = async () => (await lea.get(`${url}/mine`)).json()
  expect(await mine()).toMatchObject({ result: null, state: { state: 'handed-in' } })
  expect((await mine()).state.mark).toBeUndefined()
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '0' })
  const back = await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] })
  expect(back.json()).toEqual({ givenBack: 1, renewed: 0, again: 0 })
  expect(await mine()).toMatchObject({
    result: { mark: '15,5', feedback: '<p>Bien</p>' },
    state: { state: 'given-back', mark: '15,5' },
    mayHandIn: false,
  })
  expect((await diop.get(`${url}/mine?child=${s.lea.id}`)).json().result.mark).toBe('15,5')
  expect((await theo.get(`${url}/mine`)).json().result).toBeNull()
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 0, again: 0 })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 0, renewed: 0, again: 0 })
  await markCopy(benali, copy, { mark: '16' })
  expect((await mine()).result.mark).toBe('16')
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo, other.m_benali]) {
    const sender = await w.as(by)
    refused(await sender.get(copy), 'absent')
    refused(await sender.put(`${copy}/result`, { mark: '20', feedback: '', submissionId: null }), 'absent')
    refused(await sender.post(`${url}/give-back`, {}), 'absent')
  }
  refused(await diallo.get(`${url}/pupils/${s.nour.id}`), 'absent')
  const one = { mark: '1', feedback: '', submissionId: null }
  refused(await diallo.put(`${url}/pupils/${other.lea.id}/result`, one), 'absent')
})

test('an emptied result is forgotten before it is given back', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const diallo = await w.as(s.mme_diallo)
  const copy = `${url}/pupils/${s.lea.id}`
  await markCopy(diallo, copy, { mark: '12' })
  expect((await markCopy(diallo, copy, { mark: ' ', feedback: '<p></p>' })).json().result).toBeNull()
  refused(await diallo.post(`${url}/give-back`, {}), 'result.nothing-saved')
})

test('a mark never goes to a version that its teacher has not read', async () => {
  const s = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const [lea, theo, diallo] = [await w.as(s.lea), await w.as(s.theo), await w.as(s.mme_diallo)]
  const copy = `${url}/pupils/${s.lea.id}`
  const handIn = (by: typeof lea, text: string) => by.post(`${url}/submissions`, { text, files: [] })
  await handIn(lea, 'première')
  const read = (await diallo.get(copy)).json()
  await handIn(lea, 'deuxième')
  const late = { mark: '8', feedback: '', submissionId: read.submission.id }
  refused(await diallo.put(`${copy}/result`, late), 'result.copy-renewed')
  expect((await diallo.get(copy)).json()).toMatchObject({ result: null, renewed: false })

  await markCopy(diallo, copy, { mark: '14' })
  await handIn(lea, 'troisième')
  expect((await diallo.get(copy)).json()).toMatchObject({ result: { mark: '14' }, renewed: true })
  const cells = (await diallo.get(`/api/classes/${s.class3B.id}/grid`)).json().cells
  expect(cells[0].saved, 'it waits to be read again').toBeUndefined()
  refused(await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] }), 'result.copy-renewed')
  await handIn(theo, 'la seule')
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '11' })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 1, again: 0 })
  expect((await lea.get(`${url}/mine`)).json().result).toBeNull()
  await markCopy(diallo, copy, { mark: '15' })
  expect((await diallo.post(`${url}/give-back`, {})).json()).toEqual({ givenBack: 1, renewed: 0, again: 0 })
  expect((await lea.get(`${url}/mine`)).json().result.mark).toBe('15')
})

test('copies are taken along as an archive, marks as a table, by the class’s teachers alone', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const id = url.split('/').at(-1)
  const fileId = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from('une photo')]))
  const file = {
    id: fileId,
    school_id: s.school.id,
    owner_id: s.lea.id,
    name: 'page.jpg',
    type: 'image/jpeg',
  }
  const row = { ...file, ...stored, view_sha256: null, created_at: new Date(w.clock.now()) }
  await w.ctx.db.insertInto('file').values(row).execute()
  await (await w.as(s.lea)).post(`${url}/submissions`, { text: 'Ma lecture', files: [fileId] })
  const diallo = await w.as(s.mme_diallo)
  await markCopy(diallo, `${url}/pupils/${s.lea.id}`, { mark: '15,5', feedback: '<p>Bien</p>' })

  const zip = await diallo.get(`/files/homework/${id}/copies.zip`)
  expect(zip.headers['content-disposition']).toContain('3e%20B%2C%20Lire%20le%20chapitre%202.zip')
  expect(await unzipped(zip.rawPayload)).toEqual({
    'Diop Léa/texte.txt': 'Ma lecture',
    'Diop Léa/page.jpg': 'une photo',
  })
  const csv = await diallo.get(`/files/homework/${id}/marks.csv`)
  expect(csv.body.split('\r\n').slice(1)).toEqual([
    'Bertin;Théo;non;;;;;non;1;0–20',
    'Diop;Léa;oui;24/11/2026 07:50;non;15,5;Bien;non;1;0–20',
    '',
  ])
  for (const by of [s.lea, s.mme_diop, s.mme_roy, other.mme_diallo])
    for (const name of ['copies.zip', 'marks.csv'])
      refused(await (await w.as(by)).get(`/files/homework/${id}/${name}`), 'absent')
})

test('a class’s marks go out as OneRoster 1.2, given back or not at all', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = await setFor3B(s)
  const withdrawn = await setFor3B(s)
  const diallo = await w.as(s.mme_diallo)
  await diallo.delete(withdrawn)
  await markCopy(diallo, `${url}/pupils/${s.lea.id}`, { mark: '15,5' })
  await (await w.as(s.theo)).post(`${url}/submissions`, { text: 'a', files: [] })
  await markCopy(diallo, `${url}/pupils/${s.theo.id}`, { mark: '7' })
  await diallo.post(`${url}/give-back`, { pupils: [s.lea.id] })
  const paths = [
    `/files/classes/${s.class3B.id}/oneroster.zip`,
    `/files/schools/${s.school.id}/oneroster.zip`,
  ]
  for (const [path, by] of [
    [paths[0], diallo],
    [paths[1], await w.as(s.mme_roy)],
  ] as const) {
    const files = await unzipped((await by.get(path ?? '')).rawPayload)
    expect(Object.keys(files)).toEqual(['manifest.csv', 'categories.csv', 'lineItems.csv', 'results.csv'])
    expect(files['lineItems.csv']?.split('\r\n'), 'withdrawn homework is not in it').toHaveLength(3)
    const results = files['results.csv'] ?? ''
    expect(results).toMatch(/,fully graded,15\.5,2026-11-24,/)
    expect(results, 'what is not given back is not told').toMatch(/,submitted,,/)
    expect(results).not.toContain(',7,')
  }
  for (const by of [s.lea, s.mme_diop, other.mme_diallo, other.mme_roy])
    for (const path of paths) refused(await (await w.as(by)).get(path), 'absent')
  refused(await diallo.get(paths[1] ?? ''), 'absent')
})
