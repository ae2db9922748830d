// Claim: a morning on which everybody must type a password is slow for nobody but those who type it. The first journey
// of the day (sign-in, today, the week's diary, one homework) at saturation, beside pupils who return with a pass.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { codeFrom } from '#feature/accounts/rules.ts'
import { openHasher } from '#features/accounts'
import type { Ctx } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import { schedMicros } from './support/cpu.ts'
import { type House, openHouse } from './support/house.ts'
import { type LoadResult, runLoad, type Step } from './support/load.ts'
import { type ReturningPupil, returningPupils } from './support/pupils.ts'
import { type Bench, type BenchOptions, type Figures, percentile, round } from './support/report.ts'

const houseCore = 0
const generatorCore = 1
const password = 'sous le grand chêne'

export default {
  about: 'The first journey of the day with a password, at saturation, beside pupils who return with a pass.',
  goals: {
    journeysPerCpuSecond: '≥ 49',
    todayP99Ms: '≤ 2 × todayP99AloneMs',
  },
  run,
} satisfies Bench

type Parts = { house: House; pupils: ReturningPupil[]; codes: string[] }

async function run(bench: BenchOptions): Promise<Figures> {
  const { quick, say } = bench
  const house = await openHouse(bench, { schools: quick ? 2 : 8, core: houseCore })
  const pupils = await house.inCtx((ctx) => returningPupils(ctx, quick ? 600 : 3000))
  await house.inCtx((ctx) => givePasswords(ctx, pupils))
  say(`${pupils.length} pupils sign in`)
  const parts = { house, pupils, codes: await house.inCtx((ctx) => giveCodes(ctx, pupils)) }
  const seconds = quick ? 4 : 15

  await load(bench, house, returns(parts), 100, 2)
  await load(bench, house, signIns(parts), 10, 2)
  say('what one first journey costs')
  const calm = await cost(bench, house, () => load(bench, house, signIns(parts), 20, seconds))
  const capacity = calm.perCpuSecond
  say('returning pupils alone')
  const returning = quick ? 100 : 200
  const alone = await load(bench, house, returns(parts), returning, seconds)
  say(`returning pupils beside ${round(capacity, 0)} sign-ins per second`)
  const beside = await Promise.all([
    load(bench, house, returns(parts), returning, seconds),
    load(bench, house, signIns(parts), capacity, seconds),
  ])
  say('sign-ins at saturation')
  const full = await cost(bench, house, () => load(bench, house, signIns(parts), capacity * 1.2, seconds))
  say('activations')
  const activationRate = Math.min(capacity, parts.codes.length / seconds / 1.2)
  const activated = await cost(bench, house, () =>
    load(bench, house, activations(parts), activationRate, seconds),
  )
  const generatorShare = Math.max(
    beside[0].generatorShare + beside[1].generatorShare,
    full.result.generatorShare,
  )
  if (generatorShare > 0.9) say(`the generators used ${round(generatorShare * 100, 0)} % of their core`)
  return {
    journeysPerCpuSecond: round(full.perCpuSecond),
    journeysServedShare: round(full.result.served / full.result.offered, 3),
    journeysPerCpuSecondCalm: round(calm.perCpuSecond),
    signInP50Ms: round(percentile(calm.result.latencies, 0.5)),
    activationsPerCpuSecond: round(activated.perCpuSecond),
    todayP99Ms: round(percentile(beside[0].latencies, 0.99), 2),
    todayP99AloneMs: round(percentile(alone.latencies, 0.99), 2),
    todayServedShare: round(beside[0].served / beside[0].offered, 3),
    signInsServedBeside: beside[1].served,
    signInsOfferedBeside: beside[1].offered,
    generatorShare: round(generatorShare, 2),
  }
}

function load(
  bench: BenchOptions,
  house: House,
  journeys: Step[][],
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  const plan = { journeys, rate, seconds, seed: bench.seed, connections: 256, timeoutMs: 10_000 }
  return runLoad({ origin: house.origin, followCookies: true, ...plan }, generatorCore)
}

/** Served journeys for each second of CPU time that any process of ours spent meanwhile. */
async function cost(
  bench: BenchOptions,
  house: House,
  work: () => Promise<LoadResult>,
): Promise<{ perCpuSecond: number; result: LoadResult }> {
  const processes = house.processes()
  const before = schedMicros(processes)
  const result = await work()
  if (result.served < result.offered)
    bench.say(
      `${result.offered - result.served} of ${result.offered} were not served: ${JSON.stringify(result.statuses)}`,
    )
  return { perCpuSecond: (result.served * 1e6) / (schedMicros(processes) - before), result }
}

const asPage = {
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  accept: 'application/json',
}
const post = (path: string, body: object, cookie: string): Step => ({
  path,
  method: 'POST',
  headers: { ...asPage, cookie },
  body: JSON.stringify(body),
})

const returns = ({ pupils }: Parts) => pupils.map(({ journey }) => [journey.sheet, journey.today])

/** With the passes that the sign-in gives, not with those that the pupil had. */
const signIns = ({ pupils }: Parts) =>
  pupils.map(
    ({ username, deviceCookie, journey }) =>
      [
        post('/api/session', { username, password }, deviceCookie),
        ...[journey.sheet, journey.today, journey.week, journey.homework].map((step) => ({
          ...step,
          headers: { ...step.headers, cookie: '' },
        })),
      ] satisfies Step[],
  )

const activations = ({ codes }: Parts) =>
  codes.map((code) => [post('/api/session/activation', { code, password }, '')])

/** Everybody has the same password, hashed once: checking it costs what it costs. */
async function givePasswords(ctx: Ctx, pupils: readonly ReturningPupil[]): Promise<void> {
  const hasher = openHasher(ctx.log)
  const hash = await hasher.hash(password)
  hasher.close()
  await sql`
    insert into credential (person_id, password_hash) select unnest(${pupils.map((p) => p.id)}::uuid[]), ${hash}
    on conflict (person_id) do update set password_hash = excluded.password_hash`.execute(ctx.db)
}

/** Codes for people other than those who sign in. */
async function giveCodes(ctx: Ctx, pupils: readonly ReturningPupil[]): Promise<string[]> {
  const others = await sql<{ id: PersonId }>`
    select p.id from person p where p.id <> all(${pupils.map((p) => p.id)}::uuid[]) order by p.id limit 4000`.execute(
    ctx.db,
  )
  const codes = others.rows.map(() => codeFrom(crypto.getRandomValues(new Uint8Array(10))))
  const hashes = codes.map((code) => createHash('sha256').update(code).digest())
  const until = new Date(ctx.clock.now() + 86_400_000)
  await sql`
    insert into credential (person_id, activation_hash, activation_expires_at)
    select person, hash, ${until} from unnest(${others.rows.map((o) => o.id)}::uuid[], ${hashes}::bytea[]) as c (person, hash)
    on conflict (person_id) do update set activation_hash = excluded.activation_hash,
      activation_expires_at = excluded.activation_expires_at`.execute(ctx.db)
  return codes
}
