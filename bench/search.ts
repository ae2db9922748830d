// Claim: the diary's search answers at once among a million entries. Readers of all kinds ask, open-loop, for words as
// frequent as words are, some unfinished; beside it the same statement as a bare call, and a search without an index.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { searchDiary } from '#feature/diary/search/actions.ts'
import { termsIn } from '#feature/diary/search/rules.ts'
import { findHits } from '#feature/diary/search/store.ts'
import type { Who } from '#features/people'
import { migrate } from '#migrations'
import type { Tables } from '#migrations/tables'
import { fakeClock } from '#platform/clock'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import type { ClassId, PersonId } from '#platform/ids'
import { startPostgres } from '#platform/postgres'
import { fillYears, type Made, randomFrom, zipf } from './support/diary-years.ts'
import { type Bench, type BenchOptions, type Figures, percentile, round } from './support/report.ts'

const asksPerSecond = 20

export default {
  about:
    'Search among a million diary entries: pupils, teachers and heads, words by frequency, unfinished words, phrases.',
  goals: { p99Ms: '≤ 50', entries: '1,000,000 (quick: 100,000)' },
  run,
} satisfies Bench

const kinds = ['pupils', 'teachers', 'heads'] as const
type Kind = (typeof kinds)[number]
type Question = { kind: Kind; account: PersonId; q: string }
type Waited = { kind: Kind; q: string; ms: number }

async function open({ afterwards }: BenchOptions): Promise<Ctx> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-search-'))
  afterwards(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startPostgres({ dataFolder: join(folder, 'pg') })
  afterwards(() => postgres.stop())
  const root = openDatabase<unknown>(postgres.url('postgres'), { connections: 1 })
  await sql`create database preau`.execute(root.db)
  await root.close()
  const { db, pool, close } = openDatabase<Tables>(postgres.url('preau'))
  afterwards(close)
  await migrate(db as never)
  // The search needs a database and the day; nothing else of a context is asked for.
  return { db, pool, clock: fakeClock('2026-06-01T08:00:00Z') } as unknown as Ctx
}

/** What people ask: nine of ten are pupils, one word or two, a third still being typed, now and then a phrase. */
function questions({ words, readers }: Made, random: () => number): () => Question {
  const rank = zipf(random, words.length)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const word = () => words[rank()] as string
  const typed = (whole: string) =>
    random() < 0.33 ? whole.slice(0, 3 + Math.floor(random() * 3)) : `${whole} `
  return () => {
    const who = random()
    const kind = who < 0.85 ? 'pupils' : who < 0.98 ? 'teachers' : 'heads'
    const shape = random()
    const q = shape < 0.6 ? typed(word()) : shape < 0.95 ? `${word()} ${typed(word())}` : `"${word()} de"`
    return { kind, account: pick(readers[kind]), q }
  }
}

/** Asks at random moments, `rate` a second; milliseconds from the moment when each was due. */
async function load(
  ask: () => Promise<Omit<Waited, 'ms'>>,
  rate: number,
  seconds: number,
  random: () => number,
) {
  const begun = performance.now()
  const under: Promise<Waited>[] = []
  for (let due = 0; due < seconds * 1000; due -= Math.log(1 - random()) * (1000 / rate)) {
    await pause(Math.max(0, begun + due - performance.now()))
    const at = begun + due
    under.push(ask().then((asked) => ({ ...asked, ms: performance.now() - at })))
  }
  return Promise.all(under)
}

/** Who waits how long, and for what the longest. */
function sayByKind(waited: readonly Waited[], say: (text: string) => void): void {
  for (const kind of kinds) {
    const of = waited.filter((asked) => asked.kind === kind).sort((a, b) => b.ms - a.ms)
    if (of.length === 0) continue
    const at = (share: number) =>
      round(
        percentile(
          of.map(({ ms }) => ms),
          share,
        ),
      )
    const longest = of.slice(0, 3).map(({ q, ms }) => `“${q}” ${round(ms)}`)
    say(
      `${of.length} asked by ${kind}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; the longest: ${longest.join(', ')}`,
    )
  }
}

/** The statement of a one-word question about one class, without anything of ours around it. */
async function bare(ctx: Ctx, word: string, classId: ClassId): Promise<number> {
  const begun = performance.now()
  const scope = { classes: [classId], schools: [] }
  const wish = {
    terms: termsIn(`${word} `) as { kind: 'word'; word: string }[],
    scope,
    now: new Date('2026-06-01T12:00:00Z'),
  }
  await findHits(ctx.db, { ...wish, account: classId as unknown as PersonId }, [], { offset: 0, limit: 21 })
  return performance.now() - begun
}

/** The same question as a search for letters, in the classes of one school: no index knows the words. */
async function byLetters(ctx: Ctx, word: string): Promise<number> {
  const begun = performance.now()
  await sql`
    select id from diary_entry where body ilike ${`%${word}%`} and withdrawn_at is null
      and school_id = (select id from org where source = 'bench' limit 1) order by on_date desc limit 20`.execute(
    ctx.db,
  )
  return performance.now() - begun
}

async function sizes(ctx: Ctx): Promise<{ indexMb: number; tableMb: number }> {
  const found = await sql<{ index: string; table: string }>`
    select pg_relation_size('diary_entry_by_words') as index, pg_table_size('diary_entry') as table`.execute(
    ctx.db,
  )
  const mb = (bytes = '0') => round(Number(bytes) / 2 ** 20)
  return { indexMb: mb(found.rows[0]?.index), tableMb: mb(found.rows[0]?.table) }
}

async function run(options: BenchOptions): Promise<Figures> {
  const { quick, seed, say } = options
  const ctx = await open(options)
  const made = await fillYears(ctx, quick ? 100_000 : 1_000_000, seed, say)
  const random = randomFrom(seed + 1)
  const next = questions(made, random)
  const ask = async () => {
    const { kind, account, q } = next()
    await searchDiary(ctx, { account } as Who, { q })
    return { kind, q }
  }
  say('the first questions, for everything to be warm')
  await load(ask, asksPerSecond, quick ? 2 : 20, random)
  say(`${asksPerSecond} questions a second`)
  const waited = await load(ask, asksPerSecond, quick ? 6 : 60, random)
  sayByKind(waited, say)
  const latencies = waited.map(({ ms }) => ms)
  say('the bare statement, and a search for letters')
  const { rows: classes } = await sql<{ id: ClassId }>`select id from class where source = 'bench'`.execute(
    ctx.db,
  )
  const rank = zipf(random, made.words.length)
  const alone: number[] = []
  const letters: number[] = []
  for (let i = 0; i < (quick ? 60 : 300); i++)
    alone.push(await bare(ctx, made.words[rank()] ?? '', classes[i % classes.length]?.id as ClassId))
  for (let i = 0; i < (quick ? 3 : 10); i++) letters.push(await byLetters(ctx, made.words[rank()] ?? ''))
  const p50 = percentile(latencies, 0.5)
  return {
    p99Ms: round(percentile(latencies, 0.99)),
    p50Ms: round(p50),
    asked: latencies.length,
    asksPerSecond,
    bareP50Ms: round(percentile(alone, 0.5)),
    bareP99Ms: round(percentile(alone, 0.99)),
    lettersP50Ms: round(percentile(letters, 0.5)),
    lettersFactor: round(percentile(letters, 0.5) / p50),
    ...(await sizes(ctx)),
    entries: made.entries,
    homework: made.homework,
  }
}
