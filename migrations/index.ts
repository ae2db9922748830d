// The list of migrations, in order, and the one function that applies them.
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as people from './0001-people.ts'
import * as signIn from './0002-sign-in.ts'
import * as timetable from './0003-timetable.ts'
import * as work from './0004-work.ts'
import * as indexes from './0005-indexes.ts'
import * as filesGuarded from './0007-files-guarded.ts'
import * as spaces from './0008-spaces.ts'
import * as setting from './0009-setting.ts'
import * as marking from './0010-marking.ts'
import * as annotating from './0011-annotating.ts'
import * as diaryAndCovers from './0012-diary-and-covers.ts'
import * as school from './0013-school.ts'
import * as guardians from './0014-guardians.ts'
import * as callsOfASchool from './0018-calls-of-a-school.ts'
import * as claimedFiles from './0019-claimed-files.ts'
import * as foldedNames from './0022-folded-names.ts'
import * as diaryVersions from './0024-diary-versions.ts'
import * as assigned from './0026-assigned.ts'
import * as codeRuns from './0027-code-runs.ts'

const migrations = {
  '0001-people': people,
  '0002-sign-in': signIn,
  '0003-timetable': timetable,
  '0004-work': work,
  '0005-indexes': indexes,
  '0007-files-guarded': filesGuarded,
  '0008-spaces': spaces,
  '0009-setting': setting,
  '0010-marking': marking,
  '0011-annotating': annotating,
  '0012-diary-and-covers': diaryAndCovers,
  '0013-school': school,
  '0014-guardians': guardians,
  '0018-calls-of-a-school': callsOfASchool,
  '0019-claimed-files': claimedFiles,
  '0022-folded-names': foldedNames,
  '0024-diary-versions': diaryVersions,
  '0026-assigned': assigned,
  '0027-code-runs': codeRuns,
}

/**
 * Brings the database up to date, or to where it has those of `only`; returns the names of the migrations that were
 * applied. Given a transaction, works inside it. @throws the database's error.
 */
export async function migrate(db: Kysely<unknown>, only?: readonly string[]): Promise<string[]> {
  const wanted = Object.entries(migrations).filter(([name]) => !only || only.includes(name))
  const provider = { getMigrations: async () => Object.fromEntries(wanted) }
  // A number may have been given before an older one was finished: each stands by itself.
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName)
}

/** A migration that this program does not know: the database belongs to a newer Préau. */
export async function unknownMigrations(db: Kysely<unknown>): Promise<string[]> {
  const found = await sql<{
    exists: boolean
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db)
  if (!found.rows[0]?.exists) return []
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return unknownNames(applied.rows.map((r) => r.name))
}

/** Those of the names that are no migration of this program. */
export function unknownNames(names: readonly string[]): string[] {
  return names.filter((name) => !(name in migrations))
}
