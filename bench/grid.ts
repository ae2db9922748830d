// Claim: a teacher's grid of 35 pupils × 120 pieces of homework, and a pupil's three years, come as quickly among a
// thousand schools as alone. Beside them stands the bare query: the same bytes from PostgreSQL as one value.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { viewHistory } from '#feature/homework/history/history-actions.ts'
import { viewGrid } from '#feature/homework/marking/marking-actions.ts'
import type { Who } from '#features/people'
import { migrate } from '#migrations'
import { readConfig } from '#platform/config'
import type { Ctx, Db } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import type { ClassId, PersonId } from '#platform/ids'
import { startPostgres } from '#platform/postgres'
import { inCtx } from '../apps/ctx.ts'
import { type Bench, type BenchOptions, type Figures, percentile, round } from './support/report.ts'

const pupils = 35
const pieces = 120
const perSecond = 4
const warmUps = 4

export default {
  about:
    'The grid of 35 pupils × 120 pieces of work and a pupil’s three years, with 1,000 schools against 1.',
  goals: { ratioLargeToSmall: '≤ 1.5', queriesPerGrid: '≤ 8' },
  run,
} satisfies Bench

/**
 * Schools `first` to `last` with one class a year for three years, the same pupils in each, and `work` pieces of homework
 * a class, of which four fifths are handed in and marked.
 */
async function fill(db: Db, first: number, last: number, work: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Rows made here refer to each other by construction: looking each reference up would take most of the time.
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`set local synchronous_commit = off`.execute(tx)
    await insertSchools(tx, first, last, work)
  })
}

async function insertSchools(db: Db, first: number, last: number, work: number): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  const schools = `generate_series(${first}, ${last}) s`
  const id = (kind: string, key: string) => `md5('${kind} ' || ${key})::uuid`
  await run(
    `insert into org (id, source, sourced_id, name, type) select ${id('org', 's')}, 'bench', s, 'Collège ' || s, 'school' from ${schools}`,
  )
  await run(`insert into person (id, source, sourced_id, username, given_name, family_name)
    select ${id('person', "s || '.' || p")}, 'bench', s || '.' || p, 'u' || s || '.' || p, 'Élève ' || p, 'Nom ' || p
    from ${schools}, generate_series(0, ${pupils}) p`)
  await run(`insert into person_role (person_id, org_id, role) select ${id('person', "s || '.' || p")}, ${id('org', 's')},
    case p when 0 then 'teacher' else 'student' end from ${schools}, generate_series(0, ${pupils}) p`)
  await run(`insert into class (id, source, sourced_id, school_id, title, type) select ${id('class', "s || '.' || y")}, 'bench',
    s || '.' || y, ${id('org', 's')}, '3e B', 'homeroom' from ${schools}, generate_series(0, 2) y`)
  await run(`insert into enrollment (class_id, person_id, role, source, sourced_id, end_date)
    select ${id('class', "s || '.' || y")}, ${id('person', "s || '.' || p")}, case p when 0 then 'teacher' else 'student' end,
      'bench', s || '.' || y || '.' || p, case when y > 0 then (now() - interval '1 year' * y + interval '7 months')::date end
    from ${schools}, generate_series(0, 2) y, generate_series(0, ${pupils}) p`)
  await run(`insert into homework (id, school_id, class_id, author_id, set_on, title, body, due_at, hand_in, created_at, updated_at)
    select ${id('homework', "s || '.' || y || '.' || h")}, ${id('org', 's')}, ${id('class', "s || '.' || y")},
      ${id('person', "s || '.0'")}, now()::date, 'Travail ' || h, '', now() - interval '1 year' * y - interval '1 day' * h, true, now(), now()
    from ${schools}, generate_series(0, 2) y, generate_series(1, ${work}) h`)
  await run(`insert into homework_marking (homework_id, scale, chosen_at) select id,
    '{"kind":"points","title":"0–20","outOf":20,"steps":[0.25]}', now() from homework
    where school_id in (select ${id('org', 's')} from ${schools})`)
  const done = `${schools}, generate_series(0, 2) y, generate_series(1, ${work}) h, generate_series(1, ${pupils}) p where (h + p) % 5 > 0`
  const copy = "s || '.' || y || '.' || h || '.' || p"
  await run(`insert into submission (id, school_id, homework_id, pupil_id, body, submitted_at, late)
    select ${id('copy', copy)}, ${id('org', 's')}, ${id('homework', "s || '.' || y || '.' || h")}, ${id('person', "s || '.' || p")}, '', now(), false from ${done}`)
  await run(`insert into result (homework_id, pupil_id, submission_id, mark, value, saved_at, given_back_at)
    select ${id('homework', "s || '.' || y || '.' || h")}, ${id('person', "s || '.' || p")}, ${id('copy', copy)}, '14', 0.7, now(),
      case when h % 2 = 0 then now() end from ${done}`)
}

