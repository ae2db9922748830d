// Keeps one part running: starts it again when it ends by itself, sooner at first, more patiently when it keeps failing.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ticks } from '#platform/clock'
import { nodeOptions } from '../node-options.ts'

export type Running = {
  pid: number
  ended: Promise<void>
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>
  /** Ends it at once. */
  kill(): void
}

/** A program of ours, running or ended. */
export type Program = Running & {
  /** How it ended; null while it runs, or when a signal ended it. */
  code(): number | null
}

export type Kept = {
  stop(): Promise<void>
  kill(): void
  /** Settles when it ended for the first time, however that came. */
  firstEnd: Promise<void>
}

const shortest = 100
const longest = 10_000
const healthyAfter = 10_000

/** How long to wait (ms) before starting again what lived for `lived` ms, after a wait of `before` ms (0: the first). */
export function nextPause(before: number, lived: number): number {
  if (before === 0 || lived >= healthyAfter) return shortest
  return Math.min(before * 2, longest)
}

/** Launches a part and launches it anew whenever it ends, until it is stopped. @throws when the first launch fails. */
export async function keep(
  name: string,
  launch: () => Promise<Running>,
  say: (line: string) => void,
): Promise<Kept> {
  let running = await launch()
  let stopping = false
  const stopped = new AbortController()
  const firstEnd = running.ended
  const watch = async () => {
    for (let wait = 0, from = ticks(); ; ) {
      await running.ended
      if (stopping) return
      wait = nextPause(wait, ticks() - from)
      say(`${name} ended; it is started again.`)
      await pause(wait, undefined, { signal: stopped.signal }).catch(() => {})
      if (stopping) return
      from = ticks()
      const next = await launch().catch((error: Error) => say(`${name} does not start: ${error.message}`))
      if (next) running = next
      if (stopping) await running.stop()
    }
  }
  const watching = watch()
  return {
    firstEnd,
    async stop() {
      stopping = true
      stopped.abort()
      await running.stop()
      await watching
    },
    kill: () => running.kill(),
  }
}

const root = join(import.meta.dirname, '../..')
const patience = 10_000

/**
 * Runs one of our programs as a child: in a session of its own, so that Ctrl-C reaches only us, and holding the end
 * of a pipe (its standard input, announced by PREAU_CHILD) by which it notices that we are gone.
 */
export async function launchProgram(
  program: string,
  env: Record<string, string>,
  relay?: (stderr: NodeJS.ReadableStream) => void,
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, join(root, program)], {
    cwd: root,
    env: { ...process.env, ...env, PREAU_CHILD: '1' },
    detached: true,
    stdio: ['pipe', relay ? 'pipe' : 'inherit', relay ? 'pipe' : 'inherit'],
  })
  if (relay && child.stderr && child.stdout) {
    relay(child.stderr)
    child.stdout.resume()
  }
  child.stdin?.on('error', () => {}) // It ended while we let go of it.
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  return {
    pid: child.pid ?? 0,
    ended,
    code: () => child.exitCode,
    stop: () => end(child, ended),
    kill: () => child.kill('SIGKILL'),
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  await ended
  clearTimeout(late)
}
