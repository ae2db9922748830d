// A database for one test file: a copy of the migrated template in the run's throwaway PostgreSQL.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, inject } from 'vitest'
import type { Tables } from '#migrations/tables'
import { type OpenDatabase, openDatabase } from '#platform/db'

export type TestDatabase = OpenDatabase<Tables> & {
  /** Its address, for a process of its own. */
  url: string
}

/** The address of a new database, made from `template` (without one: with nothing in it). */
export async function aDatabase(template = 'template1'): Promise<string> {
  const address = inject('databaseServer')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const maintenance = openDatabase<unknown>(address.replace('DATABASE', 'postgres'), { connections: 1 })
  await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(maintenance.db)
  await maintenance.close()
  return address.replace('DATABASE', name)
}

/** A fresh, migrated, empty database; closed by itself when the test file ends. */
export async function freshDatabase(): Promise<TestDatabase> {
  const url = await aDatabase('preau_template')
  const open = openDatabase<Tables>(url)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= open.close()
    return closed
  }
  afterAll(close)
  return { ...open, url, close }
}
