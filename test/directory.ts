// A small school as a OneRoster export, and what can be seen of it in the database, for tests of the import.
import { sql } from 'kysely'
import { importDirectory } from '#feature/directory/actions.ts'
import type { ImportReport } from '#feature/directory/contract.ts'
import { fakeClock } from '#platform/clock'
import { freshDatabase } from './database.ts'
import { type ExportRows, type ExportShape, exportFiles, folderOf } from './oneroster.ts'

export const user = (
  id: string,
  tag: string,
  more: { name?: string; agents?: string; enabled?: string } = {},
) =>
  `${id},,,${more.enabled ?? 'true'},${more.name ?? `${id}.${tag}`},,Prénom,Nom,,,,,,${more.agents ?? ''},,,,,,,,`
export const role = (id: string, word: string, org = 'school') => `r-${id},,,${id},primary,${word},,,${org},`
export const seat = (id: string, c: string, who: string, word = 'student') =>
  `${id},,,${c},school,${who},${word},,,`

/** Two classes with two pupils each, a teacher, a guardian of lea and theo. */
export function school(tag: string): ExportRows {
  return {
    orgs: ['school,,,Collège,school,0750001A,'],
    academicSessions: ['year,,,2026-2027,schoolYear,2026-09-01,2027-07-05,,2027'],
    courses: ['fr,,,,Français,FR,,school,Français,'],
    classes: ['c1,,,3e A,,fr,,homeroom,,school,year,,,', 'c2,,,3e B,,fr,,Homeroom,,school,year,,,'],
    users: [
      user('lea', tag, { agents: 'mum' }),
      user('theo', tag),
      user('nour', tag),
      user('ines', tag),
      user('prof', tag),
      user('mum', tag, { agents: '"lea,theo"' }),
    ],
    roles: [
      ...['lea', 'theo', 'nour', 'ines'].map((id) => role(id, 'student')),
      role('prof', 'teacher'),
      role('mum', 'guardian'),
    ],
    enrollments: [
      seat('e1', 'c1', 'lea'),
      seat('e2', 'c1', 'theo'),
      seat('e3', 'c2', 'nour'),
      seat('e4', 'c2', 'ines'),
      seat('e5', 'c1', 'prof', 'teacher'),
    ],
  }
}

/** Only what is not zero, as "created/changed/disabled". */
export function tally({ kinds }: ImportReport): Record<string, string> {
  const found = Object.entries(kinds).filter(([, t]) => t.created + t.changed + t.disabled > 0)
  return Object.fromEntries(found.map(([kind, t]) => [kind, `${t.created}/${t.changed}/${t.disabled}`]))
}
export const codes = ({ problems }: ImportReport) =>
  problems.map((p) => `${p.code} ${p.file} ${p.column ?? '-'} ${p.lines.join(',')}`)

export const without = (rows: string[] | undefined, id: string) =>
  (rows ?? []).filter((row) => !row.startsWith(`${id},`))

type Seen = { id: string; username: string; enabled: boolean; disabled: boolean; roles: string[] }

/** A database of its own to import into, and the ways to look at it. */
export async function aDirectory() {
  const database = await freshDatabase()
  const clock = fakeClock('2026-11-24T07:00:00Z')
  const { pool } = database
  let sources = 0
  /** Imports an export made of these rows. */
  const bring = async (rows: ExportRows, shape: ExportShape, dryRun = false) =>
    importDirectory({ pool, clock }, { path: await folderOf(exportFiles(rows, shape)), dryRun })
  /** The name of a source that no other test of the file has. */
  const aSource = () => `Source ${++sources}`
  return { ...database, clock, bring, aSource, ...looksAt(database) }
}

function looksAt({ db }: Awaited<ReturnType<typeof freshDatabase>>) {
  async function peopleOf(source: string): Promise<Record<string, Seen>> {
    const found = await sql<Seen & { sourced_id: string }>`
    select sourced_id, id, username, enabled, disabled_at is not null as disabled,
      array(select role from person_role r where r.person_id = p.id order by 1) as roles
    from person p where source = ${source}`.execute(db)
    return Object.fromEntries(found.rows.map(({ sourced_id, ...person }) => [sourced_id, person]))
  }
  async function keysOf(source: string): Promise<Record<string, string>> {
    const found = await db
      .selectFrom('class')
      .select(['sourced_id', 'key'])
      .where('source', '=', source)
      .execute()
    return Object.fromEntries(found.map((row) => [row.sourced_id, row.key]))
  }
  async function seatsOf(source: string): Promise<string[]> {
    const found = await sql<{ seat: string }>`
    select c.sourced_id || ' ' || p.sourced_id || ' ' || e.role as seat
    from enrollment e join class c on c.id = e.class_id join person p on p.id = e.person_id
    where e.source = ${source} and e.disabled_at is null order by 1`.execute(db)
    return found.rows.map((row) => row.seat)
  }
  async function guardiansOf(source: string): Promise<string[]> {
    const found = await sql<{ pair: string }>`
    select g.sourced_id || ' → ' || c.sourced_id as pair from guardianship s
    join person g on g.id = s.guardian_id join person c on c.id = s.child_id where s.source = ${source} order by 1`.execute(
      db,
    )
    return found.rows.map((row) => row.pair)
  }
  /** Everything of every source, to see that nothing moved. */
  async function everything(): Promise<string> {
    const tables =
      'org academic_session course class class_session person person_role guardianship enrollment credential'
    const found = await Promise.all(
      tables.split(' ').map((t) =>
        sql<{ all: string }>`
      select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as all from ${sql.table(t)} x`.execute(
          db,
        ),
      ),
    )
    return found.map((f) => f.rows[0]?.all).join()
  }

  return { peopleOf, keysOf, seatsOf, guardiansOf, everything }
}
