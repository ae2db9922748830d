// Claim: at eight o'clock a returning pupil costs a thousandth of what a usual platform spends (Moodle 4.5 with PHP 8.2,
// opcache and PostgreSQL was measured at 0.268 CPU seconds for a dashboard and a course page, on a machine on which a
// bare node:http answer cost 15 µs). A journey is today's sheet, the personal part, the class diary of the week and one
// homework. CPU is counted over every process of ours, PostgreSQL included, and stands beside a bare node:http server
// that answers the same bytes in the same run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { request } from 'undici'
import { buildWeb } from '../web/build.ts'
import { firstScreen } from '../web/size.ts'
import { pin, schedMicros } from './support/cpu.ts'
import { type House, openHouse } from './support/house.ts'
import { type LoadResult, runLoad, type Step } from './support/load.ts'
import { type Journey, returningPupils } from './support/pupils.ts'
import { type Bench, type BenchOptions, type Figures, percentile, round } from './support/report.ts'

const houseCore = 0
const generatorCore = 1

export default {
  about: 'A returning pupil at eight: sheet, personal part, the week’s diary, one homework.',
  goals: {
    sheetRatioToBareNode: '≤ 1.6',
    todayRatioToBareNode: '≤ 3',
    databaseQueriesPerToday: '0',
    sheetsServedWithWorkspaceDead: 'true',
    firstScreenBytes: '≤ 46080',
    cpuMicrosPerJourney: '≤ 268',
  },
  run,
} satisfies Bench

async function run(bench: BenchOptions): Promise<Figures> {
  const { quick, say } = bench
  await buildWeb({ root: fileURLToPath(new URL('..', import.meta.url)), log: say })
  const house = await openHouse(bench, { schools: quick ? 2 : 12, core: houseCore })
  const pupils = await house.inCtx((ctx) => returningPupils(ctx, quick ? 300 : 2000))
  const journeys = pupils.map((pupil) => pupil.journey)
  say(`${journeys.length} pupils return`)
  const example = await answersOf(house, journeys[0] as Journey)
  const bare = await bareNode(bench, example.sheet)
  const bareToday = await bareNode(bench, example.today)
  const sheets = journeys.map((j) => [j.sheet])
  const todays = journeys.map((j) => [j.today])
  const both = journeys.map((j) => [j.sheet, j.today])
  const all = journeys.map((j) => [j.sheet, j.today, j.week, j.homework])
  await load(bench, house.origin, all, 400, quick ? 1.2 : 3)

  const rounds = quick ? 2 : 4
  const seconds = quick ? 1.2 : 8
  const costs = {
    bare: [] as number[],
    bareToday: [] as number[],
    sheet: [] as number[],
    today: [] as number[],
    calm: [] as number[],
  }
  const latencies: number[] = []
  let bytes = 0
  let served = 0
  for (let i = 0; i < rounds; i++) {
    say(`round ${i + 1} of ${rounds}`)
    // The same requests a second for all that is compared, as in a rush: a process that sleeps between two requests
    // pays for each waking, a bare one too.
    const rate = 4000
    const at = async (steps: Step[][], per: number, of: { origin: string; processes: () => number[] }) =>
      cost(bench, of, steps, rate / per, seconds)
    costs.bare.push((await at(sheets, 1, bare)).micros)
    costs.sheet.push((await at(sheets, 1, house)).micros)
    costs.bareToday.push((await at(todays, 1, bareToday)).micros)
    costs.today.push((await at(both, 2, house)).micros)
    const calm = await at(all, 4, house)
    costs.calm.push(calm.micros)
    latencies.push(...calm.result.latencies)
    bytes += calm.result.bytes
    served += calm.result.served
  }
  const full = await rushes(bench, house, bare, { all, sheets }, (2.5 * 1e6) / percentile(costs.calm, 0.5))
  const queries = await queriesPerToday(bench, house, both)
  const dead = await sheetsWithWorkspaceDead(house, journeys)
  return {
    journeysPerSecond: round(full.journeysPerSecond, 0),
    p50Ms: round(percentile(latencies, 0.5), 2),
    p99Ms: round(percentile(latencies, 0.99), 2),
    cpuMicrosPerJourney: round(full.micros),
    cpuMicrosPerJourneyCalm: round(middle(costs.calm)),
    bareNodeCpuMicrosAtRush: round(full.bareMicros),
    journeyRatioToFourBareNode: round(full.ratio, 2),
    sheetCpuMicros: round(middle(costs.sheet)),
    todayCpuMicros: round(middle(costs.today)),
    bareNodeCpuMicros: round(middle(costs.bare)),
    sheetRatioToBareNode: round(middle(costs.sheet.map((c, i) => c / (costs.bare[i] ?? 1))), 2),
    todayRatioToBareNode: round(
      middle(costs.today.map((c, i) => c / ((costs.bare[i] ?? 1) + (costs.bareToday[i] ?? 1)))),
      2,
    ),
    databaseQueriesPerToday: queries,
    sheetsServedWithWorkspaceDead: dead,
    bytesPerJourney: Math.round(bytes / served),
    firstScreenBytes: (await firstScreen(dist, { data: [plain(example.sheet), plain(example.today)] })).bytes,
  }
}

const middle = (samples: number[]) => percentile(samples, 0.5)

const dist = new URL('../web/dist', import.meta.url).pathname

const plain = ({ body, headers }: Answer) =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()

type Answer = { body: Buffer; headers: Record<string, string> }

