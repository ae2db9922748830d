// What every store of files promises, as tests: run on the folder and on an object storage alike.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { FileStore, Stored } from '#platform/files'

const sha256Of = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
async function allOf(list: AsyncIterable<Stored>): Promise<Stored[]> {
  const all: Stored[] = []
  for await (const one of list) all.push(one)
  return all
}

const from = (bytes: string | Uint8Array) => Readable.from([Buffer.from(bytes)])

/** The promises of `FileStore`; `open` gives an empty one. */
export function keepsFiles(open: () => Promise<FileStore>): void {
  test('bytes are kept under their hash, and read whole and in parts', async () => {
    const store = await open()
    const bytes = randomBytes(300_000)
    expect(await store.put(from(bytes))).toEqual({ sha256: sha256Of(bytes), bytes: 300_000 })
    const sha256 = sha256Of(bytes)
    expect(await store.size(sha256)).toBe(300_000)
    expect((await buffer(store.read(sha256))).equals(bytes)).toBe(true)
    const part = await buffer(store.read(sha256, { start: 70_000, end: 70_009 }))
    expect(part.equals(bytes.subarray(70_000, 70_010))).toBe(true)
  })

  test('a file of this machine is taken in, and stays where it was', async () => {
    const store = await open()
    const folder = await mkdtemp(join(tmpdir(), 'preau-take-'))
    const path = join(folder, 'upload')
    await writeFile(path, 'mon exposé')
    const stored = { sha256: sha256Of('mon exposé'), bytes: Buffer.byteLength('mon exposé') }
    await Promise.all([store.take(path, stored), store.take(path, stored)])
    expect(await readFile(path, 'utf8')).toBe('mon exposé')
    await rm(folder, { recursive: true })
    expect(await text(store.read(stored.sha256))).toBe('mon exposé')
  })

  test('a file that is gone is not taken in', async () => {
    const store = await open()
    const stored = { sha256: sha256Of('rien'), bytes: 4 }
    await expect(store.take('/nowhere/at/all', stored)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await store.size(stored.sha256)).toBeNull()
  })

  test('the same bytes at once are kept once', async () => {
    const store = await open()
    const stored = await Promise.all([1, 2, 3].map(() => store.put(from('bonjour'))))
    expect(new Set(stored.map((one) => one.sha256)).size).toBe(1)
    expect(await text(store.read(sha256Of('bonjour')))).toBe('bonjour')
    expect(await allOf(store.list())).toEqual([{ sha256: sha256Of('bonjour'), bytes: 7 }])
  })

  test('what is not there has no size and cannot be read', async () => {
    const store = await open()
    expect(await store.size(sha256Of('jamais'))).toBeNull()
    await expect(buffer(store.read(sha256Of('jamais')))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('deleted bytes are gone, the others stay, and deleting again is no error', async () => {
    const store = await open()
    await store.put(from('un'))
    await store.put(from('deux'))
    await store.delete(sha256Of('un'))
    await store.delete(sha256Of('un'))
    expect(await store.size(sha256Of('un'))).toBeNull()
    expect(await text(store.read(sha256Of('deux')))).toBe('deux')
  })

  test('everything is listed in the order of the hashes, also from the middle', async () => {
    const store = await open()
    const texts = Array.from({ length: 12 }, (_, i) => `fichier ${i}`)
    for (const one of texts) await store.put(from(one))
    const all = texts.map((one) => ({ sha256: sha256Of(one), bytes: one.length }))
    all.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    expect(await allOf(store.list())).toEqual(all)
    expect(await allOf(store.list(all[4]?.sha256))).toEqual(all.slice(5))
  })

  test('what breaks off while it is taken in is not kept', async () => {
    const store = await open()
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('la moitié')
        throw new Error('the line was cut')
      })(),
    )
    await expect(store.put(broken)).rejects.toThrow('the line was cut')
    expect(await allOf(store.list())).toEqual([])
  })
}
