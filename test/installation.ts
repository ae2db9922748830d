// An installation as a backup meets it: a school at work, its database, its data folder with files and keys; and how two
// databases are compared row by row.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll } from 'vitest'
import { copyOut, plainText, readShapes, tableQuery } from '#platform/backup/snapshot'
import { type Config, readConfig } from '#platform/config'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace, type TestWorkspace } from './app.ts'
import { aSchool, type TestSchool } from './world.ts'

export type Installation = {
  w: TestWorkspace
  config: Config
  school: TestSchool
  /** Léa hands these bytes in; answers the submission's address and its receipt. */
  handIn(bytes: Buffer): Promise<{ submission: string; receipt: unknown; sha256: string }>
  /** Where the bytes with that hash lie. */
  pathOf(sha256: string): string
}

/** A school in a database of its own, with two pieces of work handed in. */
export async function anInstallation(): Promise<Installation> {
  const w = await aWorkspace()
  const data = dirname(w.ctx.uploads)
  const config = readConfig({ PREAU_DATA: data, DATABASE_URL: w.database.url })
  await writeFile(join(data, 'door.secret'), `${randomBytes(12).toString('hex')}\n`, { mode: 0o600 })
  const school = await aSchool(w.ctx.db)
  const homework = await setHomework(w, school)
  const pathOf = (sha256: string) => join(data, 'files', sha256.slice(0, 2), sha256.slice(2))
  const handIn = async (bytes: Buffer) => {
    const file = await keep(w, school, bytes)
    const body = { text: "L'été, 😀\tet\\une\nligne", files: [file.id] }
    const answer = await (await w.as(school.lea)).post(`/api/homework/${homework}/submissions`, body)
    const { submission, receipt } = answer.json()
    return { submission: submission.id as string, receipt, sha256: file.sha256 }
  }
  const installation = { w, config, school, handIn, pathOf }
  await handIn(Buffer.from('la première copie'))
  await handIn(randomBytes(300_000))
  return installation
}

async function setHomework(w: TestWorkspace, school: TestSchool): Promise<string> {
  const dueAt = new Date(w.clock.now() + 86_400_000).toISOString()
  const draft = { title: 'Exposé', body: '<p>Une page.</p>', dueAt, handIn: true, attachments: [] }
  const answer = await (await w.as(school.mme_diallo)).post(
    `/api/classes/${school.class3B.id}/homework`,
    draft,
  )
  return answer.json().id
}

async function keep({ ctx }: TestWorkspace, { school, lea }: TestSchool, bytes: Buffer) {
  const stored = await ctx.files.put(Readable.from([bytes]))
  // A view as a photo has one: its hash stands in another column.
  const view = await ctx.files.put(Readable.from([Buffer.concat([bytes, Buffer.from(' upright')])]))
  const id = newId<FileId>(ctx.clock.now())
  const row = { id, school_id: school.id, owner_id: lea.id, ...stored, name: 'copie.txt', type: 'text/plain' }
  await ctx.db
    .insertInto('file')
    .values({ ...row, view_sha256: view.sha256, created_at: new Date(ctx.clock.now()) })
    .execute()
  return { id, sha256: stored.sha256 }
}

/** A folder that is gone when the test file ends; not yet made when `made` is false. */
export async function aFolder(made = true): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-folder-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return made ? folder : join(folder, 'new')
}

/** Every table's rows, sorted, and where each sequence stands: equal when the databases hold the same. */
export async function contentOf(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`begin; ${plainText}`)
    const content: Record<string, string> = {}
    for (const table of await readShapes(client)) {
      const rows = (await text(copyOut(client, tableQuery(table)))).split('\n').sort()
      const digest = createHash('sha256').update(rows.join('\n')).digest('hex')
      content[table.name] = `${rows.length - 1} rows, ${digest}`
    }
    const { rows } = await client.query(
      'select sequencename as name, last_value from pg_sequences order by 1',
    )
    for (const { name, last_value } of rows) content[name] = String(last_value)
    return content
  } finally {
    await client.end()
  }
}
