// Corrected copies in a class's archive: beside the original, made in a process of its own, and said where it cannot be.
import { Readable } from 'node:stream'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace } from '#test/app'
import { aSchool, type TestSchool } from '#test/world'
import { unzipped } from '#test/zip'

const w = await aWorkspace()

async function aFile(s: TestSchool, name: string, type: string, content: Uint8Array): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([content]))
  const row = { id, school_id: s.school.id, owner_id: s.lea.id, name, type, view_sha256: null }
  await w.ctx.db
    .insertInto('file')
    .values({ ...row, ...stored, created_at: new Date(w.clock.now()) })
    .execute()
  return id
}

async function aPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.addPage([595, 842])
  return pdf.save()
}

test('a class’s archive holds corrected copies beside their originals, or why not', async () => {
  const s = await aSchool(w.ctx.db)
  const [diallo, lea] = [await w.as(s.mme_diallo), await w.as(s.lea)]
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-25T07:00:00.000Z', handIn: true, attachments: [] }
  const { id } = (await diallo.post(`/api/classes/${s.class3B.id}/homework`, draft)).json()
  const photo = await sharp({ create: { width: 60, height: 90, channels: 3, background: '#fff' } })
    .webp()
    .toBuffer()
  const files = [
    await aFile(s, 'copie.pdf', 'application/pdf', await aPdf()),
    await aFile(s, 'page.webp', 'image/webp', photo),
    await aFile(s, 'abîmé.pdf', 'application/pdf', Buffer.from('rien')),
    await aFile(s, 'brouillon.pdf', 'application/pdf', await aPdf()),
  ]
  const { submission } = (await lea.post(`/api/homework/${id}/submissions`, { text: '', files })).json()
  const note = {
    id: 'note0001',
    page: 1,
    colour: 'red',
    kind: 'text',
    x: 900,
    y: 900,
    size: 400,
    text: 'Bien',
  }
  for (const file of files.slice(0, 3)) {
    const drawn = `/api/submissions/${submission.id}/files/${file}/annotations`
    expect((await diallo.put(drawn, { version: 0, items: [note] })).statusCode).toBe(200)
  }
  const zip = await diallo.get(`/files/homework/${id}/copies.zip`)
  const inside = await unzipped(zip.rawPayload)
  expect(Object.keys(inside)).toEqual([
    'Diop Léa/copie.pdf',
    'Diop Léa/copie corrigé.pdf',
    'Diop Léa/page.webp',
    'Diop Léa/page corrigé.pdf',
    'Diop Léa/abîmé.pdf',
    'Diop Léa/abîmé corrigé.pdf.txt',
    'Diop Léa/brouillon.pdf',
  ])
  for (const name of ['copie', 'page']) expect(inside[`Diop Léa/${name} corrigé.pdf`]).toMatch(/^%PDF/)
  const lengthOf = (name: string) => inside[`Diop Léa/${name}.pdf`]?.length ?? 0
  expect(lengthOf('copie corrigé'), 'the note is in it').toBeGreaterThan(lengthOf('copie') + 100)
  expect(inside['Diop Léa/abîmé corrigé.pdf.txt']).toContain('n’ont pas pu être mises')
})

test('a copy whose bytes are gone is told in the archive, and the others are there', async () => {
  const s = await aSchool(w.ctx.db)
  const [diallo, lea] = [await w.as(s.mme_diallo), await w.as(s.lea)]
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-25T07:00:00.000Z', handIn: true, attachments: [] }
  const { id } = (await diallo.post(`/api/classes/${s.class3B.id}/homework`, draft)).json()
  const files = [
    await aFile(s, 'perdue.pdf', 'application/pdf', Buffer.from('%PDF-1.4 perdue')),
    await aFile(s, 'là.pdf', 'application/pdf', Buffer.from('%PDF-1.4 là')),
  ]
  const handIn = { text: 'voici', files }
  const { submission } = (await lea.post(`/api/homework/${id}/submissions`, handIn)).json()
  const stroke = { id: 'note0001', page: 1, colour: 'red', kind: 'text', x: 9, y: 9, size: 400, text: 'Bien' }
  const drawn = `/api/submissions/${submission.id}/files/${files[0]}/annotations`
  expect((await diallo.put(drawn, { version: 0, items: [stroke] })).statusCode).toBe(200)
  await w.ctx.files.delete(submission.files[0].sha256)
  const inside = await unzipped((await diallo.get(`/files/homework/${id}/copies.zip`)).rawPayload)
  expect(Object.keys(inside)).toEqual([
    'Diop Léa/texte.txt',
    'Diop Léa/perdue.pdf.txt',
    'Diop Léa/perdue corrigé.pdf.txt',
    'Diop Léa/là.pdf',
  ])
  expect(inside['Diop Léa/perdue.pdf.txt']).toContain('manque dans cette archive')
  expect(inside['Diop Léa/là.pdf']).toBe('%PDF-1.4 là')
})
