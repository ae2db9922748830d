// The hashing process as seen from outside: started when there is work, replaced when it dies or hangs.
import { type ChildProcess, fork } from 'node:child_process'
import type { Log } from '#platform/log'
import type { Done, Job } from './hash-process.ts'

export type Worker = {
  /** Hands over a job; `done` or `died` follows. */
  send(job: Job): void
  /** An idle process keeps nobody awake. */
  rest(): void
  pid(): number | undefined
  end(): void
}

/** Starts nothing until the first job. `hangsAfter`: milliseconds after which a job's process is killed. */
export function openWorker(
  log: Log,
  hangsAfter: number,
  hear: { done(done: Done): void; died(): void },
): Worker {
  let child: ChildProcess | null = null
  const timers = new Map<number, NodeJS.Timeout>()

  function start(): ChildProcess {
    const started = fork(new URL('./hash-process.ts', import.meta.url), { execArgv: [] })
    started.on('message', (message) => {
      const done = message as Done
      clearTimeout(timers.get(done.id))
      timers.delete(done.id)
      hear.done(done)
    })
    started.on('error', (error) => log.error({ err: error }, 'the hashing process cannot be reached'))
    started.on('exit', () => {
      child = null
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      hear.died()
    })
    return started
  }

  return {
    send(job) {
      child ??= start()
      const sentTo = child
      timers.set(
        job.id,
        setTimeout(() => sentTo.kill('SIGKILL'), hangsAfter),
      )
      child.ref()
      child.channel?.ref()
      child.send(job, () => {})
    },
    rest() {
      child?.channel?.unref()
      child?.unref()
    },
    pid: () => child?.pid,
    end: () => void child?.kill(),
  }
}
