// Backups and restores beside a database of one's own: what goes in comes out, each mistake is a sentence, and nothing
// that was there is touched.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { receiptKeys, verify } from '#features/receipts'
import { migrate } from '#migrations'
import type { Tables } from '#migrations/tables'
import { findBackup, listBackups, openArchive } from '#platform/backup/archive'
import { lockArchive } from '#platform/backup/archive-lock'
import { verifyArchive } from '#platform/backup/verify'
import { readConfig } from '#platform/config'
import { openDatabase } from '#platform/db'
import { noProgress } from '#platform/progress'
import { aDatabase } from '#test/database'
import { aFolder, anInstallation, contentOf, type Installation } from '#test/installation'
import { makeBackup } from './make.ts'
import { restoreInstallation } from './restore.ts'
import { tryBackup } from './trial.ts'

vi.setConfig({ testTimeout: 60_000 })
const one = await anInstallation()

const back = (to: string, over = {}, from: Installation = one) =>
  makeBackup(from.config, { to, ...over }, noProgress)

/** A place to restore to: an empty database and a folder that is not there yet. */
async function aPlace() {
  const [url, data] = [await aDatabase(), await aFolder(false)]
  return { url, data, config: readConfig({ PREAU_DATA: data, DATABASE_URL: url }) }
}

async function restored(from: string, at?: string) {
  const place = await aPlace()
  const result = await restoreInstallation(place.config, { from, at }, noProgress)
  return { ...place, ...result }
}

