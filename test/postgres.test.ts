// The embedded PostgreSQL's launcher: no orphan, no lost row, no blocked start after a kill.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#platform/db'
import { findPostgres, startPostgres } from '#platform/postgres'

const folder = await mkdtemp(join(tmpdir(), 'preau-pg-test-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function asked(url: string, query: string): Promise<unknown[]> {
  const { db, close } = openDatabase<unknown>(url, { connections: 1 })
  const { rows } = await sql.raw(query).execute(db)
  await close()
  return rows
}

test('rows outlive the kill of their owner, and the next start is not in the way', async () => {
  const dataFolder = join(folder, 'killed')
  const owner = spawn(process.execPath, ['--input-type=module', '-e', ownerOf(dataFolder)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void owner.kill('SIGKILL'))
  const [pid] = await new Promise<number[]>((resolve) =>
    owner.stdout.once('data', (text) => resolve([Number(text)])),
  )
  const running = await findPostgres(dataFolder)
  if (!running) throw new Error('not found')
  await asked(running.url('postgres'), 'create table kept (x int); insert into kept values (7)')
  const gone = new Promise((resolve) => owner.on('exit', resolve))
  owner.kill('SIGKILL')
  await gone
  // Started at once: the orphan is still on its way out.
  const next = await startPostgres({ dataFolder })
  expect(next.pid).not.toBe(pid)
  expect(await asked(next.url('postgres'), 'select x from kept')).toEqual([{ x: 7 }])
  await next.stop()
  expect(await findPostgres(dataFolder)).toBeUndefined()
})

const ownerOf = (dataFolder: string) => `
  import { startPostgres } from '#platform/postgres'
  const server = await startPostgres({ dataFolder: ${JSON.stringify(dataFolder)} })
  console.log(server.pid)
  setInterval(() => {}, 1000)`

test('a production cluster syncs each commit; a killed PostgreSQL says that it ended', async () => {
  const dataFolder = join(folder, 'durable')
  const server = await startPostgres({ dataFolder })
  const shown = await asked(
    server.url('postgres'),
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by name`,
  )
  expect(shown).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '' },
    { name: 'synchronous_commit', setting: 'on' },
  ])
  process.kill(server.pid, 'SIGKILL')
  await server.ended
  const again = await startPostgres({ dataFolder })
  await again.stop()
})

test('a lock file that names a stranger does not block the start', async () => {
  const dataFolder = join(folder, 'durable')
  await writeFile(
    join(dataFolder, 'postmaster.pid'),
    `${process.pid}\n${dataFolder}\n1\n5432\n/tmp/x\n\n  1 2\nready\n`,
  )
  expect(await findPostgres(dataFolder)).toBeUndefined()
  const server = await startPostgres({ dataFolder })
  await server.stop()
})

test("another version's folder is left alone", async () => {
  const dataFolder = await mkdtemp(join(folder, 'old-'))
  await writeFile(join(dataFolder, 'PG_VERSION'), '14\n')
  await expect(startPostgres({ dataFolder })).rejects.toThrow(/made by PostgreSQL 14/)
})
