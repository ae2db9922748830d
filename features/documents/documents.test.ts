// Files from the sender's phone to the reader's screen, over real HTTP: cut and resumed, claimed, read, refused.
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { fakeClock } from '#platform/clock'
import type { DiaryEntryId, PersonId } from '#platform/ids'
import { newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aSchool, enroll, type TestSchool } from '#test/world'
import type { FileRef } from './contract.ts'
import { filesUsableBy, sweepUploads } from './index.ts'
import { openRoom } from './receiving/room.ts'

const w = await aWorkspace()
let base: string
let s: TestSchool
let other: TestSchool

beforeAll(async () => {
  await w.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(w.app.server.address() as AddressInfo).port}`
  s = await aSchool(w.ctx.db)
  other = await aSchool(w.ctx.db)
})

type Person = { id: PersonId }
const tus = { 'tus-resumable': '1.0.0', 'sec-fetch-site': 'same-origin' }
const octets = 'application/offset+octet-stream'
const base64 = (text: string) => Buffer.from(text).toString('base64')

async function send(person: Person | null, method: string, path: string, headers = {}, body?: Uint8Array) {
  const cookie = person ? (await w.as(person)).cookie : ''
  return fetch(base + path, {
    method,
    headers: { ...tus, cookie, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  })
}

/** Begins an upload and sends its first `part` bytes; returns its address. */
async function begin(person: Person, bytes: Uint8Array, name: string, part = bytes.length): Promise<string> {
  const answer = await send(
    person,
    'POST',
    '/api/uploads',
    {
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${base64(name)}`,
      'content-type': octets,
    },
    bytes.subarray(0, part),
  )
  expect(answer.status, await answer.text()).toBe(201)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  return answer.headers.get('location') as string
}

const idOf = (location: string) => location.split('/').at(-1) as string
const claim = async (person: Person, location: string) =>
  (await w.as(person)).post('/api/files', { upload: idOf(location) })

