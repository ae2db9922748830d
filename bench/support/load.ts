// Open-loop load: requests start when a Poisson process says so, whether or not earlier ones were answered, and
// latency counts from that intended moment. Runs in a process of its own (load-process.ts), on the core it is given.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { pin } from './cpu.ts'

/** One request of a journey, whole: path and headers. */
export type Step = { path: string; headers: Record<string, string>; method?: string; body?: string }

export type LoadPlan = {
  /** Origin, e.g. http://127.0.0.1:8080 */
  origin: string
  /** Each journey's requests, sent one after the other; journeys are taken in turn. */
  journeys: Step[][]
  /** Journeys begun per second. */
  rate: number
  seconds: number
  seed: number
  /** Connections at most; more journeys at once than this count as a saturated generator. */
  connections: number
  /** A journey that takes longer is lost. */
  timeoutMs: number
  /** Cookies that answers set go with the journey's later requests. */
  followCookies?: boolean
}

export type LoadResult = {
  offered: number
  served: number
  /** Answers by status; 0 stands for no answer. */
  statuses: Record<string, number>
  /** Milliseconds from the intended start to the last byte, of the served; without those of the first half second. */
  latencies: number[]
  seconds: number
  bytes: number
  /** Share of its core that the generator used; above 0.9 the figures are the generator's, not ours. */
  generatorShare: number
}

/** Runs a plan; resolves when the last journey has ended. */
export async function runLoad(plan: LoadPlan, core?: number): Promise<LoadResult> {
  const child = fork(new URL('load-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    if (core !== undefined && child.pid) pin(child.pid, core)
    child.send(plan)
    const [result] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('the load generator ended early'))),
    ])) as [LoadResult]
    return result
  } finally {
    child.kill()
  }
}
