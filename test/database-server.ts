// One throwaway PostgreSQL per test run, with a migrated database that test files copy (vitest's globalSetup).
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { migrate } from '#migrations'
import { openDatabase } from '#platform/db'
import { startPostgres } from '#platform/postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the run's PostgreSQL, with DATABASE in place of a database's name. */
    databaseServer: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({
    dataFolder: join(tmpdir(), `preau-test-${randomUUID()}`),
    throwaway: true,
  })
  const maintenance = openDatabase<unknown>(server.url('postgres'))
  await sql`create database preau_template`.execute(maintenance.db)
  await maintenance.close()
  const template = openDatabase<unknown>(server.url('preau_template'))
  await migrate(template.db)
  await template.close()
  project.provide('databaseServer', server.url('DATABASE'))
  return () => server.stop()
}
