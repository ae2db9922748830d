// The load generator's process: takes a plan from its parent, runs it, and answers with what came back.
import { Pool } from 'undici'
import type { LoadPlan, LoadResult, Step } from './load.ts'

/** mulberry32 (Tommy Ettinger, public domain): a small seeded generator of numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** This process compiles its own code and opens its connections at first: those latencies would be its own. */
const warmUpMs = 500

type Sent = { status: number; bytes: number; cookies: string[] }

/** Sends one request; resolves with the status (0: none) and the bytes of its body as they travelled. */
function send(pool: Pool, step: Step): Promise<Sent> {
  return new Promise((resolve) => {
    let status = 0
    let bytes = 0
    let cookies: string[] = []
    pool.dispatch(
      {
        path: step.path,
        method: (step.method ?? 'GET') as 'GET',
        headers: step.headers,
        body: step.body ?? null,
      },
      {
        onRequestStart() {},
        onResponseStart(_controller: unknown, code: number, headers: Record<string, string | string[]>) {
          status = code
          cookies = [headers['set-cookie'] ?? []].flat()
        },
        onResponseData(_controller: unknown, chunk: Buffer) {
          bytes += chunk.length
        },
        onResponseEnd: () => resolve({ status, bytes, cookies }),
        onResponseError: () => resolve({ status: 0, bytes, cookies: [] }),
      },
    )
  })
}

const nothing = (): LoadResult => ({
  offered: 0,
  served: 0,
  statuses: {},
  latencies: [],
  seconds: 0,
  bytes: 0,
  generatorShare: 0,
})

/** When a journey was to begin, in ms; and whether its latency tells of the house, not of a cold generator. */
type Start = { intended: number; isTimed: boolean }

/** Sends a journey's requests one after the other and enters in `result` how it went. */
async function travel(
  pool: Pool,
  plan: LoadPlan,
  steps: Step[],
  { intended, isTimed }: Start,
  result: LoadResult,
): Promise<void> {
  let kept = ''
  // Timers are whole milliseconds, so a journey may begin a little before its time.
  const begun = Math.min(intended, performance.now())
  for (const step of steps) {
    const cookie = [step.headers.cookie, kept].filter(Boolean).join('; ')
    const { status, bytes, cookies } = await send(
      pool,
      kept ? { ...step, headers: { ...step.headers, cookie } } : step,
    )
    if (plan.followCookies && cookies.length > 0) kept = cookies.map((c) => c.split(';', 1)[0]).join('; ')
    result.statuses[status] = (result.statuses[status] ?? 0) + 1
    result.bytes += bytes
    if (status < 200 || status >= 400) return
  }
  const took = performance.now() - begun
  if (took > plan.timeoutMs) return
  result.served++
  if (isTimed) result.latencies.push(took)
}

/** Waits until a journey is due; lets others work now and then when the generator is behind. */
async function until(due: number, count: number): Promise<void> {
  const wait = due - performance.now()
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
  else if (count % 64 === 0) await new Promise((resolve) => setImmediate(resolve))
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const { connections, timeoutMs } = plan
  const pool = new Pool(plan.origin, {
    connections,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  const random = randomFrom(plan.seed)
  const result = nothing()
  const begin = performance.now()
  const cpu = process.cpuUsage()
  const running: Promise<void>[] = []
  let due = begin
  for (let i = 0; ; i++) {
    due += (-Math.log(1 - random()) / plan.rate) * 1000
    if (due >= begin + plan.seconds * 1000) break
    await until(due, i)
    result.offered++
    const start = { intended: due, isTimed: due - begin >= warmUpMs }
    running.push(travel(pool, plan, plan.journeys[i % plan.journeys.length] ?? [], start, result))
  }
  await Promise.all(running)
  result.seconds = (performance.now() - begin) / 1000
  const used = process.cpuUsage(cpu)
  result.generatorShare = (used.user + used.system) / 1e6 / result.seconds
  await pool.destroy()
  return result
}

process.once('message', async (plan: LoadPlan) => {
  process.send?.(await run(plan))
})
