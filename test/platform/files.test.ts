// The store by content: the same bytes once, whoever brings them at the same time, and in folders that may come and go.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { folderStore } from '#platform/files'
import { keepsFiles } from './files-contract.ts'

const root = await mkdtemp(join(tmpdir(), 'preau-files-'))
afterAll(() => rm(root, { recursive: true, force: true }))

keepsFiles(async () => folderStore(await mkdtemp(join(root, 'store-'))))

test('the same bytes at once are one file, and nothing is left of their drafts', async () => {
  const folder = join(root, 'once')
  const store = folderStore(folder)
  const stored = await Promise.all([1, 2, 3, 4].map(() => store.put(Readable.from(['bonjour']))))
  const [{ sha256, bytes } = { sha256: '', bytes: 0 }] = stored
  expect(new Set(stored.map((s) => s.sha256)).size).toBe(1)
  expect(await store.size(sha256)).toBe(bytes)
  expect(await text(store.read(sha256, { start: 3, end: 6 }))).toBe('jour')
  expect(await readdir(join(folder, sha256.slice(0, 2)))).toEqual([sha256.slice(2)])
  expect(await readdir(join(folder, 'new'))).toEqual([])
})

test('an upload that breaks off leaves nothing', async () => {
  const folder = join(root, 'broken')
  const broken = Readable.from(
    (function* () {
      yield 'half'
      throw new Error('the line was cut')
    })(),
  )
  await expect(folderStore(folder).put(broken)).rejects.toThrow('the line was cut')
  expect(await readdir(join(folder, 'new'))).toEqual([])
})

test('a folder that was taken away is made again', async () => {
  const folder = join(root, 'away')
  const store = folderStore(folder)
  await store.put(Readable.from(['avant']))
  await rm(folder, { recursive: true })
  const { sha256 } = await store.put(Readable.from(['avant']))
  expect(await store.size(sha256)).toBe(5)
})

test('another folder than the one of uploads: bytes are copied where the disk cannot give a second name', async () => {
  const store = folderStore(join(root, 'apart'))
  const path = join('/dev/shm', `preau-${process.pid}`)
  await writeFile(path, 'loin')
  const stored = { sha256: createHash('sha256').update('loin').digest('hex'), bytes: 4 }
  await store.take(path, stored).finally(() => rm(path))
  expect(await text(store.read(stored.sha256))).toBe('loin')
})
