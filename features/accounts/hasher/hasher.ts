// Password checks wait in a short queue before the one process that does them: sign-ins may be slow, and nothing else
// becomes so. What does not fit is refused at once with the seconds after which it should.
import { type ChildProcess, fork } from 'node:child_process'
import { ticks } from '#platform/clock'
import type { Log } from '#platform/log'
import { Refused } from '#platform/refusal'
import type { Done, Job } from './hash-process.ts'

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

type Waiting = Job & { since: number; tries: number; resolve(done: Done): void; reject(error: Error): void }

// The hash of 32 random bytes that nobody kept.
const nobodys =
  '$argon2id$v=19$m=12288,t=3,p=1$buQ4LaKzPX5Cw9MBy/rNcA$2wQ1X6ao+0KqRON8v0jU2XsZv79TNy+lkeq7/BX+RH0'
// One job is worked on while the next one is already there.
const inFlight = 2

/** Starts nothing until the first job comes. */
export function openHasher(log: Log, limits: Partial<HasherLimits> = {}): Hasher {
  const { waiting, jobTimeout, patience }: HasherLimits = {
    waiting: 200,
    jobTimeout: 10_000,
    patience: 20_000,
    ...limits,
  }
  const queue: Waiting[] = []
  const sent = new Map<number, Waiting & { timer: NodeJS.Timeout; sentAt: number }>()
  let child: ChildProcess | null = null
  let closed = false
  let count = 0
  let nextId = 1
  // Milliseconds per job, a moving average.
  let pace = 8

  function start(): ChildProcess {
    const started = fork(new URL('./hash-process.ts', import.meta.url), {
      execArgv: [],
      serialization: 'json',
    })
    started.on('message', (done) => finish(done as Done))
    started.on('error', (error) => log.error({ err: error }, 'the hashing process cannot be reached'))
    started.on('exit', () => replace(started))
    return started
  }

  /** What the dead process had in work goes back to the front, once. */
  function replace(dead: ChildProcess): void {
    if (child !== dead) return
    child = null
    for (const job of [...sent.values()].reverse()) {
      clearTimeout(job.timer)
      if (job.tries < 2 && !closed) queue.unshift(job)
      else job.reject(busy())
    }
    sent.clear()
    if (!closed) {
      log.warn('the hashing process ended and is replaced')
      pump()
    }
  }

  function finish(done: Done): void {
    const job = sent.get(done.id)
    if (!job) return
    clearTimeout(job.timer)
    sent.delete(done.id)
    count++
    pace = 0.9 * pace + (0.1 * (ticks() - job.sentAt)) / inFlight
    job.resolve(done)
    pump()
  }

  function pump(): void {
    while (sent.size < inFlight) {
      const job = queue.shift()
      if (!job) break
      if (ticks() - job.since > patience) {
        job.reject(busy())
        continue
      }
      child ??= start()
      const timer = setTimeout(() => child?.kill('SIGKILL'), jobTimeout)
      sent.set(job.id, { ...job, tries: job.tries + 1, timer, sentAt: ticks() })
      const { id, password, hash } = job
      child.send({ id, password, ...(hash === undefined ? {} : { hash }) } satisfies Job, () => {})
    }
    // An idle process keeps nobody awake.
    if (sent.size > 0) child?.channel?.ref()
    else child?.channel?.unref()
    if (sent.size === 0) child?.unref()
  }

  const busy = () =>
    new Refused('sign-in.busy', { seconds: Math.max(2, Math.ceil((queue.length * pace) / 1000)) })

  function work(password: string, hash?: string): Promise<Done> {
    if (closed || queue.length >= waiting) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      queue.push({
        id: nextId++,
        password,
        ...(hash === undefined ? {} : { hash }),
        since: ticks(),
        tries: 0,
        resolve,
        reject,
      })
      pump()
    })
  }

  return {
    hash: async (password) => (await work(password)).hash ?? '',
    verify: async (hash, password) => {
      const { right } = await work(password, hash ?? nobodys)
      return hash !== null && right === true
    },
    done: () => count,
    pid: () => child?.pid,
    close: () => {
      closed = true
      for (const job of queue.splice(0)) job.reject(busy())
      child?.kill()
    },
  }
}
