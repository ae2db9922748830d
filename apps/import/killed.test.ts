// kill -9 in the middle of an import that a head began in the browser, on trial and when it is applied: what was there is
// as it was, the history says so, and the same file is tried again without being sent anew.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace } from '#test/app'
import { role, school as rowsOf, seat, user } from '#test/directory'
import { contentOf } from '#test/installation'
import { type ExportRows, exportFiles, zipBytes } from '#test/oneroster'
import { aPerson } from '#test/world'

vi.setConfig({ testTimeout: 120_000 })

const begun: ChildProcess[] = []
afterAll(() => {
  for (const child of begun) child.kill('SIGKILL')
})

const w = await aWorkspace({
  run: (id) => {
    const offset = w.clock.now() - Date.now()
    const settings = { PREAU_DATA: dirname(w.ctx.uploads), DATABASE_URL: w.database.url }
    const env = { PATH: process.env.PATH, ...settings, PREAU_NOW_OFFSET_MS: String(offset) }
    const stdio: ['pipe', 'inherit', 'inherit'] = ['pipe', 'inherit', 'inherit']
    begun.push(spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), id], { env, stdio }))
  },
})

const code = '0750020A'
const pupils = Array.from({ length: 15_000 }, (_, n) => `p${n}`)
const rows: ExportRows = {
  ...rowsOf(code),
  orgs: [`school,,,Collège,school,${code},`],
  users: pupils.map((one) => user(one, code)),
  roles: pupils.map((one) => role(one, 'student')),
  enrollments: pupils.map((one) => seat(`e-${one}`, 'c1', one)),
}

/** What an import may change, as the database holds it. */
async function directory(): Promise<Record<string, string>> {
  const { school_import, import_run, import_run_id_seq, ...rest } = await contentOf(w.database.url)
  return rest
}

async function aHead() {
  const org = { source: '', sourced_id: code, name: 'Collège', type: 'school', identifier: code }
  const school = await w.ctx.db
    .insertInto('org')
    .values({ ...org, disabled_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const head = await aPerson(w.ctx.db, school, 'principal', 'Claire', 'Roy')
  const upload = `${head.id}.${newId<FileId>(w.clock.now())}`
  const bytes = await zipBytes(exportFiles(rows, { source: 'S' }))
  await mkdir(w.ctx.uploads, { recursive: true })
  await writeFile(join(w.ctx.uploads, upload), bytes)
  const info = { id: upload, size: bytes.length, offset: bytes.length, metadata: { filename: 'export.zip' } }
  await writeFile(join(w.ctx.uploads, `${upload}.json`), JSON.stringify(info))
  return { url: `/api/schools/${school.id}/imports`, sender: await w.as(head), upload }
}

test('an import that is killed changes nothing, says so, and begins again', async () => {
  const { url, sender, upload } = await aHead()
  const before = await directory()
  const id = (await sender.post(url, { upload })).json().id as string
  const view = async () => (await sender.get(`${url}/${id}?lang=en`)).json()
  const state = (wanted: string) =>
    expect.poll(async () => (await view()).state, { timeout: 60_000, interval: 50 }).toBe(wanted)
  const killInTheMiddle = async () => {
    await expect.poll(async () => (await view()).step, { timeout: 60_000, interval: 5 }).toBeTruthy()
    begun.at(-1)?.kill('SIGKILL')
    // Nobody has heard of it yet; whoever looks a minute later is told, without waiting for any sweep.
    w.clock.advance(60_000)
    await state('cut')
    expect(await view()).toMatchObject({ again: true, report: null })
    expect(await directory()).toEqual(before)
  }
  await killInTheMiddle()
  expect((await sender.post(`${url}/${id}/again`)).statusCode).toBe(200)
  await state('tried')
  expect((await sender.post(`${url}/${id}/apply`, {})).statusCode).toBe(200)
  await expect.poll(async () => (await view()).step, { timeout: 60_000, interval: 5 }).toBe('People')
  begun.at(-1)?.kill('SIGKILL')
  w.clock.advance(60_000)
  await state('cut')
  expect(await directory()).toEqual(before)
  expect((await sender.get(`${url}?lang=en`)).json().imports).toMatchObject([
    { id, state: 'cut', again: true },
  ])
  await sender.post(`${url}/${id}/again`)
  await state('tried')
  await sender.post(`${url}/${id}/apply`, {})
  await state('applied')
  const { count } = await w.ctx.db
    .selectFrom('person')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('source', '=', `S · ${code}`)
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(pupils.length)
})
