// The object storage keeps what the folder keeps, on a real server; and says what is wrong when it is away, slow, cut in
// the middle, or not what the settings say.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkS3, s3Store } from '#platform/s3-files'
import { anObjectStorage, noObjectStorage, type ObjectStorage } from '#test/object-storage'
import { keepsFiles } from './files-contract.ts'

if (noObjectStorage) console.log(`The object storage is not tested: ${noObjectStorage}.`)

describe.skipIf(noObjectStorage)('on a real S3 server', () => {
  let storage: ObjectStorage
  let drafts: string
  let buckets = 0
  const closing: (() => void)[] = []

  beforeAll(async () => {
    storage = await anObjectStorage()
    drafts = await mkdtemp(join(tmpdir(), 'preau-drafts-'))
  })
  afterAll(async () => {
    for (const close of closing) close()
    await storage.close()
    await rm(drafts, { recursive: true, force: true })
  })

  async function open(over = {}) {
    const store = s3Store({ ...(await storage.bucket(`bucket-${buckets++}`)), ...over }, drafts)
    closing.push(store.close)
    return store
  }

  /** A line to the storage that lets `most` bytes through towards it, and is then dead (or cut). */
  async function badLine(
    most: number,
    end: 'silence' | 'cut',
  ): Promise<{ endpoint: string; server: Server }> {
    const to = Number(new URL(storage.settings.endpoint ?? '').port)
    const server = createServer((client) => {
      const upstream: Socket = connect(to, '127.0.0.1')
      let passed = 0
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
      upstream.on('error', () => client.destroy())
      upstream.pipe(client)
      client.on('data', (piece) => {
        passed += piece.length
        if (passed <= most) upstream.write(piece)
        else if (end === 'cut') client.destroy()
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => server.close())
    return { endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server }
  }

  // This server lists five objects a page.
  keepsFiles(() => open())

  test('away: nothing is acknowledged, everything before is there when it is back', async () => {
    const store = await open()
    const before = await store.put(Readable.from([Buffer.from('avant')]))
    await storage.kill()
    const bytes = randomBytes(100_000)
    await expect(store.put(Readable.from([bytes]))).rejects.toMatchObject({ code: 'server.files-away' })
    await expect(store.size(before.sha256)).rejects.toMatchObject({ code: 'server.files-away' })
    await expect(buffer(store.read(before.sha256))).rejects.toMatchObject({ code: 'server.files-away' })
    await expect(store.delete(before.sha256)).rejects.toMatchObject({ code: 'server.files-away' })
    expect(await readdir(drafts)).toEqual([])
    await storage.start()
    expect((await buffer(store.read(before.sha256))).toString()).toBe('avant')
    const { sha256 } = await store.put(Readable.from([bytes]))
    expect((await buffer(store.read(sha256))).equals(bytes)).toBe(true)
  })

  test('cut in the middle of a file: it is not there, and not acknowledged', async () => {
    const { bucket } = await storage.bucket('cut')
    const { endpoint } = await badLine(300_000, 'cut')
    const cut = s3Store({ ...storage.settings, bucket, endpoint }, drafts)
    const whole = s3Store({ ...storage.settings, bucket }, drafts)
    closing.push(cut.close, whole.close)
    const bytes = randomBytes(2_000_000)
    await expect(cut.put(Readable.from([bytes]))).rejects.toMatchObject({ code: 'server.files-away' })
    for await (const one of whole.list()) throw new Error(`${one.sha256} is there`)
    await whole.put(Readable.from([bytes]))
  })

  test('silent: given up after the time it is allowed', async () => {
    const { endpoint } = await badLine(0, 'silence')
    const quick = { connect: 500, answer: 300 }
    const store = s3Store({ ...storage.settings, endpoint }, drafts, quick)
    closing.push(store.close)
    await expect(store.size('0'.repeat(64))).rejects.toMatchObject({ code: 'server.files-away' })
    expect(await checkS3({ ...storage.settings, endpoint }, quick)).toMatch(/does not answer/)
  })

  test('bytes that are not what was hashed are refused by the storage itself', async () => {
    const store = await open()
    const stored = { sha256: 'ab'.repeat(32), bytes: 6 }
    const path = join(drafts, 'autre')
    await writeFile(path, 'abcdef')
    await expect(store.take(path, stored)).rejects.toMatchObject({
      code: 'server.files-away',
    })
    expect(await store.size(stored.sha256)).toBeNull()
    await rm(path)
  })

  test('settings that cannot work are said before anything is begun', async () => {
    const good = await storage.bucket('good')
    expect(await checkS3(good)).toBeNull()
    await expect(checkS3({ ...good, bucket: 'nowhere' })).rejects.toThrow(
      /no bucket "nowhere".*PREAU_S3_BUCKET/,
    )
    await expect(checkS3({ ...good, secret: 'wrong' })).rejects.toThrow(/PREAU_S3_KEY, PREAU_S3_SECRET/)
    await expect(checkS3({ ...good, region: 'elsewhere' })).rejects.toThrow(/PREAU_S3_REGION/)
    expect(await checkS3({ ...good, endpoint: 'http://127.0.0.1:1' })).toMatch(
      /does not answer \(ECONNREFUSED\)/,
    )
  })
})