async function file(person: Person, content: Uint8Array | string, name: string): Promise<FileRef> {
  const answer = await claim(person, await begin(person, Buffer.from(content), name))
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const read = async (person: Person, f: { id: string }, query = '', headers = {}) =>
  send(person, 'GET', `/files/${f.id}/x${query}`, headers)

test('an upload that is cut goes on where it stopped, and becomes a file when claimed', async () => {
  const bytes = randomBytes(300_000)
  const location = await begin(s.lea, bytes, 'Exposé n° 2.bin', 100_000)
  refused(await claim(s.lea, location), 'file.upload-unfinished')
  const head = await send(s.lea, 'HEAD', location)
  expect(head.headers.get('upload-offset')).toBe('100000')
  const rest = { 'upload-offset': '100000', 'content-type': octets }
  expect((await send(s.lea, 'PATCH', location, rest, bytes.subarray(100_000))).status).toBe(204)
  const claimed = (await claim(s.lea, location)).json()
  expect(claimed).toMatchObject({
    name: 'Exposé n° 2.bin',
    type: 'application/octet-stream',
    bytes: 300_000,
    view: false,
  })
  const answer = await read(s.lea, claimed)
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  expect(answer.headers.get('etag')).toBe(`"${claimed.sha256}"`)
  expect((await claim(s.lea, location)).json()).toEqual(claimed)
})

test("an upload is its sender's alone", async () => {
  const location = await begin(s.lea, randomBytes(100), 'a.bin', 50)
  for (const person of [s.theo, s.mme_diallo, other.lea]) {
    for (const [method, body] of [
      ['HEAD', undefined],
      ['DELETE', undefined],
      ['PATCH', randomBytes(50)],
    ] as const) {
      const headers = body ? { 'upload-offset': '50', 'content-type': octets } : {}
      expect((await send(person, method, location, headers, body)).status, method).toBe(404)
    }
    refused(await claim(person, location), 'absent')
  }
  expect((await send(null, 'HEAD', location)).status).toBe(401)
  expect((await send(null, 'POST', '/api/uploads', { 'upload-length': '3' })).status).toBe(401)
  expect((await send(s.lea, 'HEAD', location)).headers.get('upload-offset')).toBe('50')
  expect((await send(s.lea, 'DELETE', location)).status).toBe(204)
  expect((await send(s.lea, 'HEAD', location)).status).toBe(404)
})

test("nor does an address lead from one's own upload to another's", async () => {
  const theirs = await begin(s.lea, randomBytes(100), 'a.bin', 50)
  const own = await begin(s.theo, randomBytes(10), 'b.bin', 5)
  const address = `${own}?/${idOf(theirs)}`
  expect((await send(s.theo, 'HEAD', address)).headers.get('upload-length')).toBe('10')
  expect((await send(s.theo, 'DELETE', address)).status).toBe(204)
  expect((await send(s.theo, 'HEAD', own)).status).toBe(404)
  expect((await send(s.lea, 'HEAD', theirs)).headers.get('upload-offset')).toBe('50')
})

test('an extension of the protocol that is not offered is no full disk', async () => {
  const parts = { 'upload-length': '5', 'upload-concat': 'partial' }
  expect((await send(s.lea, 'POST', '/api/uploads', parts)).status).toBe(501)
})

test('what is too large, empty or of unknown length is refused before it travels', async () => {
  const refusal = async (headers: object) => {
    const answer = await send(s.lea, 'POST', '/api/uploads', headers)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  expect(await refusal({ 'upload-length': String(2 * 1024 ** 3 + 1) })).toEqual([413, 'file.too-large'])
  expect(await refusal({ 'upload-length': '0' })).toEqual([422, 'file.empty'])
  expect(await refusal({ 'upload-defer-length': '1' })).toEqual([411, 'file.length-missing'])
})

test('room that was promised to uploads on their way is not promised twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'preau-room-'))
  const megabyte = 1024 * 1024
  const take = openRoom(folder, async () => (256 + 100) * megabyte)
  await take(60 * megabyte)
  await expect(take(60 * megabyte)).rejects.toThrow('file.disk-full')
  await take(40 * megabyte)
  await rm(folder, { recursive: true })
})

test('more bytes than announced are not taken', async () => {
  const location = await begin(s.lea, randomBytes(10), 'a.bin', 5)
  const headers = { 'upload-offset': '5', 'content-type': octets }
  expect((await send(s.lea, 'PATCH', location, headers, randomBytes(50))).status).toBe(413)
})

test('uploads from another site are refused', async () => {
  const answer = await send(s.lea, 'POST', '/api/uploads', {
    'sec-fetch-site': 'cross-site',
    'upload-length': '3',
  })
  expect(answer.status).toBe(403)
})

test('the same file twice is one, and known bytes need not travel again', async () => {
  const one = await file(s.lea, 'les mêmes octets', 'a.txt')
  const location = await begin(s.lea, Buffer.from('les mêmes octets'), 'a.txt')
  expect((await claim(s.lea, location)).json().id).toBe(one.id)
  expect((await claim(s.lea, location)).json().id).toBe(one.id)
  const known = (person: Person, name: string) =>
    w.as(person).then((p) => p.post('/api/files/known', { sha256: one.sha256, name }))
  expect((await known(s.lea, 'a.txt')).json()).toEqual(one)
  const renamed = (await known(s.lea, 'b.txt')).json()
  expect(renamed).toMatchObject({ name: 'b.txt', sha256: one.sha256, type: 'text/plain' })
  expect(renamed.id).not.toBe(one.id)
  for (const person of [s.theo, s.mme_diallo, other.lea])
    expect((await known(person, 'a.txt')).statusCode, 'nothing of theirs').toBe(204)
})

test('two claims at once give one file', async () => {
  const location = await begin(s.lea, Buffer.from('une seule fois'), 'c.txt')
  const answers = await Promise.all([claim(s.lea, location), claim(s.lea, location), claim(s.lea, location)])
  expect(new Set(answers.map((a) => a.json().id)).size).toBe(1)
})

test('nobody else reads a file that is attached to nothing', async () => {
  const f = await file(s.lea, 'à moi', 'a.txt')
  for (const person of [s.theo, s.mme_diallo, s.mme_diop, s.mme_roy, other.lea, other.mme_diallo]) {
    expect((await read(person, f)).status).toBe(404)
  }
  expect((await send(null, 'GET', `/files/${f.id}/x`)).status).toBe(401)
})

test("a diary entry's file is for whoever sees the class, until it is withdrawn", async () => {
  const f = await file(s.mme_diallo, 'le cours', 'cours.txt')
  const entry = newId<DiaryEntryId>(w.clock.now())
  await w.ctx.db
    .insertInto('diary_entry')
    .values({
      id: entry,
      school_id: s.school.id,
      class_id: s.class3B.id,
      on_date: '2026-11-24',
      body: '',
      updated_at: new Date(w.clock.now()),
    })
    .execute()
  await w.ctx.db
    .insertInto('diary_attachment')
    .values({ entry_id: entry, file_id: f.id, position: 0 })
    .execute()
  const statuses = async () => {
    const seen = []
    for (const p of [s.lea, s.theo, s.mme_diop, s.m_benali, s.mme_roy]) seen.push((await read(p, f)).status)
    return seen
  }
  expect(await statuses()).toEqual([200, 200, 200, 200, 200])
  for (const p of [s.nour, other.lea, other.mme_diallo, other.mme_diop, other.mme_roy])
    expect((await read(p, f)).status).toBe(404)
  await enroll(w.ctx.db, s.class3B, s.nour, 'proctor')
  expect((await read(s.nour, f)).status, 'a role that does not show the class').toBe(404)
  const withdraw = (disabled_at: Date | null) =>
    w.ctx.db.updateTable('class').set({ disabled_at }).where('id', '=', s.class3B.id).execute()
  await withdraw(new Date(w.clock.now()))
  expect(await statuses(), 'the class is no longer in use').toEqual([404, 404, 404, 404, 404])
  await withdraw(null)
  await w.ctx.db
    .updateTable('diary_entry')
    .set({ withdrawn_at: new Date(w.clock.now()) })
    .where('id', '=', entry)
    .execute()
  expect(await statuses()).toEqual([404, 404, 404, 404, 404])
  expect((await read(s.mme_diallo, f)).status).toBe(200)
})

test('parts, conditions and HEAD', async () => {
  const f = await file(s.lea, '0123456789', 'a.txt')
  const part = await read(s.lea, f, '', { range: 'bytes=2-4' })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2-4/10',
    '234',
  ])
  const none = await read(s.lea, f, '', { range: 'bytes=10-' })
  expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  const etag = `"${f.sha256}"`
  expect((await read(s.lea, f, '', { range: 'bytes=0-0', 'if-range': etag })).status).toBe(206)
  expect((await read(s.lea, f, '', { range: 'bytes=0-0', 'if-range': '"old"' })).status).toBe(200)
  expect((await read(s.lea, f, '', { 'if-none-match': etag })).status).toBe(304)
  const head = await send(s.lea, 'HEAD', `/files/${f.id}/x`)
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
})

