// kill -9 in the middle of a backup and of a restore, as whole processes on an embedded database: what was there stays,
// nothing half looks whole, and the same command run again ends well.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test, vi } from 'vitest'
import type { Tables } from '#migrations/tables'
import { listBackups, openArchive } from '#platform/backup/archive'
import { verifyArchive } from '#platform/backup/verify'
import { type Config, readConfig } from '#platform/config'
import { openDatabase } from '#platform/db'
import { folderStore } from '#platform/files'
import { type FileId, newId } from '#platform/ids'
import { noProgress } from '#platform/progress'
import { aDatabase } from '#test/database'
import { aFolder, contentOf } from '#test/installation'
import { aSchool } from '#test/world'
import { startEmbedded, updateDatabase } from '../start/database.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const files = 400
const source = readConfig({ PREAU_DATA: await aFolder() })
const to = await aFolder(false)
const before = await onDatabase(source, async (url) => {
  await updateDatabase(url)
  const { db, close } = openDatabase<Tables>(url)
  const { school, lea } = await aSchool(db)
  const store = folderStore(join(source.data, 'files'))
  for (let i = 0; i < files; i++) {
    const stored = await store.put(Readable.from([randomBytes(20_000)]))
    const row = { school_id: school.id, owner_id: lea.id, name: `${i}.jpg`, type: 'image/jpeg', ...stored }
    const id = newId<FileId>(Date.now())
    await db
      .insertInto('file')
      .values({ id, ...row, created_at: new Date() })
      .execute()
  }
  await close()
  return contentOf(url)
})
await writeFile(join(source.data, 'door.secret'), 'secret\n')

/** Works on the embedded database of a data folder. */
async function onDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startEmbedded(config, {})
  return work(server.url).finally(() => server.stop())
}

const begun: ChildProcess[] = []
afterAll(() => {
  for (const child of begun) child.kill('SIGKILL')
})

type Ended = { code: number | null; said: string }

/** Runs a command of ours; kills it as soon as what it says, or the disk, is so. */
async function preau(args: string[], env: object, killAt?: (said: string) => boolean): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../cli/main.ts'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  begun.push(child)
  let said = ''
  const hear = (piece: Buffer) => {
    said += piece
    if (killAt?.(said)) child.kill('SIGKILL')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const watch = setInterval(() => killAt?.(said) && child.kill('SIGKILL'), 2)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(watch)
  return { code, said }
}

const backup = (killAt?: (said: string) => boolean) =>
  preau(['backup', '--to', to, '--json'], { PREAU_DATA: source.data }, killAt)

async function copiedFiles(): Promise<number> {
  const names = await readdir(join(to, 'files'), { recursive: true }).catch(() => [])
  return names.filter((name) => /^..\/.{62}$/.test(name)).length
}

test('a backup that is killed leaves no half one, and the next goes on with its files', async () => {
  const arrived = () => existsSync(join(to, 'files')) && existsSync(join(to, 'backups'))
  const stages: ((said: string) => boolean)[] = [
    arrived,
    (said) => /^Database…/m.test(said),
    (said) => /^Files…/m.test(said),
  ]
  for (const stage of stages) expect((await backup(stage)).code).toBe(null)
  let seen = 0
  const inTheMiddle = setInterval(async () => {
    seen = await copiedFiles()
  }, 5)
  expect((await backup(() => seen > 50)).code).toBe(null)
  clearInterval(inTheMiddle)
  const archive = await openArchive(to)
  expect(await listBackups(archive)).toEqual([])
  const there = await copiedFiles()
  expect(there).toBeGreaterThan(50)
  expect(there).toBeLessThan(files)
  const whole = await backup()
  expect(whole.code, whole.said).toBe(0)
  expect(JSON.parse(whole.said.trim().split('\n').at(-1) ?? '').copied.count).toBe(files - there)
  expect((await verifyArchive(archive, noProgress)).damages).toEqual([])
  expect((await readdir(join(to, 'backups'))).filter((name) => name.startsWith('.'))).toEqual([])
  // And what it was made of is as it was.
  expect(await onDatabase(source, contentOf)).toEqual(before)
})

const stages = ['Files…', 'Starting a database…', 'Database…', 'Statistics…']

test('a restore that is killed again and again leaves nothing to start, and ends well in the end', async () => {
  const config = readConfig({ PREAU_DATA: await aFolder(false) })
  const env = { PREAU_DATA: config.data }
  for (const stage of stages) {
    const { code } = await preau(['restore', '--from', to], env, (said) => said.includes(stage))
    expect([stage, code]).toEqual([stage, null])
    expect([stage, existsSync(join(config.data, 'pg'))]).toEqual([stage, false])
  }
  const started = await preau(['start'], { ...env, PREAU_PORT: '0' })
  expect([started.code, started.said]).toEqual([
    1,
    expect.stringMatching(/A restore into .* not come to its end/),
  ])
  const whole = await preau(['restore', '--from', to], env)
  expect(whole.code, whole.said).toBe(0)
  expect(await onDatabase(config, contentOf)).toEqual(before)
  expect((await readdir(config.data)).sort()).toEqual(['door.secret', 'files', 'pg', 'run'])
  // Killed after the last step but one: there is nothing left to do.
  await mkdir(join(config.data, 'restoring'))
  expect(await preau(['restore', '--from', to], env)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/complete now/),
  })
  expect(await onDatabase(config, contentOf)).toEqual(before)
})

test('with a database of one’s own, a restore that is killed leaves it empty', async () => {
  const env = { PREAU_DATA: await aFolder(false), DATABASE_URL: await aDatabase() }
  for (const stage of ['Tables…', 'Database…', 'Checking what']) {
    const { code } = await preau(['restore', '--from', to], env, (said) => said.includes(stage))
    expect([stage, code]).toEqual([stage, null])
    expect(await contentOf(env.DATABASE_URL)).toEqual({})
  }
  const whole = await preau(['restore', '--from', to, '--json'], env)
  expect(whole.code, whole.said).toBe(0)
  expect(await contentOf(env.DATABASE_URL)).toEqual(before)
})

test('commands tell what is there, and end with 2 for damage', async () => {
  const env = { PREAU_DATA: source.data }
  const listed = await preau(['backup', '--to', to, '--list'], env)
  expect([listed.code, listed.said]).toEqual([
    0,
    expect.stringMatching(/rows, 400 files \(8\.0 MB\)\nNone was tried/),
  ])
  const tried = await preau(['backup', '--to', to, '--try'], env)
  expect([tried.code, tried.said]).toEqual([
    0,
    expect.stringMatching(/can be restored: every table and every file/),
  ])
  const [one] = await listBackups(await openArchive(to))
  await writeFile(join(one?.folder ?? '', 'tables/person.zst'), 'x')
  const verified = await preau(['backup', '--to', to, '--verify'], env)
  expect([verified.code, verified.said]).toEqual([
    2,
    expect.stringMatching(/DAMAGED:\n.*person\.zst is damaged/),
  ])
  expect((await preau(['backup', '--to', to, '--try'], env)).code).toBe(2)
  expect((await preau(['restore', '--from', to], { PREAU_DATA: await aFolder(false) })).code).toBe(1)
})
