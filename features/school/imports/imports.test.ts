// An import in the browser from the upload to the history: tried, confirmed, applied once; and who may not.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { role, school as rowsOf, seat, user } from '#test/directory'
import { type ExportRows, exportFiles, zipBytes } from '#test/oneroster'
import { aPerson, aSchool, type TestPerson } from '#test/world'
import { endCutImports } from './import-actions.ts'
import { holdImport, insertImport, saveOutcome, saveProgress } from './import-store.ts'

const w = await aWorkspace()

/** An upload of somebody's as the tus server leaves it when all bytes have come. */
async function upload(who: TestPerson, name: string, bytes: Buffer): Promise<string> {
  const id = `${who.id}.${newId<FileId>(w.clock.now())}`
  await mkdir(w.ctx.uploads, { recursive: true })
  await writeFile(join(w.ctx.uploads, id), bytes)
  const info = { id, size: bytes.length, offset: bytes.length, metadata: { filename: name } }
  await writeFile(join(w.ctx.uploads, `${id}.json`), JSON.stringify(info))
  return id
}
const zip = async (rows: ExportRows, source: string) => zipBytes(exportFiles(rows, { source }))

/** How many wait for a lock of a timetable. */
async function waiting(): Promise<number> {
  const found = await sql`
    select 1 from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(w.ctx.db)
  return found.rows.length
}

/** A school that was opened by hand, as `school init` leaves it. */
async function opened(code: string) {
  const school = await w.ctx.db
    .insertInto('org')
    .values({
      source: '',
      sourced_id: code,
      name: 'Collège',
      type: 'school',
      identifier: code,
      disabled_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const head = await aPerson(w.ctx.db, school, 'principal', 'Claire', code)
  const url = `/api/schools/${school.id}/imports`
  const sender = await w.as(head)
  const begin = async (name: string, bytes: Buffer) =>
    sender.post(url, { upload: await upload(head, name, bytes) })
  const until = async (id: string, states: string[]) =>
    expect
      .poll(async () => (await sender.get(`${url}/${id}`)).json().state, { timeout: 20_000 })
      .toSatisfy((s: string) => states.includes(s))
  const rows: ExportRows = { ...rowsOf(code), orgs: [`school,,,Collège,school,${code},`] }
  return { school, head, url, sender, begin, until, rows }
}

test('a zip is tried, applied, found in the history, and its file is gone', async () => {
  const { url, sender, begin, until, rows } = await opened('0750010A')
  const { id } = (await begin('export.zip', await zip(rows, 'S'))).json()
  await until(id, ['tried'])
  const tried = (await sender.get(`${url}/${id}?lang=en`)).json()
  expect(tried.report.join('\n')).toMatch(/nothing was changed/)
  expect(
    await w.ctx.db.selectFrom('person').select('id').where('source', '=', 'S · 0750010A').execute(),
  ).toEqual([])
  expect((await sender.post(`${url}/${id}/apply`, {})).statusCode).toBe(200)
  await until(id, ['applied'])
  expect(
    await w.ctx.db.selectFrom('person').select('id').where('source', '=', 'S · 0750010A').execute(),
  ).toHaveLength(6)
  expect((await sender.get(url)).json().imports).toMatchObject([
    { id, state: 'applied', by: 'Claire 0750010A' },
  ])
  refused(await sender.post(`${url}/${id}/apply`, {}), 'import.file-gone')
})

test('what is no export is refused in words, and changes nothing', async () => {
  const { url, sender, begin, until, rows } = await opened('0750011A')
  const bomb = await zipBytes({ ...exportFiles(rows), 'users.csv': Buffer.alloc(40 * 2 ** 20, 'a') })
  const files = exportFiles(rows)
  const { 'users.csv': users = '', ...withoutUsers } = files
  const whole = await zipBytes(files)
  for (const [bytes, words] of [
    [Buffer.from('not a zip'), /ni un dossier ni un fichier zip/],
    [bomb, /piège|trop longue|ligne/i],
    [await zip({ ...rows, orgs: ['x,,,Autre,school,0759999Z,'] }, 'S'), /pas celui de cet établissement/],
    [whole.subarray(0, whole.length - 400), /abîmé|ni un dossier ni un fichier zip/],
    [await zipBytes(withoutUsers), /users\.csv/],
    [await zipBytes({ ...files, 'users.csv': users.replace('sourcedId', 'id') }), /users\.csv.*sourcedId/],
    [await zipBytes({ ...files, 'users.csv': users.replaceAll(',', ';') }), /users\.csv, ligne 1 .*virgule/],
    [await zipBytes({ ...files, 'users.csv': Buffer.from(users, 'latin1') }), /users\.csv, ligne 2 .*UTF-8/],
    [await zipBytes({ ...files, 'users.csv': Buffer.from(users, 'utf16le') }), /users\.csv, ligne 1 /],
    [await zipBytes({ ...files, 'users.csv': `${users}"ouvert` }), /users\.csv, ligne 8 .*guillemet/],
  ] as const) {
    const { id } = (await begin('export.zip', bytes)).json()
    await until(id, ['refused', 'tried', 'cut'])
    const { state, refusal } = (await sender.get(`${url}/${id}`)).json()
    expect([state, refusal]).toEqual(['refused', expect.stringMatching(words)])
  }
  refused(await begin('empty.zip', Buffer.alloc(0)), 'file.empty')
})

test('a timetable that is none is refused in words', async () => {
  const { url, sender, begin, until } = await opened('0750012A')
  const { id } = (await begin('edt.ics', Buffer.from('nothing'))).json()
  await until(id, ['refused'])
  expect((await sender.get(`${url}/${id}`)).json().refusal).toBeTruthy()
})

