// A whole house for a benchmark: a generated region imported into a PostgreSQL of its own, the workspace and the door
// as processes, each on the core it is given. Everything lies in one temporary folder and is gone afterwards.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { importDirectory } from '#features/directory'
import { schoolDay } from '#features/people'
import { schoolYearOf } from '#features/region'
import { importCalendar } from '#features/timetable'
import { migrate } from '#migrations'
import { readConfig } from '#platform/config'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { type RunningPostgres, startPostgres } from '#platform/postgres'
import { inCtx } from '../../apps/ctx.ts'
import { nodeOptions } from '../../apps/node-options.ts'
import { fillDiaries } from '../../apps/start/demo/fill.ts'
import { familyOf, pin, settled } from './cpu.ts'
import type { BenchOptions } from './report.ts'
import { putTheRegionToWork } from './school-work.ts'

export type House = {
  folder: string
  databaseUrl: string
  /** Where browsers ask. */
  origin: string
  postgres: RunningPostgres
  workspace: ChildProcess
  door: ChildProcess
  /** Every process of ours, PostgreSQL's included. */
  processes(): number[]
  /** Does something in the database, as an action would. */
  inCtx<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
}

export type HouseOptions = { schools: number; core?: number; env?: Record<string, string> }

const program = (name: string) => new URL(`../../${name}`, import.meta.url).pathname

/** Makes the house and waits until the door serves and the sheets are there. */
export async function openHouse(bench: BenchOptions, options: HouseOptions): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-bench-'))
  bench.afterwards(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['files', 'uploads', 'door', 'run']) await mkdir(join(folder, name))
  const postgres = await startPostgres({ dataFolder: join(folder, 'pg') })
  bench.afterwards(() => postgres.stop())
  const databaseUrl = await makeDatabase(postgres)
  const config = readConfig({ PREAU_DATA: folder, DATABASE_URL: databaseUrl })
  const inHouse = <T>(work: (ctx: Ctx) => Promise<T>) => inCtx(config, databaseUrl, work)
  bench.say(`a region of ${options.schools} schools is generated and imported`)
  await inHouse((ctx) => settle(ctx, bench, folder, options.schools))
  await writeFile(join(folder, 'door.secret'), 'bench\n')
  const port = await freePort()
  const env = {
    PREAU_DATA: folder,
    PREAU_SOCKET: join(folder, 'workspace.sock'),
    PREAU_PORT: String(port),
    PREAU_LOG: 'warn',
    DATABASE_URL: databaseUrl,
    ...options.env,
  }
  const workspace = run('apps/workspace/main.ts', env, bench)
  const door = run('apps/door/main.ts', env, bench)
  const origin = `http://127.0.0.1:${port}`
  await untilReady(origin)
  const house: House = {
    folder,
    databaseUrl,
    origin,
    postgres,
    workspace,
    door,
    inCtx: inHouse,
    processes: () => [workspace.pid, door.pid, postgres.pid].flatMap((pid) => (pid ? familyOf(pid) : [])),
  }
  if (options.core !== undefined) for (const pid of house.processes()) pinQuietly(pid, options.core)
  await settled(house.processes())
  return house
}

/** A process that ends while we pin it needs no pinning. */
function pinQuietly(pid: number, core: number): void {
  try {
    pin(pid, core)
  } catch {}
}

async function makeDatabase(postgres: RunningPostgres): Promise<string> {
  const root = openDatabase<unknown>(postgres.url('postgres'), { connections: 1 })
  await sql`create database preau`.execute(root.db)
  await root.close()
  const url = postgres.url('preau')
  const open = openDatabase<unknown>(url)
  await migrate(open.db)
  await open.close()
  return url
}

async function settle(ctx: Ctx, bench: BenchOptions, folder: string, schools: number): Promise<void> {
  const out = join(folder, 'region')
  const year = schoolYearOf(schoolDay(ctx))
  const args = ['--schools', schools, '--seed', bench.seed, '--year', year, '--out', out, '--json'].map(
    String,
  )
  const generator = spawn(process.execPath, [program('apps/cli/main.ts'), 'region', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  generator.stdout.on('data', (piece) => {
    said += piece
  })
  await once(generator, 'close')
  const { example } = JSON.parse(said.trim().split('\n').at(-1) ?? '{}')
  await importDirectory(ctx, { path: join(out, 'oneroster') })
  for (const file of await readdir(join(out, 'timetables'))) {
    const { id } = await ctx.db
      .selectFrom('org')
      .select('id')
      .where('identifier', '=', file.replace(/\.ics$/, ''))
      .executeTakeFirstOrThrow()
    await importCalendar(ctx, { schoolId: id, bytes: await readFile(join(out, 'timetables', file)) })
  }
  bench.say('diaries are written and homework is set')
  await fillDiaries(ctx, example)
  await putTheRegionToWork(ctx)
  await ctx.db
    .updateTable('person')
    .set({ last_seen_on: schoolDay(ctx) })
    .execute()
  await sql`vacuum analyze`.execute(ctx.db)
}

function run(file: string, env: Record<string, string>, bench: BenchOptions): ChildProcess {
  const child = spawn(process.execPath, [...nodeOptions, program(file)], {
    env: { ...process.env, ...env, PREAU_CHILD: '1' },
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  bench.afterwards(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const stuck = setTimeout(() => child.kill('SIGKILL'), 5000)
    await once(child, 'exit')
    clearTimeout(stuck)
  })
  return child
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilReady(origin: string): Promise<void> {
  let sheets = -1
  for (let i = 0; i < 300; i++) {
    await pause(200)
    const health = await fetch(`${origin}/healthz`).then(
      (r) => r.json() as Promise<{ workspace: string; sheets: number }>,
      () => null,
    )
    if (health?.workspace !== 'ready' || health.sheets === 0) continue
    if (health.sheets === sheets) return
    sheets = health.sheets
  }
  throw new Error('the house did not open within a minute')
}
