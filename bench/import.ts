// A region's directory in one go: how long the import takes from files to commit, how many rows a second that is, and
// how much memory our process needs at most. PostgreSQL syncs to disk as in production.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { startPostgres } from '#platform/postgres'
import { cpuMicros, familyOf } from './support/cpu.ts'
import { type Bench, type BenchOptions, type Figures, round } from './support/report.ts'

const cli = new URL('../apps/cli/main.ts', import.meta.url).pathname
const sampleEvery = 250

type Report = {
  seconds: number
  rows: Record<string, number>
  kinds: Record<string, { created: number; changed: number; disabled: number }>
}

/** Runs a verb of the command line; its last line of JSON. */
async function verb<T>(
  args: string[],
  env: Record<string, string>,
  { afterwards }: BenchOptions,
  watch: (child: ChildProcess) => () => void = () => () => {},
): Promise<T> {
  const child = spawn(process.execPath, [cli, ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  afterwards(async () => void child.kill())
  const unwatch = watch(child)
  const [out, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  unwatch()
  if (code !== 0) throw new Error(`preau ${args[0]} ended with ${code}: ${said.trim()}`)
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as T
}

/** Megabytes that a process held at most, by the kernel's own account. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Megabytes that processes hold together, what they share counted once. */
function sharedSizeOf(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // The process ended meanwhile.
    }
  }
  return kilobytes / 1024
}

const total = (counts: number[]) => counts.reduce((sum, n) => sum + n, 0)

async function run(options: BenchOptions): Promise<Figures> {
  const { quick, seed, say, afterwards } = options
  const folder = await mkdtemp(join(tmpdir(), 'preau-bench-import-'))
  afterwards(() => rm(folder, { recursive: true, force: true }))
  const size = quick ? ['50000', '400000'] : ['1000000', '8000000']
  say(`a region of ${size[0]} users and ${size[1]} enrollments`)
  const region = join(folder, 'region')
  const wanted = ['--users', size[0] ?? '', '--enrollments', size[1] ?? '', '--seed', String(seed)]
  const made = await verb<{ users: number; enrollments: number }>(
    ['region', ...wanted, '--no-timetable', '--out', region],
    {},
    options,
  )

  const server = await startPostgres({ dataFolder: join(folder, 'pg') })
  afterwards(() => server.stop())
  let peak = 0
  let cpu = 0
  let postgresPeak = 0
  const watch = (child: ChildProcess) => {
    const timer = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid ?? 0))
      cpu = Math.max(cpu, cpuMicros([child.pid ?? 0]))
      postgresPeak = Math.max(postgresPeak, sharedSizeOf(familyOf(server.pid)))
    }, sampleEvery)
    return () => clearInterval(timer)
  }
  const env = { DATABASE_URL: server.url('postgres'), PREAU_DATA: join(folder, 'data') }
  const importing = () => verb<Report>(['import', join(region, 'oneroster')], env, options, watch)
  say('import')
  const before = cpuMicros(familyOf(server.pid))
  const first = await importing()
  const cpuSeconds = {
    cpuSeconds: round(cpu / 1e6),
    postgresCpuSeconds: round((cpuMicros(familyOf(server.pid)) - before) / 1e6),
  }
  say(`${first.seconds} s; the same files once more`)
  const again = await importing()

  const rows = total(Object.values(first.rows))
  return {
    users: made.users,
    enrollments: made.enrollments,
    rows,
    seconds: first.seconds,
    rowsPerSecond: Math.round(rows / first.seconds),
    ...cpuSeconds,
    peakMegabytes: round(peak),
    postgresPeakMegabytes: round(postgresPeak),
    unchangedSeconds: again.seconds,
    changedByTheSameFiles: total(
      Object.values(again.kinds).map(({ created, changed, disabled }) => created + changed + disabled),
    ),
  }
}

const bench: Bench = {
  about:
    "A region's directory (OneRoster) is imported in one transaction, in memory that does not grow with it.",
  goals: { peakMegabytes: '< 500', rowsPerSecond: '≥ 60000', changedByTheSameFiles: '0' },
  run,
}
export default bench
