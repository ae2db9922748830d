// What processes cost, from /proc: CPU time in user and kernel mode, and the cores they run on.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

type Stat = { pid: number; parent: number; ticks: number; reaped: number }

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(fields[1]),
      ticks: Number(fields[11]) + Number(fields[12]),
      reaped: Number(fields[13]) + Number(fields[14]),
    }
  } catch {
    return null
  }
}

/** A process and all its descendants. */
export function familyOf(root: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((s) => s !== null)
  const family = [root]
  for (const pid of family) for (const s of all) if (s.parent === pid) family.push(s.pid)
  return family
}

/**
 * CPU microseconds spent so far by processes, those that ended and were reaped included (proc(5): utime, stime,
 * cutime, cstime). Precise to a clock tick, 10 ms, so measure over seconds.
 */
export function cpuMicros(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const s = statOf(pid)
    if (s) ticks += s.ticks + s.reaped
  }
  return (ticks / ticksPerSecond) * 1e6
}

/** Nanoseconds on a CPU for all threads of a process, from the scheduler's own account; finer than clock ticks. */
export function schedMicros(pids: readonly number[]): number {
  let nanos = 0
  for (const pid of pids) {
    try {
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        nanos += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
      }
    } catch {
      // The process ended meanwhile.
    }
  }
  return nanos / 1000
}

/** Pins a process (all its threads) to a core. */
export function pin(pid: number, core: number): void {
  execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], { stdio: 'ignore' })
}

/** Waits until `pids` use next to nothing: a door that has just opened packs its pages first, on every core. */
export async function settled(pids: readonly number[]): Promise<void> {
  for (let i = 0; i < 40; i++) {
    const before = cpuMicros(pids)
    await sleep(500)
    if (cpuMicros(pids) - before < 50_000) return
  }
}
