// What an action is given: everything it needs of the world, built once by the composition root or by a test.
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Tables } from '#migrations/tables'
import type { Bus } from './bus.ts'
import type { Antivirus } from './clamd.ts'
import type { Clock } from './clock.ts'
import type { FileStore } from './files.ts'
import type { Log } from './log.ts'

export type Db = Kysely<Tables>

export type Ctx = {
  db: Db
  /** For COPY and other things below the query builder. */
  pool: pg.Pool
  clock: Clock
  log: Log
  bus: Bus
  files: FileStore
  /** Folder in which uploads grow until they are claimed; on the same machine, never served. */
  uploads: string
  /** What scans files for viruses; undefined: nobody does, and files are served at once. */
  antivirus?: Antivirus
}
