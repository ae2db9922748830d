// Archives of folders: names that every computer takes, what is missing said, nobody else's drops in it.
import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fromBuffer, type ZipFile } from 'yauzl'
import { aWorkspace, refused } from '#test/app'
import { aFile, aFolder, place } from '#test/spaces'
import { aSchool, type TestPerson } from '#test/world'

const w = await aWorkspace()

/** Text by path; folders end with "/". */
async function opened(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  )
  const found: Record<string, string> = {}
  return new Promise((resolve, reject) => {
    zip.on('end', () => resolve(found))
    zip.on('error', reject)
    zip.on('entry', (entry) => {
      if (entry.fileName.endsWith('/')) {
        found[entry.fileName] = ''
        zip.readEntry()
        return
      }
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        let text = ''
        for await (const piece of stream) text += piece
        found[entry.fileName] = text
        zip.readEntry()
      })
    })
    zip.readEntry()
  })
}
const zipped = async (person: TestPerson, nodes: string[]) =>
  (await w.as(person)).get(`/files/spaces/documents.zip?nodes=${nodes.join()}`)

test('a folder comes with all that is in it, under names that every computer takes', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const folder = await aFolder(teacher, `class.${s.class3B.id}`, 'Été : 1/2')
  await aFolder(teacher, folder, 'Vide')
  const put = async (name: string, text: string) =>
    place(teacher, folder, await aFile(w, s, s.mme_diallo, { name: 'a', text }), { name })
  await put('qui ?.txt', 'un')
  await put('qui *.txt', 'deux')
  await put('fin...', 'trois')
  const answer = await zipped(s.lea, [folder])
  expect(answer.headers['content-type']).toBe('application/zip')
  expect(answer.headers['content-disposition']).toContain('.zip')
  expect(await opened(answer.rawPayload)).toEqual({
    'Été 1-2/': '',
    'Été 1-2/Vide/': '',
    'Été 1-2/qui .txt': 'un',
    'Été 1-2/qui (2).txt': 'deux',
    'Été 1-2/fin': 'trois',
  })
  for (const person of [s.nour, s.mme_diop, other.mme_diallo])
    refused(await zipped(person, [folder]), 'absent')
  refused(await (await w.as(s.lea)).get('/files/spaces/documents.zip?nodes=x'), 'request.invalid')
})

test('a drop box comes with whose each file is; a pupil’s archive holds their own alone', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const box = await aFolder(teacher, `class.${s.class3B.id}`, 'Dépôt', 'drop')
  for (const pupil of [s.lea, s.theo])
    await place(
      await w.as(pupil),
      box,
      await aFile(w, s, pupil, { name: 'devoir.txt', text: pupil.username }),
    )
  expect(Object.keys(await opened((await zipped(s.mme_diallo, [box])).rawPayload)).sort()).toEqual([
    'Dépôt/',
    'Dépôt/Léa Diop - devoir.txt',
    'Dépôt/Théo Bertin - devoir.txt',
  ])
  expect(Object.keys(await opened((await zipped(s.theo, [box])).rawPayload))).toHaveLength(2)
})

test('a file whose bytes are gone is told in the archive, and the others are there', async () => {
  const s = await aSchool(w.ctx.db)
  const teacher = await w.as(s.mme_diallo)
  const folder = await aFolder(teacher, `own.${s.mme_diallo.id}`, 'Cours')
  const lost = await aFile(w, s, s.mme_diallo, { name: 'perdu.txt', text: 'perdu' })
  await place(teacher, folder, lost)
  await place(teacher, folder, await aFile(w, s, s.mme_diallo, { name: 'là.txt', text: 'là' }))
  const found = await sql<{ sha256: string }>`select sha256 from file where id = ${lost}`.execute(w.ctx.db)
  const { path } = w.ctx.files.read(found.rows[0]?.sha256 ?? '') as unknown as { path: string }
  await rm(path)
  const inside = await opened((await zipped(s.mme_diallo, [folder])).rawPayload)
  expect(inside['Cours/là.txt']).toBe('là')
  expect(inside['Cours/perdu.txt']).toBeUndefined()
  expect(inside['Fichiers manquants.txt']).toContain('Cours/perdu.txt')
})
