// Exports that are damaged or mean harm: refused by name, with nothing done.
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeClock } from '#platform/clock'
import { Refused } from '#platform/refusal'
import { freshDatabase } from '#test/database'
import { exportFiles, folderOf, zipBytes, zipOf } from '#test/oneroster'
import { importDirectory } from '../actions.ts'
import { exportLimits } from './export.ts'

const { pool, db } = await freshDatabase()
const clock = fakeClock('2026-11-24T07:00:00Z')
const files = exportFiles({
  orgs: ['school,,,"Collège, annexe",school,,'],
  users: ['u1,,,true,lea,,Léa,"D""A",,,,,,,,,,,,,,'],
  roles: ['r1,,,u1,primary,student,,,school,'],
})

const bring = (path: string, limits = exportLimits) =>
  importDirectory({ pool, clock }, { path, limits, dryRun: true })

async function refused(path: string, code: string, limits = exportLimits): Promise<void> {
  await expect(bring(path, limits)).rejects.toMatchObject({ name: 'Refused', code: `directory.${code}` })
  expect(await db.selectFrom('org').select('id').execute()).toEqual([])
}

/** Another name of the same length, wherever it stands in the zip. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(zip)
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at)
  return copy
}

test('a folder, a zip, each with all files in one folder, and the clutter that archive programs add', async () => {
  const nested = (extra: object) => ({
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`export/${name}`, text])),
    ...extra,
  })
  const clutter = { '__MACOSX/export/._users.csv': 'x', 'export/.DS_Store': 'x' }
  const paths = [
    await folderOf(files),
    await zipOf(files),
    await folderOf(nested({})),
    await zipOf(nested(clutter)),
  ]
  for (const path of paths) {
    const { kinds, problems } = await bring(path)
    expect([kinds.person.created, kinds.role.created, problems]).toEqual([1, 1, []])
  }
})

test('what is no export', async () => {
  await refused('/nowhere/at/all', 'not-found')
  await refused(join(await folderOf(files), 'users.csv'), 'not-an-export')
  await refused(await folderOf({ 'users.csv': '' }), 'manifest-missing')
  await refused(await zipOf({ 'readme.txt': 'hello' }), 'manifest-missing')
})

test('paths that lead out of the archive', async () => {
  const zip = await zipBytes({ ...files, 'xx/orgs.csv': 'x' })
  await refused(await zipOf(renamed(zip, 'xx/orgs.csv', '../orgs.csv')), 'unsafe-path')
  await refused(await zipOf(renamed(zip, 'xx/orgs.csv', '/xx/rgs.csv')), 'unsafe-path')
  await refused(await zipOf(renamed(zip, 'xx/orgs.csv', 'xx\\orgs.csv')), 'unsafe-path')
  await refused(await zipOf(await zipBytes(files, 0o120777)), 'unsafe-path')
  const folder = await folderOf(files)
  await symlink('/etc/passwd', join(folder, 'classes.csv'))
  await refused(folder, 'unsafe-path')
})

test('the same file twice, also in other letters', async () => {
  await refused(await zipOf({ ...files, 'Users.csv': files['users.csv'] ?? '' }), 'file-twice')
  const zip = await zipBytes({ ...files, 'userx.csv': '' })
  await refused(await zipOf(renamed(zip, 'userx.csv', 'users.csv')), 'file-twice')
})

test('an encrypted zip', async () => {
  const zip = await zipBytes(files)
  const central = zip.indexOf(Buffer.from('PK\x01\x02'))
  zip.writeUInt16LE(zip.readUInt16LE(central + 8) | 1, central + 8)
  await refused(await zipOf(zip), 'zip-encrypted')
})

test('zip bombs, by ratio and by size, whatever their headers say', async () => {
  const bomb = await zipBytes({ ...files, 'users.csv': `${files['users.csv']}${'\n'.repeat(40e6)}` })
  expect(bomb.length).toBeLessThan(100_000)
  await refused(await zipOf(bomb), 'zip-bomb')
  await refused(await zipOf(files), 'too-large', { ...exportLimits, bytes: 300 })
  await refused(await folderOf(files), 'too-large', { ...exportLimits, bytes: 300 })
  await refused(await zipOf(files), 'too-many-files', { ...exportLimits, entries: 2 })
})

test('headers that lie about sizes', async () => {
  const zip = await zipBytes(files)
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1)) {
    zip.writeUInt32LE(zip.readUInt32LE(at + 24) + 5, at + 24)
  }
  await refused(await zipOf(zip), 'zip-damaged')
})

test('any damage to the bytes is a refusal or a report, never anything else', {
  timeout: 60_000,
}, async () => {
  const zip = await zipBytes(files)
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
  const outcome = async (path: string) => {
    const found = await bring(path).catch((error) => error)
    expect(found instanceof Refused ? found.code : Object.keys(found)).toBeTruthy()
    if (found instanceof Error) expect(found).toBeInstanceOf(Refused)
  }
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const bytes = Buffer.from(zip)
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      await outcome(await zipOf(bytes))
    }),
    { numRuns: 40 },
  )
  const names = Object.keys(files)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), damage, async (name, changes) => {
      const bytes = Buffer.from(files[name] ?? '')
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      await outcome(await folderOf({ ...files, [name]: bytes }))
    }),
    { numRuns: 40 },
  )
})