const png = () =>
  sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()

test('nothing in a file can run as script, whatever it is called', async () => {
  const script = '<script>alert(document.cookie)</script>'
  const polyglot = Buffer.concat([await png(), Buffer.from(script)])
  const table = [
    [`<!doctype html>${script}`, 'photo.png', 'application/octet-stream', 'attachment'],
    [
      `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
      'photo.png',
      'application/octet-stream',
      'attachment',
    ],
    [`<?xml version="1.0"?><svg/>`, 'a.svg', 'application/octet-stream', 'attachment'],
    [polyglot, 'page.html', 'image/png', 'inline'],
    [`un texte, puis ${script}`, 'page.html', 'text/plain; charset=utf-8', 'inline'],
    [`%PDF-1.7\n${script}`, 'page.html', 'application/pdf', 'inline'],
    ['MZ\u0000\u0000 un programme', 'devoir.pdf', 'application/octet-stream', 'attachment'],
  ] as const
  for (const [content, name, type, how] of table) {
    const { headers } = await read(s.lea, await file(s.lea, content, name))
    expect(headers.get('content-type'), name).toBe(type)
    expect(headers.get('content-disposition')?.split(';')[0]).toBe(how)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
    expect(policy).toContain('sandbox')
  }
})

test.each(['lying.jpg', 'lying.heic'])('a phone photo arrives upright: %s', async (name) => {
  const original = await readFile(join('test/samples', name))
  const f = await file(s.lea, original, name)
  expect(f).toMatchObject({ view: true, type: name.endsWith('heic') ? 'image/heic' : 'image/jpeg' })
  const view = await read(s.lea, f, '?view')
  expect(view.headers.get('content-type')).toBe('image/jpeg')
  const jpeg = Buffer.from(await view.arrayBuffer())
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([64, 96])
  const red = (y: number) => data[(y * info.width + 32) * info.channels] ?? 0
  expect(red(20)).toBeGreaterThan(150)
  expect(red(76)).toBeLessThan(100)
  const { exif, orientation } = await sharp(jpeg).metadata()
  expect([exif, orientation]).toEqual([undefined, undefined])
  const kept = await read(s.lea, f)
  expect(Buffer.from(await kept.arrayBuffer()).equals(original)).toBe(true)
})

test('a damaged photo is kept without a view', async () => {
  const heic = await readFile('test/samples/lying.heic')
  const f = await file(s.lea, heic.subarray(0, 600), 'abîmé.heic')
  expect(f).toMatchObject({ view: false, bytes: 600, type: 'image/heic' })
  expect((await read(s.lea, f)).status).toBe(200)
  expect((await read(s.lea, f, '?view')).status).toBe(404)
})

test('others use only their own files, or those attached before', async () => {
  const mine = await file(s.lea, 'mon fichier', 'a.txt')
  const who = { account: s.theo.id, keys: {}, passId: '', issuedAt: 0 }
  await expect(filesUsableBy(w.ctx, who, [mine.id])).rejects.toMatchObject({ code: 'file.not-yours' })
  expect(await filesUsableBy(w.ctx, who, [mine.id, mine.id], [mine.id])).toEqual([mine.id])
  expect(await filesUsableBy(w.ctx, { ...who, account: s.lea.id }, [mine.id])).toEqual([mine.id])
})

test('what was begun two days ago is forgotten, whatever clock the machine has', async () => {
  const old = idOf(await begin(s.lea, randomBytes(10), 'a.bin', 5))
  w.clock.advance(2 * 3_600_000)
  const fresh = idOf(await begin(s.lea, randomBytes(10), 'a.bin', 5))
  const sweep = (hours: number) =>
    sweepUploads({ ...w.ctx, clock: fakeClock(w.clock.now() + hours * 3_600_000) })
  expect(await sweep(45)).toBe(0)
  expect(await sweep(47)).toBeGreaterThan(0)
  const left = await readdir(w.ctx.uploads)
  expect(left).not.toContain(old)
  expect(left).not.toContain(`${old}.json`)
  expect(left).toContain(fresh)
})
