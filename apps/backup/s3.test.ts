// Backups of an installation whose files lie in a real object storage, as whole commands: made, read again, tried, and
// brought back into another bucket or into a folder; while the storage is away nothing is taken for whole.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { type S3Settings, s3Store } from '#platform/s3-files'
import { aWorkspace } from '#test/app'
import { aDatabase } from '#test/database'
import { aFolder, contentOf } from '#test/installation'
import { anObjectStorage, noObjectStorage, type ObjectStorage } from '#test/object-storage'
import { aSchool } from '#test/world'

vi.setConfig({ testTimeout: 120_000 })
if (noObjectStorage) console.log(`Backups of an object storage are not tested: ${noObjectStorage}.`)

function settingsOf(s3: S3Settings): Record<string, string> {
  return {
    PREAU_S3_ENDPOINT: s3.endpoint ?? '',
    PREAU_S3_REGION: s3.region,
    PREAU_S3_BUCKET: s3.bucket,
    PREAU_S3_KEY: s3.key,
    PREAU_S3_SECRET: s3.secret,
  }
}

async function preau(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../cli/main.ts'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = Promise.all([buffer(child.stderr), buffer(child.stdout)])
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, said: Buffer.concat(await heard).toString() }
}

describe.skipIf(noObjectStorage)('with an object storage', () => {
  let storage: ObjectStorage
  let here: Record<string, string>
  let to: string
  let before: Record<string, string>
  const kept = new Map<string, Buffer>()

  beforeAll(async () => {
    storage = await anObjectStorage()
    const w = await aWorkspace()
    const { school, lea } = await aSchool(w.ctx.db)
    const s3 = await storage.bucket('here')
    const store = s3Store(s3, await aFolder())
    for (let n = 0; n < 30; n++) {
      const bytes = randomBytes(n === 0 ? 9_000_000 : 2_000 + n)
      const stored = await store.put(Readable.from([bytes]))
      kept.set(stored.sha256, bytes)
      const row = {
        school_id: school.id,
        owner_id: lea.id,
        name: `${n}.jpg`,
        type: 'image/jpeg',
        view_sha256: null,
      }
      const id = newId<FileId>(w.clock.now())
      await w.ctx.db
        .insertInto('file')
        .values({ id, ...row, ...stored, created_at: new Date(w.clock.now()) })
        .execute()
    }
    store.close()
    here = { PREAU_DATA: dirname(w.ctx.uploads), DATABASE_URL: w.database.url, ...settingsOf(s3) }
    to = await aFolder(false)
    before = await contentOf(w.database.url)
  }, 120_000)
  afterAll(() => storage.close())

  test('a backup holds every file of it, and can be restored', async () => {
    const made = await preau(['backup', '--to', to, '--json'], here)
    expect(made.code, made.said).toBe(0)
    expect(JSON.parse(made.said.trim().split('\n').at(-1) ?? '').copied.count).toBe(kept.size)
    const verified = await preau(['backup', '--to', to, '--verify'], here)
    expect(verified.code, verified.said).toBe(0)
    const tried = await preau(['backup', '--to', to, '--try'], here)
    expect([tried.code, tried.said]).toEqual([0, expect.stringMatching(/every table and every file/)])
  })

  test('it comes back into another bucket', async () => {
    const s3 = await storage.bucket('there')
    const there = { PREAU_DATA: await aFolder(false), DATABASE_URL: await aDatabase(), ...settingsOf(s3) }
    const restored = await preau(['restore', '--from', to], there)
    expect(restored.code, restored.said).toBe(0)
    expect(restored.said).not.toContain(s3.secret)
    expect(await contentOf(there.DATABASE_URL)).toEqual(before)
    const store = s3Store(s3, await aFolder())
    for (const [sha256, bytes] of kept) expect((await buffer(store.read(sha256))).equals(bytes)).toBe(true)
    store.close()
  })

  test('and into a folder, where there is no object storage any more', async () => {
    const there = { PREAU_DATA: await aFolder(false), DATABASE_URL: await aDatabase() }
    const restored = await preau(['restore', '--from', to], there)
    expect(restored.code, restored.said).toBe(0)
    expect(await contentOf(there.DATABASE_URL)).toEqual(before)
    const names = await readdir(join(there.PREAU_DATA, 'files'), { recursive: true })
    const hashes = names.filter((name) => name.length === 65).map((name) => name.replace('/', ''))
    expect(hashes.sort()).toEqual([...kept.keys()].sort())
  })

  test('while it is away no backup is made, no restore ends, and both say why; afterwards they go on', async () => {
    const s3 = await storage.bucket('later')
    const there = { PREAU_DATA: await aFolder(false), DATABASE_URL: await aDatabase(), ...settingsOf(s3) }
    const other = await aFolder(false)
    await mkdir(other)
    await storage.kill()
    const made = await preau(['backup', '--to', other], here)
    expect([made.code, made.said]).toEqual([1, expect.stringMatching(/storage|does not answer/i)])
    expect(made.said).not.toMatch(/ at .*\.ts:/)
    const restored = await preau(['restore', '--from', to], there)
    expect([restored.code, restored.said]).toEqual([1, expect.stringMatching(/storage|does not answer/i)])
    expect(restored.said).not.toMatch(/ at .*\.ts:/)
    expect(await contentOf(there.DATABASE_URL)).toEqual({})
    await storage.start()
    const again = await preau(['restore', '--from', to], there)
    expect(again.code, again.said).toBe(0)
    expect(await contentOf(there.DATABASE_URL)).toEqual(before)
  })
})
