// The demo school: a generated collège (and an école, so that a guardian has children in two schools), imported as any
// school's export is, with three weeks of lessons written up. Made once, on a database that holds no school.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { setPassword } from '#feature/accounts/store.ts'
import { openHasher } from '#features/accounts'
import { importDirectory } from '#features/directory'
import { schoolDay } from '#features/people'
import { schoolYearOf, writeRegion } from '#features/region'
import { importCalendar } from '#features/timetable'
import type { Ctx, Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'
import { type DemoPeople, fillDiaries } from './fill.ts'
import { marker, type SignIn, source } from './now.ts'

const password = 'preau-demo'
const seed = 1

/** Makes the demo school, on a database that `demoNow` finds without a school; answers the accounts that may be tried. */
export async function makeDemo(ctx: Ctx, say: (line: string) => void): Promise<SignIn[]> {
  say('Filling a demo school; this happens once (half a minute at most).')
  say('  people, classes and timetables…')
  const people = await importRegion(ctx)
  await clearWork(ctx.db)
  say('  three weeks of lessons and homework…')
  await fillDiaries(ctx, people)
  const signIns = await openAccounts(ctx, people)
  await mark(ctx, signIns)
  return signIns
}

async function mark(ctx: Ctx, signIns: SignIn[]): Promise<void> {
  const at = new Date(ctx.clock.now())
  const report = JSON.stringify(signIns)
  await ctx.db
    .insertInto('import_run')
    .values({ source: marker, started_at: at, finished_at: at, applied: true, report })
    .execute()
}

async function importRegion(ctx: Ctx): Promise<DemoPeople> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-demo-'))
  try {
    const year = schoolYearOf(schoolDay(ctx))
    const { example } = await writeRegion({ seed, size: { schools: 2 }, year }, folder, () => {})
    await importDirectory(ctx, { path: join(folder, 'oneroster'), source })
    for (const file of await readdir(join(folder, 'timetables'))) {
      const school = await schoolOf(ctx.db, file.replace(/\.ics$/, ''))
      await importCalendar(ctx, { schoolId: school, bytes: await readFile(join(folder, 'timetables', file)) })
    }
    return example
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function schoolOf(db: Db, identifier: string): Promise<SchoolId> {
  const found = await db
    .selectFrom('org')
    .select('id')
    .where('identifier', '=', identifier)
    .executeTakeFirstOrThrow()
  return found.id
}

/** What an interrupted making left. Nobody can have worked in it: the door had not opened yet. */
async function clearWork(db: Db): Promise<void> {
  for (const table of ['diary_entry', 'homework', 'file'] as const)
    await sql`delete from ${sql.table(table)}`.execute(db)
}

async function openAccounts(ctx: Ctx, people: DemoPeople): Promise<SignIn[]> {
  const hasher = openHasher(ctx.log)
  const roles = [
    ['Élève · pupil', people.pupil],
    ['Enseignant · teacher', people.teacher],
    ['Responsable · guardian', people.guardian],
    ['Administration · administrator', people.administrator],
  ] as const
  try {
    const signIns: SignIn[] = []
    for (const [role, userName] of roles) {
      const person = await findByUserName(ctx.db, userName)
      await setPassword(ctx.db, person.id, await hasher.hash(password), new Date(ctx.clock.now()))
      signIns.push({ role, userName, password, name: `${person.given_name} ${person.family_name}` })
    }
    return signIns
  } finally {
    hasher.close()
  }
}

async function findByUserName(
  db: Db,
  username: string,
): Promise<{ id: PersonId; given_name: string; family_name: string }> {
  return db
    .selectFrom('person')
    .select(['id', 'given_name', 'family_name'])
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
}
