// What can become of a file on its way in, each with its clear outcome: odd files, a full disk, a storage that is away,
// a workspace that dies, another one that goes on.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openToday } from '#features/today'
import { folderStore } from '#platform/files'
import type { App } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { s3Store } from '#platform/s3-files'
import { aWorkspace, refused } from '#test/app'
import { anObjectStorage, noObjectStorage } from '#test/object-storage'
import { aSchool, type TestSchool } from '#test/world'
import { buildWorkspace } from '../../../apps/workspace/app.ts'
import { largestFile } from '../contract.ts'
import { HashedFolder } from './hashed-folder.ts'

const w = await aWorkspace()
let s: TestSchool
let base: string

const baseOf = async (app: App) => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  base = await baseOf(w.app)
  s = await aSchool(w.ctx.db)
})

type Person = { id: PersonId }
const base64 = (text: string) => Buffer.from(text).toString('base64')

async function tus(
  person: Person,
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: Uint8Array,
) {
  const { cookie } = await w.as(person)
  const own = { 'tus-resumable': '1.0.0', 'sec-fetch-site': 'same-origin', cookie }
  const type: Record<string, string> = body ? { 'content-type': 'application/offset+octet-stream' } : {}
  return fetch(url, {
    method,
    headers: { ...own, ...type, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  })
}

async function begin(bytes: Uint8Array, name: string, part = bytes.length, at = base): Promise<string> {
  const headers = {
    'upload-length': String(bytes.length),
    'upload-metadata': `filename ${base64(name)}`,
  }
  const answer = await tus(s.lea, 'POST', `${at}/api/uploads`, headers, bytes.subarray(0, part))
  expect(answer.status, await answer.text()).toBe(201)
  return answer.headers.get('location')?.split('/').at(-1) ?? ''
}

const claim = async (upload: string) => (await w.as(s.lea)).post('/api/files', { upload })

test('a damaged PDF is a file like any other, to be downloaded', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(500)])
  const file = (await claim(await begin(bytes, 'abîmé.pdf'))).json()
  expect(file).toMatchObject({ name: 'abîmé.pdf', type: 'application/pdf', bytes: bytes.length })
  const read = await (await w.as(s.lea)).get(`/files/${file.id}/x`)
  expect(read.rawPayload.equals(bytes)).toBe(true)
})

test('an empty file is refused before anything is sent', async () => {
  const answer = await tus(s.lea, 'POST', `${base}/api/uploads`, { 'upload-length': '0' })
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'file.empty'])
})

test('a name of 300 emoji is kept as far as it can be read, and served', async () => {
  const file = (await claim(await begin(Buffer.from('un dessin'), `${'🎨'.repeat(300)}.txt`))).json()
  expect(Array.from(file.name as string).length).toBeLessThanOrEqual(200)
  expect(file.name).toMatch(/^(🎨)+\.txt$/u)
  const read = await (await w.as(s.lea)).get(`/files/${file.id}/${encodeURIComponent(file.name)}`)
  expect(read.headers['content-disposition']).toContain(`${encodeURIComponent('🎨')}`)
})

test('a file of exactly the limit may be sent, one of a byte more not', async () => {
  const bytes = (length: number) => ({ 'upload-length': String(length) })
  const person = s.mme_diallo
  expect((await tus(person, 'POST', `${base}/api/uploads`, bytes(largestFile))).status).toBe(201)
  const more = await tus(person, 'POST', `${base}/api/uploads`, bytes(largestFile + 1))
  expect([more.status, ((await more.json()) as { code: string }).code]).toEqual([413, 'file.too-large'])
})

test('a hash is taken up where the bytes are, and never trusted beyond them', async () => {
  const folder = join(w.ctx.uploads, 'hashes')
  await mkdir(folder, { recursive: true })
  const store = new HashedFolder({ directory: folder })
  const bytes = randomBytes(200_000)
  const upload = { id: 'a', size: bytes.length, offset: 0 }
  await store.create({ ...upload, metadata: {} } as never)
  const { Readable } = await import('node:stream')
  const cut = Readable.from(
    (function* () {
      yield bytes.subarray(0, 50_000)
      throw new Error('the line was cut')
    })(),
  )
  await expect(store.write(cut, 'a', 0)).rejects.toBeDefined()
  const there = (await store.getUpload('a')).offset
  expect(there).toBe(50_000)
  await store.write(Readable.from([bytes.subarray(there)]), 'a', there)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(await store.measured('a', bytes.length)).toEqual({ sha256, bytes: bytes.length })
  const other = new HashedFolder({ directory: folder })
  expect(await other.measured('a', bytes.length), 'another process reads it').toMatchObject({ sha256 })
})

test('a second workspace on the same uploads goes on; one that does not know them says so', async () => {
  const bytes = randomBytes(100_000)
  const upload = await begin(bytes, 'film.bin', 40_000)
  const second = await buildWorkspace(w.ctx, { accounts: w.accounts, today: openToday(w.ctx) } as never)
  const apart = await buildWorkspace({ ...w.ctx, uploads: join(w.ctx.uploads, 'apart') }, {
    accounts: w.accounts,
    today: openToday(w.ctx),
  } as never)
  afterAll(async () => {
    await second.close()
    await apart.close()
  })
  const [there, elsewhere] = [await baseOf(second), await baseOf(apart)]
  expect((await tus(s.lea, 'HEAD', `${elsewhere}/api/uploads/${upload}`, {})).status).toBe(404)
  const rest = await tus(
    s.lea,
    'PATCH',
    `${there}/api/uploads/${upload}`,
    { 'upload-offset': '40000' },
    bytes.subarray(40_000),
  )
  expect(rest.status).toBe(204)
  const file = (await claim(upload)).json()
  expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

const root = process.getuid?.() === 0

test.skipIf(!root)(
  'a full disk refuses the claim, keeps the upload, and takes it once there is room',
  async () => {
    const disk = join(w.ctx.uploads, '..', 'small-disk')
    await mkdir(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
    const before = w.ctx.files
    try {
      w.ctx.files = folderStore(join(disk, 'files'))
      const upload = await begin(randomBytes(2 * 1024 * 1024), 'gros.bin')
      refused(await claim(upload), 'file.disk-full')
      w.ctx.files = before
      expect((await claim(upload)).statusCode, 'the upload is still there').toBe(200)
    } finally {
      w.ctx.files = before
      execFileSync('umount', [disk])
      await rm(disk, { recursive: true })
    }
  },
)

test.skipIf(noObjectStorage)(
  'with the object storage away a claim waits, and is taken when it is back',
  async () => {
    const storage = await anObjectStorage()
    const before = w.ctx.files
    const store = s3Store(await storage.bucket('claims'), join(w.ctx.uploads, '..', 'drafts'))
    try {
      w.ctx.files = store
      const upload = await begin(Buffer.from('pendant la panne'), 'a.txt')
      await storage.kill()
      refused(await claim(upload), 'server.files-away')
      const early = await begin(Buffer.from('elle est toujours là'), 'b.txt')
      await storage.start()
      const [one, two] = [(await claim(upload)).json(), (await claim(early)).json()]
      const read = await (await w.as(s.lea)).get(`/files/${one.id}/x`, { range: 'bytes=0-6' })
      expect([read.statusCode, read.body]).toEqual([206, 'pendant'])
      expect(two.bytes).toBe(Buffer.byteLength('elle est toujours là'))
      await storage.kill()
      refused(await (await w.as(s.lea)).get(`/files/${one.id}/x`), 'server.files-away')
    } finally {
      w.ctx.files = before
      store.close()
      await storage.close()
    }
  },
)
