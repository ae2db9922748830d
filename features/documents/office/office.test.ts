// Office documents become PDFs by the real LibreOffice, where it is installed; everywhere, pages learn how that stands.
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aSchool, type TestPerson, type TestSchool } from '#test/world'
import { openOffice } from './office.ts'
import { sweepConversions } from './soffice.ts'

const soffice = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v soffice'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
})()
if (!soffice) console.log('Previews of office documents are not tested: soffice is not installed.')

const odt = 'application/vnd.oasis.opendocument.text'
const w = await aWorkspace()

async function aDocument(s: TestSchool, owner: TestPerson, content: Buffer, over = {}): Promise<FileId> {
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([content]))
  const of = { school_id: s.school.id, owner_id: owner.id, created_at: new Date(w.clock.now()) }
  const file = { id, ...of, ...stored, name: 'exposé.odt', type: odt, view_sha256: null, ...over }
  await w.ctx.db.insertInto('file').values(file).execute()
  return id
}
const ask = async (person: TestPerson, id: FileId) => (await w.as(person)).post(`/api/files/${id}/preview`)
const stateOf = async (person: TestPerson, id: FileId) => (await ask(person, id)).json().state as string
/** Asks as a page does, until it is no longer being made. */
const settled = (person: TestPerson, id: FileId) =>
  expect.poll(() => stateOf(person, id), { timeout: 60_000, interval: 200 }).not.toBe('making')
/** Flat text, which LibreOffice reads under this name too. */
const text = (words: string) => Buffer.from(words)

test('what is no office document, another’s or unscanned has no preview', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const mine = await aDocument(s, s.lea, text('à moi'))
  for (const person of [s.theo, s.mme_diallo, s.mme_diop, other.lea, other.mme_diallo])
    refused(await ask(person, mine), 'absent')
  const photo = await aDocument(s, s.lea, text('x'), { name: 'x.doc', type: 'image/jpeg' })
  refused(await ask(s.lea, photo), 'absent')
  const waiting = await aDocument(s, s.lea, text('y'), { scan: 'waiting', scan_due_at: new Date(0) })
  refused(await ask(s.lea, waiting), 'file.being-checked')
  const infected = await aDocument(s, s.lea, text('z'), { scan: 'infected' })
  refused(await ask(s.lea, infected), 'file.infected')
  refused(await (await w.as(s.lea)).get(`/files/${mine}/x?preview`), 'absent')
})

test('without LibreOffice that is said, and the same document is not tried at each look', async () => {
  const office = openOffice({ program: 'no-such-office' })
  let reads = 0
  const bytes = () => {
    reads++
    return Readable.from([text('bonjour')])
  }
  const document = { sha256: 'a', ending: 'odt', bytes, keep: async () => expect.unreachable() }
  expect(office.ask(document)).toBe('making')
  expect(office.ask(document)).toBe('making')
  await expect.poll(() => office.ask(document)).toBe('absent')
  expect(office.ask(document)).toBe('absent')
  expect(reads).toBe(1)
  await office.close()
})

test('what a process that was killed left of a conversion is removed, and nothing of one that goes on', async () => {
  const [gone, before, going] = [2 ** 30, process.pid, process.ppid].map((pid) =>
    join(tmpdir(), `preau-office-${pid}-test`),
  ) as [string, string, string]
  for (const folder of [gone, before, going]) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'document.odt'), 'x')
  }
  expect(await sweepConversions()).toBeGreaterThanOrEqual(2)
  expect([gone, before, going].map((folder) => existsSync(folder))).toEqual([false, false, true])
  await rm(going, { recursive: true })
})

test('bytes that cannot be read cost their own preview and no other', async () => {
  const office = openOffice({ program: 'no-such-office' })
  const gone = () => {
    throw new Error('no more files may be opened')
  }
  const keep = async () => expect.unreachable()
  office.ask({ sha256: 'a', ending: 'odt', bytes: gone, keep })
  const lost = join(w.ctx.uploads, 'nowhere')
  office.ask({ sha256: 'lost', ending: 'odt', bytes: () => createReadStream(lost), keep })
  const next = { sha256: 'b', ending: 'odt', bytes: () => Readable.from([text('b')]), keep }
  office.ask(next)
  await expect.poll(() => office.ask(next)).toBe('absent')
  await office.close()
})

describe.skipIf(!soffice)('with the real LibreOffice', () => {
  test('a document becomes a PDF once, for whoever may read it', { timeout: 90_000 }, async () => {
    const s = await aSchool(w.ctx.db)
    const other = await aSchool(w.ctx.db)
    const id = await aDocument(s, s.lea, text('Le volcan se réveille.'))
    expect(await stateOf(s.lea, id)).toBe('making')
    await settled(s.lea, id)
    expect(await stateOf(s.lea, id)).toBe('ready')
    const pdf = await (await w.as(s.lea)).get(`/files/${id}/expose.odt?preview`)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    refused(await (await w.as(other.lea)).get(`/files/${id}/x?preview`), 'absent')
    const same = await aDocument(s, s.theo, text('Le volcan se réveille.'), { name: 'copie.odt' })
    expect(await stateOf(s.theo, same), 'the same bytes are not converted again').toBe('ready')
  })

  test('a damaged document says so, and the next one is made', { timeout: 90_000 }, async () => {
    const s = await aSchool(w.ctx.db)
    const xlsx = {
      name: 'notes.pptx',
      type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    }
    const damaged = await aDocument(s, s.lea, Buffer.from('504b030414000600', 'hex'), xlsx)
    const good = await aDocument(s, s.lea, text('Tout va bien.'))
    await ask(s.lea, damaged)
    await ask(s.lea, good)
    await settled(s.lea, damaged)
    expect(await stateOf(s.lea, damaged)).toBe('failed')
    await settled(s.lea, good)
    expect(await stateOf(s.lea, good)).toBe('ready')
  })

  test('nothing that a document links to is read', { timeout: 90_000 }, async () => {
    const secret = join(w.ctx.uploads, '..', 'secret.txt')
    await writeFile(secret, 'SECRETWORD of the server')
    const linked = `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
      office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
      <text:section text:name="s"><text:section-source xlink:href="file://${secret}" xlink:type="simple"/>
      <text:p>avant</text:p></text:section></office:text></office:body></office:document>`
    const s = await aSchool(w.ctx.db)
    const id = await aDocument(s, s.lea, Buffer.from(linked))
    await ask(s.lea, id)
    await settled(s.lea, id)
    expect(await stateOf(s.lea, id)).toBe('ready')
    const pdf = await (await w.as(s.lea)).get(`/files/${id}/x?preview`)
    expect(await textOf(pdf.rawPayload)).toContain('avant')
    expect(await textOf(pdf.rawPayload)).not.toContain('SECRETWORD')
  })
})

async function textOf(pdf: Buffer): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 })
  const { items } = await (await (await task.promise).getPage(1)).getTextContent()
  await task.destroy()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}
