// Password checks wait in a short queue before the one process that does them: sign-ins may be slow, and nothing else
// becomes so. What does not fit is refused at once with the seconds after which it should.
import { ticks } from '#platform/clock'
import type { Log } from '#platform/log'
import { Refused } from '#platform/refusal'
import type { Done, Job } from './hash-process.ts'
import { openWorker } from './worker.ts'

export type Hasher = {
  /** An argon2id hash as a PHC string. @throws `sign-in.busy` */
  hash(password: string): Promise<string>
  /** Whether the password is the hash's; with null the same work is done and the answer is no. @throws `sign-in.busy` */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Jobs done since the start. */
  done(): number
  /** The process that works now, if one does. */
  pid(): number | undefined
  close(): void
}

export type HasherLimits = {
  /** Jobs that may wait. */
  waiting: number
  /** Milliseconds after which a job in work is given up and the process replaced. */
  jobTimeout: number
  /** Milliseconds after which nobody waits any more for a queued job. */
  patience: number
}

const usualLimits: HasherLimits = { waiting: 200, jobTimeout: 30_000, patience: 20_000 }

type Waiting = {
  job: Job
  since: number
  tries: number
  resolve(done: Done): void
  reject(error: Error): void
}

// The hash of 32 random bytes that nobody kept.
const nobodys =
  '$argon2id$v=19$m=12288,t=3,p=1$buQ4LaKzPX5Cw9MBy/rNcA$2wQ1X6ao+0KqRON8v0jU2XsZv79TNy+lkeq7/BX+RH0'
// One job is worked on while the next one is already there.
const inFlight = 2

/** Starts nothing until the first job comes. */
export function openHasher(log: Log, limits: Partial<HasherLimits> = {}): Hasher {
  const queue = openQueue(log, { ...usualLimits, ...limits })
  return {
    hash: async (password) => (await queue.work(password)).hash ?? '',
    verify: async (hash, password) => {
      const { right } = await queue.work(password, hash ?? nobodys)
      return hash !== null && right === true
    },
    done: queue.done,
    pid: queue.pid,
    close: queue.close,
  }
}

function openQueue(log: Log, { waiting, jobTimeout, patience }: HasherLimits) {
  const queue: Waiting[] = []
  const sent = new Map<number, Waiting & { sentAt: number }>()
  let closed = false
  let count = 0
  // Milliseconds per job, a moving average.
  let pace = 8
  const busy = () =>
    new Refused('sign-in.busy', { seconds: Math.max(2, Math.ceil((queue.length * pace) / 1000)) })
  const worker = openWorker(log, jobTimeout, { done, died })

  function done(result: Done): void {
    const job = sent.get(result.id)
    if (!job) return
    sent.delete(result.id)
    count++
    pace = 0.9 * pace + (0.1 * (ticks() - job.sentAt)) / inFlight
    job.resolve(result)
    pump()
  }

  /** What the dead process had in work goes back to the front, once. */
  function died(): void {
    for (const waiter of [...sent.values()].reverse()) {
      if (waiter.tries < 2 && !closed) queue.unshift(waiter)
      else waiter.reject(busy())
    }
    sent.clear()
    if (!closed) log.warn('the hashing process ended and is replaced')
    pump()
  }

  function pump(): void {
    while (sent.size < inFlight) {
      const next = queue.shift()
      if (!next) break
      if (ticks() - next.since > patience) next.reject(busy())
      else {
        sent.set(next.job.id, { ...next, tries: next.tries + 1, sentAt: ticks() })
        worker.send(next.job)
      }
    }
    if (sent.size === 0) worker.rest()
  }

  let id = 0
  function work(password: string, hash?: string): Promise<Done> {
    if (closed || queue.length >= waiting) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      const job: Job = { id: id++, password, ...(hash === undefined ? {} : { hash }) }
      queue.push({ job, since: ticks(), tries: 0, resolve, reject })
      pump()
    })
  }

  function close(): void {
    closed = true
    for (const { reject } of queue.splice(0)) reject(busy())
    worker.end()
  }

  return { work, close, done: () => count, pid: worker.pid }
}