/** One journey's answers as they travel, checked to be what we think we measure. */
async function answersOf(house: House, journey: Journey): Promise<{ sheet: Answer; today: Answer }> {
  const get = async ({ path, headers }: Step): Promise<Answer> => {
    const answer = await request(`${house.origin}${path}`, { headers })
    const body = Buffer.from(await answer.body.arrayBuffer())
    if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode}: ${body}`)
    const keep = Object.entries(answer.headers).filter(
      ([name]) => !['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'].includes(name),
    )
    return { body, headers: Object.fromEntries(keep.map(([name, value]) => [name, String(value)])) }
  }
  await get(journey.week)
  await get(journey.homework)
  return { sheet: await get(journey.sheet), today: await get(journey.today) }
}

/** What is measured: where it is asked, and the processes whose CPU counts. */
type Measured = { origin: string; processes: () => number[] }

async function bareNode(bench: BenchOptions, answer: Answer): Promise<Measured> {
  const child = spawn(process.execPath, [new URL('support/bare-node.ts', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  bench.afterwards(async () => child.kill())
  child.stdin.end(JSON.stringify({ body: answer.body.toString('base64'), headers: answer.headers }))
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const pid = child.pid ?? 0
  pin(pid, houseCore)
  return { origin: `http://127.0.0.1:${port}`, processes: () => [pid] }
}

function load(
  bench: BenchOptions,
  origin: string,
  journeys: Step[][],
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  return runLoad(
    { origin, journeys, rate, seconds, seed: bench.seed, connections: 128, timeoutMs: 60_000 },
    generatorCore,
  )
}

/** CPU microseconds per served journey over the measured processes; what they spend at rest is theirs too. */
async function cost(
  bench: BenchOptions,
  { origin, processes: ours }: Measured,
  journeys: Step[][],
  rate: number,
  seconds: number,
) {
  const processes = ours()
  const before = schedMicros(processes)
  const result = await load(bench, origin, journeys, rate, seconds)
  const micros = (schedMicros(processes) - before) / result.served
  if (result.generatorShare > 0.9)
    bench.say(`the generator was saturated (${round(result.generatorShare * 100)} % of its core)`)
  if (result.served < result.offered)
    bench.say(
      `${result.offered - result.served} of ${result.offered} were not served: ${JSON.stringify(result.statuses)}`,
    )
  return { micros, result }
}

/**
 * The rush itself: more journeys than the house's core can do, all served in the end. What one costs then is what it
 * costs at eight; the peer's figure is taken the same way. Beside it, in turn, the bare server under as many requests a
 * second as the house served: the machine's speed changes by the hour, their ratio does not. Medians of several rushes.
 */
async function rushes(
  bench: BenchOptions,
  house: House,
  bare: Measured,
  { all, sheets }: { all: Step[][]; sheets: Step[][] },
  rate: number,
) {
  const rounds = bench.quick ? 2 : 3
  const seconds = bench.quick ? 1.2 : 8
  const micros: number[] = []
  const bareMicros: number[] = []
  const perSecond: number[] = []
  for (let i = 1; i <= rounds; i++) {
    bench.say(`rush ${i} of ${rounds}: ${round(rate, 0)} journeys offered a second`)
    const rush = await cost(bench, house, all, rate, seconds)
    const served = rush.result.served / rush.result.seconds
    micros.push(rush.micros)
    perSecond.push(served)
    bareMicros.push((await cost(bench, bare, sheets, served * 4, seconds)).micros)
  }
  return {
    micros: middle(micros),
    bareMicros: middle(bareMicros),
    ratio: middle(micros.map((m, i) => m / (4 * (bareMicros[i] ?? 1)))),
    journeysPerSecond: middle(perSecond),
  }
}

/**
 * Transactions that PostgreSQL counts while pupils ask for today's page, less those of the same time at rest; the least
 * of three looks, since what the workspace does once a minute falls into one of them, and a pupil's query into all.
 */
async function queriesPerToday(bench: BenchOptions, house: House, steps: Step[][]): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let look = 0; look < 3 && least > 0; look++)
    least = Math.min(least, await queriesDuringToday(bench, house, steps))
  return least
}

async function queriesDuringToday(bench: BenchOptions, house: House, steps: Step[][]): Promise<number> {
  const count = () =>
    house.inCtx(async (ctx) => {
      await sql`select pg_stat_force_next_flush()`.execute(ctx.db)
      const found = await sql<{
        n: string
      }>`select xact_commit + xact_rollback as n from pg_stat_database where datname = current_database()`.execute(
        ctx.db,
      )
      return Number(found.rows[0]?.n)
    })
  const seconds = bench.quick ? 1 : 10
  // Counts reach the view within a second of a backend's last transaction.
  const during = async (work: () => Promise<unknown>) => {
    await pause(1200)
    const before = await count()
    await work()
    await pause(1200)
    return (await count()) - before
  }
  const atRest = await during(() => pause(seconds * 1000))
  let served = 1
  const busy = await during(async () => {
    served = (await load(bench, house.origin, steps, 500, seconds)).served
  })
  return round(Math.max(0, busy - atRest) / served, 3)
}

async function sheetsWithWorkspaceDead(house: House, journeys: Journey[]): Promise<boolean> {
  house.workspace.kill('SIGKILL')
  await once(house.workspace, 'exit')
  for (const { sheet } of journeys.slice(0, 100)) {
    const answer = await fetch(`${house.origin}${sheet.path}`, { headers: sheet.headers })
    if (answer.status !== 200 || !(await answer.json())) return false
  }
  return true
}
