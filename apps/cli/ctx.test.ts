// A verb finds its database whether or not Préau runs: it joins the running PostgreSQL, or starts it for the while.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#platform/config'
import { openDatabase } from '#platform/db'
import { findPostgres } from '#platform/postgres'
import { startEmbedded } from '../start/database.ts'
import { holderOf } from '../start/lock.ts'

const data = await mkdtemp(join(tmpdir(), 'preau-cli-'))
afterAll(() => rm(data, { recursive: true, force: true }))

const query = `
  select count(*)::int as migrations, pg_postmaster_start_time()::text as since from kysely_migration`
const script = `
  import { sql } from 'kysely'
  import { withCtx } from './ctx.ts'
  const [row] = await withCtx(async ({ db }) => (await sql.raw(${JSON.stringify(query)}).execute(db)).rows)
  console.log(JSON.stringify(row))`

async function seenByAVerb(): Promise<{ migrations: number; since: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, PREAU_DATA: data },
  })
  return JSON.parse(stdout)
}

test('on an empty folder a verb makes the database, and leaves nothing running', async () => {
  expect((await seenByAVerb()).migrations).toBeGreaterThan(3)
  expect(await findPostgres(join(data, 'pg'))).toBeUndefined()
  expect(await holderOf(data)).toBeUndefined()
})

test('beside a running Préau a verb works on the same PostgreSQL', async () => {
  const server = await startEmbedded(readConfig({ PREAU_DATA: data }), {})
  const { db, close } = openDatabase<unknown>(server.url)
  const { rows } = await sql.raw(query).execute(db)
  expect(await seenByAVerb()).toEqual(rows[0])
  await close()
  await server.stop()
})