/** Times of `work`, begun when the clock says so, whether or not the one before has ended; ms from the intended moment. */
async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  for (let i = 0; i < warmUps; i++) await work()
  const begin = performance.now()
  const all = Array.from({ length: count }, async (_, i) => {
    const due = begin + (i * 1000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    await work()
    return performance.now() - due
  })
  return Promise.all(all)
}

type Measured = { grid: number[]; history: number[]; bare: number[]; queries: number }

async function measure(ctx: Ctx, count: number): Promise<Measured> {
  const one = async <T>(text: string) => (await sql.raw<{ id: T }>(text).execute(ctx.db)).rows[0]?.id as T
  const classId = await one<ClassId>(`select md5('class 1.0')::uuid as id`)
  const teacher = { account: await one<PersonId>(`select md5('person 1.0')::uuid as id`) } as Who
  const pupil = { account: await one<PersonId>(`select md5('person 1.1')::uuid as id`) } as Who
  const grid = async () => JSON.stringify(await viewGrid(ctx, teacher, classId))
  const history = async () => {
    const { years } = await viewHistory(ctx, pupil, undefined, undefined)
    for (const year of years.slice(1, 3)) await viewHistory(ctx, pupil, undefined, year)
  }
  const bytes = await grid()
  let queries = 0
  const add = () => void queries++
  ctx.pool.on('acquire', add)
  await grid()
  ctx.pool.off('acquire', add)
  const bare = () => ctx.pool.query('select $1::text as bytes', [bytes])
  return {
    grid: await times(count, grid),
    history: await times(count, history),
    bare: await times(count, bare),
    queries,
  }
}

async function run(bench: BenchOptions): Promise<Figures> {
  const { quick, say } = bench
  const count = quick ? 10 : 120
  const folder = await mkdtemp(join(tmpdir(), 'preau-bench-'))
  bench.afterwards(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startPostgres({ dataFolder: join(folder, 'pg') })
  bench.afterwards(() => postgres.stop())
  const root = openDatabase<unknown>(postgres.url('postgres'), { connections: 1 })
  await sql`create database preau`.execute(root.db)
  await root.close()
  const url = postgres.url('preau')
  const open = openDatabase<unknown>(url)
  await migrate(open.db)
  await open.close()
  const config = readConfig({ PREAU_DATA: folder, DATABASE_URL: url })
  return inCtx(config, url, async (ctx) => {
    say('one school')
    await fill(ctx.db, 1, 1, pieces)
    await sql`analyze`.execute(ctx.db)
    const small = await measure(ctx, count)
    say('999 more schools are written')
    const others = quick ? 1 : 12
    for (let at = 2; at <= 1000; at += 333) {
      await fill(ctx.db, at, Math.min(1000, at + 332), others)
      say(`${Math.min(1000, at + 332)} schools`)
    }
    await sql`analyze`.execute(ctx.db)
    say('the same among 1,000 schools')
    const large = await measure(ctx, count)
    const p = (samples: number[], share: number) => percentile(samples, share)
    return {
      gridP99Ms: round(p(large.grid, 0.99)),
      historyP99Ms: round(p(large.history, 0.99)),
      queriesPerGrid: large.queries,
      ratioLargeToSmall: round(p(large.grid, 0.5) / p(small.grid, 0.5), 2),
      historyRatioLargeToSmall: round(p(large.history, 0.5) / p(small.history, 0.5), 2),
      gridP50Ms: round(p(large.grid, 0.5)),
      historyP50Ms: round(p(large.history, 0.5)),
      bareQueryP50Ms: round(p(large.bare, 0.5)),
      bareQueryP99Ms: round(p(large.bare, 0.99)),
    }
  })
}