test('more than a tenth of the school is disabled only with the number typed', async () => {
  const { url, sender, begin, until, rows } = await opened('0750013A')
  const ids = Array.from({ length: 40 }, (_, n) => `p${n}`)
  const many = (some: string[]): ExportRows => ({
    ...rows,
    users: some.map((one) => user(one, 'z')),
    roles: some.map((one) => role(one, 'student')),
    enrollments: some.map((one) => seat(`e-${one}`, 'c1', one)),
  })
  const first = (await begin('a.zip', await zip(many(ids), 'S'))).json().id
  await until(first, ['tried'])
  await sender.post(`${url}/${first}/apply`, {})
  await until(first, ['applied'])
  const second = (await begin('b.zip', await zip(many(ids.slice(20)), 'S'))).json().id
  await until(second, ['tried'])
  expect((await sender.get(`${url}/${second}`)).json().disabling).toContainEqual({
    sentence: 'Collège : 20 comptes sur 41 seraient désactivés.',
    disabled: 20,
  })
  refused(await sender.post(`${url}/${second}/apply`, {}), 'import.not-confirmed')
  refused(await sender.post(`${url}/${second}/apply`, { disabled: 1 }), 'import.not-confirmed')
  await sender.post(`${url}/${second}/apply`, { disabled: 20 })
  await until(second, ['applied'])
})

test('one at a time, also for another administrator; one whose process is gone is told as cut', async () => {
  const { school, head, url, sender, begin, rows } = await opened('0750014A')
  const other = await aPerson(w.ctx.db, school, 'siteAdministrator', 'Paul', 'Adjoint')
  const id = newId<FileId>(w.clock.now())
  const made = { id, kind: 'directory' as const, name: 'x.zip', bytes: 1, upload: 'gone' }
  await insertImport(w.ctx.db, school.id, made, head.id, new Date(w.clock.now()))
  const client = await w.ctx.pool.connect()
  await holdImport(client, id)
  refused(await begin('a.zip', await zip(rows, 'S')), 'import.running')
  const theirs = await (await w.as(other)).post(url, {
    upload: await upload(other, 'a.zip', await zip(rows, 'S')),
  })
  refused(theirs, 'import.running')
  refused(await sender.delete(`${url}/${id}`), 'import.running')
  w.clock.advance(60_000)
  expect(await endCutImports(w.ctx)).toBe(0)
  client.release(true)
  await expect.poll(() => endCutImports(w.ctx)).toBe(1)
  expect((await sender.get(`${url}/${id}`)).json()).toMatchObject({ state: 'cut' })
})

test('an import that has ended stays as it ended, whatever a process still says of it', async () => {
  const { url, sender, begin, until, rows } = await opened('0750015A')
  const { id } = (await begin('a.zip', await zip(rows, 'S'))).json()
  await until(id, ['tried'])
  await sender.post(`${url}/${id}/apply`, {})
  await until(id, ['applied'])
  const later = new Date(w.clock.now() + 60_000)
  await saveProgress(w.ctx.db, id, 'person', 0.5, later)
  expect(await saveOutcome(w.ctx.pool, id, { state: 'cut' }, later)).toBe(false)
  expect((await sender.get(`${url}/${id}`)).json()).toMatchObject({ state: 'applied', step: null, done: 0 })
})

test('whoever no longer runs the school when the timetable is applied changes nothing', async () => {
  const { school, head, url, sender, begin, until } = await opened('0750016A')
  const event =
    'BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Paris:20261124T080000\r\nDTEND;TZID=Europe/Paris:20261124T090000\r\nSUMMARY:Maths\r\nX-PREAU-CLASS:3a\r\nEND:VEVENT'
  const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${event}\r\nEND:VCALENDAR\r\n`
  const named = { source: '', sourced_id: '3a', school_id: school.id, title: '3e A', code: '3a' }
  await w.ctx.db
    .insertInto('class')
    .values({ ...named, type: 'homeroom' })
    .execute()
  const { id } = (await begin('edt.ics', Buffer.from(calendar))).json()
  await until(id, ['tried'])
  const slots = () => w.ctx.db.selectFrom('slot').select('uid').where('school_id', '=', school.id).execute()
  // Rights end once the import has looked at them: in its transaction it looks again.
  await w.ctx.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('timetable ' || ${school.id}::text, 0))`.execute(
      tx,
    )
    await sender.post(`${url}/${id}/apply`, {})
    await expect.poll(waiting).toBe(1)
    await w.ctx.db.deleteFrom('person_role').where('person_id', '=', head.id).execute()
  })
  const state = () =>
    w.ctx.db.selectFrom('school_import').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  await expect.poll(state).toEqual({ state: 'refused' })
  expect(await slots()).toEqual([])
})

test('nobody else imports: a teacher, a pupil, another school’s head, or with somebody else’s upload', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const url = `/api/schools/${s.school.id}/imports`
  for (const person of [s.mme_diallo, s.lea, s.mme_diop, other.mme_roy]) {
    const sender = await w.as(person)
    const mine = await upload(person, 'a.zip', Buffer.from('x'))
    refused(await sender.get(url), 'absent')
    refused(await sender.post(url, { upload: mine }), 'absent')
  }
  const theirs = await upload(other.mme_roy, 'a.zip', Buffer.from('x'))
  refused(await (await w.as(s.mme_roy)).post(url, { upload: theirs }), 'absent')
})
