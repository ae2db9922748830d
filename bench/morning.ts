// Claim: at eight o'clock a returning pupil costs a thousandth of what a usual platform spends. A journey is today's
// sheet, the personal part, the class diary of the week and one homework. CPU is counted over every process of ours,
// PostgreSQL included, and stands beside a bare node:http server that answers the same bytes in the same run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
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
  const all = (j: Journey) => [j.sheet, j.today, j.week, j.homework]
  await load(bench, house.origin, journeys.map(all), 300, 2)

  const rounds = quick ? 2 : 4
  const seconds = quick ? 2.5 : 8
  const costs = {
    bare: [] as number[],
    bareToday: [] as number[],
    sheet: [] as number[],
    today: [] as number[],
    journey: [] as number[],
  }
  const latencies: number[] = []
  let bytes = 0
  let served = 0
  for (let i = 0; i < rounds; i++) {
    say(`round ${i + 1} of ${rounds}`)
    // The same requests a second for all that is compared, as in a rush: a process that sleeps between two requests
    // pays for each waking, a bare one too.
    const rate = 4000
    costs.bare.push(
      (
        await cost(
          bench,
          bare.origin,
          () => [bare.pid],
          journeys.map((j) => [j.sheet]),
          rate,
          seconds,
        )
      ).micros,
    )
    costs.sheet.push(
      (
        await cost(
          bench,
          house.origin,
          house.processes,
          journeys.map((j) => [j.sheet]),
          rate,
          seconds,
        )
      ).micros,
    )
    costs.bareToday.push(
      (
        await cost(
          bench,
          bareToday.origin,
          () => [bareToday.pid],
          journeys.map((j) => [j.today]),
          rate,
          seconds,
        )
      ).micros,
    )
    costs.today.push(
      (
        await cost(
          bench,
          house.origin,
          house.processes,
          journeys.map((j) => [j.sheet, j.today]),
          rate / 2,
          seconds,
        )
      ).micros,
    )
    const whole = await cost(bench, house.origin, house.processes, journeys.map(all), rate / 4, seconds)
    costs.journey.push(whole.micros)
    latencies.push(...whole.result.latencies)
    bytes += whole.result.bytes
    served += whole.result.served
  }
  const queries = await queriesPerToday(bench, house, journeys)
  const capacity = 1e6 / percentile(costs.journey, 0.5)
  say('saturation: half as much again as the CPU figure says it can do')
  const full = await load(bench, house.origin, journeys.map(all), capacity * 1.5, quick ? 3 : 10)
  if (full.generatorShare > 0.9)
    say(`the generator was saturated (${round(full.generatorShare * 100)} % of its core)`)
  const dead = await sheetsWithWorkspaceDead(house, journeys)
  const middle = (samples: number[]) => percentile(samples, 0.5)
  return {
    journeysPerSecond: round(full.served / full.seconds, 0),
    p50Ms: round(percentile(latencies, 0.5), 2),
    p99Ms: round(percentile(latencies, 0.99), 2),
    cpuMicrosPerJourney: round(middle(costs.journey)),
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

const dist = new URL('../web/dist', import.meta.url).pathname

const plain = ({ body, headers }: Answer) =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()

type Answer = { body: Buffer; headers: Record<string, string> }

/** One journey's answers as they travel, checked to be what we think we measure. */
async function answersOf(house: House, journey: Journey): Promise<{ sheet: Answer; today: Answer }> {
  const get = async ({ path, headers }: Step): Promise<Answer> => {
    const { request } = await import('undici')
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

async function bareNode(bench: BenchOptions, answer: Answer): Promise<{ origin: string; pid: number }> {
  const child = spawn(process.execPath, [new URL('support/bare-node.ts', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  bench.afterwards(async () => child.kill())
  child.stdin.end(JSON.stringify({ body: answer.body.toString('base64'), headers: answer.headers }))
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const pid = child.pid ?? 0
  pin(pid, houseCore)
  return { origin: `http://127.0.0.1:${port}`, pid }
}

function load(
  bench: BenchOptions,
  origin: string,
  journeys: Step[][],
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  return runLoad(
    { origin, journeys, rate, seconds, seed: bench.seed, connections: 128, timeoutMs: 10_000 },
    generatorCore,
  )
}

/** CPU microseconds per served journey over the given processes; what they spend at rest is theirs too. */
async function cost(
  bench: BenchOptions,
  origin: string,
  pids: () => number[],
  journeys: Step[][],
  rate: number,
  seconds: number,
) {
  const processes = pids()
  const before = schedMicros(processes)
  const result = await load(bench, origin, journeys, rate, seconds)
  const micros = (schedMicros(processes) - before) / result.served
  if (result.served < result.offered)
    bench.say(
      `${result.offered - result.served} of ${result.offered} were not served: ${JSON.stringify(result.statuses)}`,
    )
  return { micros, result }
}

/** Transactions that PostgreSQL counts while pupils ask for today's page, less those of the same time at rest. */
async function queriesPerToday(bench: BenchOptions, house: House, journeys: Journey[]): Promise<number> {
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
  const seconds = bench.quick ? 2 : 10
  // Counts reach the view within a second of a backend's last transaction.
  const during = async (work: () => Promise<unknown>) => {
    await pause(1500)
    const before = await count()
    await work()
    await pause(1500)
    return (await count()) - before
  }
  const atRest = await during(() => pause(seconds * 1000))
  let served = 1
  const busy = await during(async () => {
    served = (
      await load(
        bench,
        house.origin,
        journeys.map((j) => [j.sheet, j.today]),
        500,
        seconds,
      )
    ).served
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