/** What a folder of the store holds: path and content's length. */
async function filesIn(data: string): Promise<string[]> {
  const names = await readdir(join(data, 'files'), { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const all = await Promise.all(
    files.map(async (path) => `${path.slice(data.length)} ${(await readFile(path)).toString('base64')}`),
  )
  return all.sort()
}

test('what comes out is what went in: every table, every file, the keys', async () => {
  const to = await aFolder(false)
  const { receipt } = await one.handIn(Buffer.from('à retrouver'))
  const made = await back(to)
  expect(made.missing).toEqual([])
  const place = await restored(to)
  expect(await contentOf(place.url)).toEqual(await contentOf(one.w.database.url))
  expect(await filesIn(place.data)).toEqual(await filesIn(one.config.data))
  const secret = 'door.secret'
  expect(await readFile(join(place.data, secret))).toEqual(await readFile(join(one.config.data, secret)))
  expect((await stat(join(place.data, secret))).mode & 0o777).toBe(0o600)
  const { db, close } = openDatabase<Tables>(place.url)
  const verdict = await verify(receipt as never, await receiptKeys({ db } as never))
  expect(verdict).toMatchObject({ valid: true })
  await close()
  // And it can go on: new rows get numbers that nobody has.
  expect(existsSync(join(place.data, 'restoring'))).toBe(false)
})

test('the second backup copies only what is new, and none of what is there', async () => {
  const to = await aFolder(false)
  const first = await back(to)
  expect(first.copied).toEqual({
    count: first.backup.manifest.files.count,
    bytes: first.backup.manifest.files.bytes,
  })
  expect((await back(to)).copied).toEqual({ count: 0, bytes: 0 })
  await one.handIn(randomBytes(1000))
  expect((await back(to)).copied).toEqual({ count: 2, bytes: 2008 })
})

test('a trial restores and compares, and leaves nothing', async () => {
  const to = await aFolder(false)
  await back(to)
  const archive = await openArchive(to)
  const before = await readdir(one.config.data)
  const trial = await tryBackup(one.config, archive, await findBackup(archive), Date.now, noProgress)
  expect(trial).toMatchObject({ whole: true, wrong: undefined })
  expect(await readdir(one.config.data)).toEqual(before)
})

test('what is not empty is refused and stays as it is', async () => {
  const to = await aFolder(false)
  await back(to)
  const place = await restored(to)
  const before = await contentOf(place.url)
  const onto = (env: Record<string, string>) => restoreInstallation(readConfig(env), { from: to }, noProgress)
  const fresh = await aFolder(false)
  await expect(onto({ PREAU_DATA: fresh, DATABASE_URL: place.url })).rejects.toThrow(
    /not empty.*stays as it is/,
  )
  expect(await contentOf(place.url)).toEqual(before)
  const filled = await aFolder()
  await writeFile(join(filled, 'letter.txt'), 'to grandmother')
  await expect(onto({ PREAU_DATA: filled })).rejects.toThrow(
    /is not empty \(it has letter.txt\).*Name a new folder/,
  )
  expect(await readdir(filled)).toEqual(['letter.txt'])
})

test('files that nobody has whole are told, and the rest is kept', async () => {
  const two = await anInstallation()
  const [lost, cut] = [await two.handIn(Buffer.from('perdue')), await two.handIn(Buffer.from('coupée'))]
  const [kept, to] = [await two.handIn(Buffer.from('gardée')), await aFolder(false)]
  await back(to, {}, two)
  const later = await two.handIn(Buffer.from('perdue aussi, avant la première sauvegarde'))
  for (const { sha256 } of [lost, later]) await rm(two.pathOf(sha256))
  await writeFile(two.pathOf(cut.sha256), 'autre chose')
  // What an earlier backup brought is still there: only the last one is missing.
  const made = await back(to, {}, two)
  expect(made.missing).toEqual([{ sha256: later.sha256, why: 'absent' }])
  const elsewhere = await back(await aFolder(false), {}, two)
  expect(elsewhere.missing).toHaveLength(3)
  expect(elsewhere.missing).toContainEqual({ sha256: cut.sha256, why: 'other bytes' })
  const place = await restored(to)
  const file = join(place.data, 'files', kept.sha256.slice(0, 2), kept.sha256.slice(2))
  expect(await readFile(file, 'utf8')).toBe('gardée')
})

const damages: [what: string, path: (backup: string) => string, by: 'cut' | 'change' | 'loss'][] = [
  ['a table', (b) => join(b, 'tables/submission.zst'), 'change'],
  ['a table that ends early', (b) => join(b, 'tables/person.zst'), 'cut'],
  ['a table that is gone', (b) => join(b, 'tables/receipt.zst'), 'loss'],
  ['the list of files', (b) => join(b, 'files.zst'), 'change'],
  ['a key', (b) => join(b, 'secrets/door.secret'), 'change'],
  ['the manifest', (b) => join(b, 'manifest.json'), 'change'],
]

async function damage(path: string, by: 'cut' | 'change' | 'loss'): Promise<void> {
  if (by === 'loss') return rm(path)
  if (by === 'cut') return truncate(path, Math.floor((await stat(path)).size / 2))
  const bytes = await readFile(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] as number) ^ 1
  await writeFile(path, bytes)
}

test.each(damages)('a damaged archive is named: %s', async (_what, pathIn, by) => {
  const to = await aFolder(false)
  const { backup } = await back(to)
  await damage(pathIn(backup.folder), by)
  const said = new RegExp(`${pathIn(backup.folder)} (is damaged|is missing|cannot be read)`)
  const found = await verifyArchive(await openArchive(to), noProgress)
  expect(found.damages).toEqual([expect.stringMatching(said)])
  const place = await aPlace()
  await expect(restoreInstallation(place.config, { from: to }, noProgress)).rejects.toThrow(said)
  expect(await contentOf(place.url)).toEqual({})
})

test('a damaged file is named, set aside, and brought anew by the next backup', async () => {
  const to = await aFolder(false)
  const { sha256 } = await one.handIn(randomBytes(5000))
  await back(to)
  const path = join(to, 'files', sha256.slice(0, 2), sha256.slice(2))
  await damage(path, 'change')
  const place = await aPlace()
  await expect(restoreInstallation(place.config, { from: to }, noProgress)).rejects.toThrow(
    `${path} is damaged.`,
  )
  const archive = await openArchive(to)
  expect((await verifyArchive(archive, noProgress)).damages).toEqual([
    expect.stringContaining(`${path} is damaged`),
  ])
  expect((await back(to)).copied.count).toBe(1)
  expect((await verifyArchive(archive, noProgress)).damages).toEqual([])
  // The restore that failed is run again, and goes on.
  await restoreInstallation(place.config, { from: to }, noProgress)
  expect(await contentOf(place.url)).toEqual(await contentOf(one.w.database.url))
})

test('a backup from before a migration is brought up to date; one of a newer Préau is refused', async () => {
  const url = await aDatabase()
  const { db, close } = openDatabase<unknown>(url)
  afterAll(close)
  await migrate(db, ['0001-people', '0002-sign-in', '0003-timetable', '0004-work'])
  await sql`insert into org (source, sourced_id, name, type) values ('', 'x', 'École', 'school')`.execute(db)
  const config = readConfig({ PREAU_DATA: await aFolder(), DATABASE_URL: url })
  const to = await aFolder(false)
  await makeBackup(config, { to }, noProgress)
  const place = await restored(to)
  expect(place.applied[0]).toBe('0005-indexes')
  const [now, latest] = [await contentOf(place.url), await contentOf(one.w.database.url)]
  expect(Object.keys(now).sort()).toEqual(Object.keys(latest).sort())
  expect(now.org).toMatch(/^1 rows/)
  await sql`insert into kysely_migration (name, timestamp) values ('9999-robots', '')`.execute(db)
  await expect(makeBackup(config, { to }, noProgress)).rejects.toThrow(/newer Préau \(it has 9999-robots\)/)
})

test('backups that need not be kept go, and with them the files that only they had', async () => {
  const two = await anInstallation()
  const to = await aFolder(false)
  const { sha256 } = await two.handIn(Buffer.from('effacée ensuite'))
  const old = await back(to, {}, two)
  await sql`delete from submission_file`.execute(two.w.ctx.db)
  await sql`delete from file`.execute(two.w.ctx.db)
  const keep = { days: 1, weeks: 0, months: 0 }
  // Both are young: they stay.
  expect((await back(to, { keep }, two)).swept).toEqual({ backups: [], files: 0 })
  const later = { ...two.config, clockOffset: 3 * 86_400_000 }
  const { swept } = await makeBackup(later, { to, keep }, noProgress)
  expect(swept?.backups).toContain(old.backup.id)
  expect(existsSync(join(to, 'files', sha256.slice(0, 2), sha256.slice(2)))).toBe(false)
  expect((await verifyArchive(await openArchive(to), noProgress)).damages).toEqual([])
  expect(await listBackups(await openArchive(to))).toHaveLength(1)
})

test('a folder for backups that cannot be one', async () => {
  const { data } = one.config
  await expect(back(join(data, 'backup'))).rejects.toThrow(/lies in the data folder/)
  expect(existsSync(join(data, 'backup'))).toBe(false)
  const filled = await aFolder()
  await writeFile(join(filled, 'photo.jpg'), '')
  await expect(back(filled)).rejects.toThrow(
    /holds other things \(photo.jpg\): name a new or an empty folder/,
  )
  await expect(back(join(filled, 'photo.jpg'))).rejects.toThrow(/is not a folder/)
  await expect(restored(filled)).rejects.toThrow(/holds no backups of Préau/)
  const none = readConfig({ PREAU_DATA: await aFolder() })
  await expect(makeBackup(none, { to: await aFolder() }, noProgress)).rejects.toThrow(/nothing to back up/)
})

test('two backups at once: the second one waits for nobody and says so', async () => {
  const to = await aFolder(false)
  await back(to)
  const release = await lockArchive(to)
  await expect(back(to)).rejects.toThrow(`uses ${to} (process ${process.pid} on`)
  await release()
  // A dead holder keeps nobody out.
  await writeFile(join(to, 'lock'), JSON.stringify({ host: 'here', pid: 1, since: '' }))
  await expect(back(to)).rejects.toThrow(/process 1 on here/)
  execFileSync('touch', ['-d', '20 minutes ago', join(to, 'lock')])
  expect((await back(to)).missing).toEqual([])
})

test('a disk that is not mounted is noticed', async () => {
  const to = await aFolder(false)
  await back(to)
  await rename(to, `${to}.unmounted`)
  await mkdir(to)
  await expect(back(to)).rejects.toThrow(/no longer holds the backups.*is its disk mounted/)
  expect(await readdir(to)).toEqual([])
  expect((await back(to, { anew: true })).copied.count).toBeGreaterThan(0)
  await rm(to, { recursive: true })
  await rename(`${to}.unmounted`, to)
  await expect(back(to)).rejects.toThrow(/holds other backups than those/)
})

/** A small disk; null where we may not mount one. */
function smallDisk(folder: string, kilobytes: number): (() => void) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  const undo = () => void execFileSync('umount', ['-l', folder])
  afterAll(undo)
  return undo
}

test('a full disk ends a backup, and those before it stay whole', async ({ skip }) => {
  const to = await aFolder()
  if (!smallDisk(to, 2000)) skip('only root may mount a small disk')
  await back(to)
  await one.handIn(randomBytes(4_000_000))
  await expect(back(to)).rejects.toThrow(`The disk of ${to} is full: make room there, then run it again.`)
  const archive = await openArchive(to)
  expect((await verifyArchive(archive, noProgress)).damages).toEqual([])
  expect(await listBackups(archive)).toHaveLength(1)
  expect(await contentOf((await restored(to)).url)).toMatchObject({ org: expect.stringMatching(/^1 rows/) })
})

test('a disk that is too small for a restore is told before, or leaves nothing', async ({ skip }) => {
  const to = await aFolder(false)
  await back(to)
  const data = await aFolder()
  if (!smallDisk(data, 1000)) skip('only root may mount a small disk')
  const config = readConfig({ PREAU_DATA: data, DATABASE_URL: await aDatabase() })
  await expect(restoreInstallation(config, { from: to }, noProgress)).rejects.toThrow(
    /the backup needs .* use a larger/,
  )
  expect(await contentOf(config.databaseUrl as string)).toEqual({})
})
