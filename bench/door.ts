// What the door itself costs: a sheet from memory against a bare node:http answer of the same bytes, and a forwarded
// request with the least of workspaces behind it. Rounds in turn, medians, CPU time from the scheduler's account.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import type { FeedRecord } from '#door/formats/feed'
import { cookieNames, keyRing, newPassId, sealPass } from '#door/formats/pass'
import { pin, schedMicros } from './support/cpu.ts'
import { runLoad, type Step } from './support/load.ts'
import type { Bench, BenchOptions, Figures } from './support/report.ts'
import type { SmallWorkspace } from './support/small-workspace.ts'

const secret = Buffer.alloc(32, 7)
const sheetPath = '/sheets/c3b/day/2026-11-24'

/** A day of seven lessons, of the size that a class's has: about 3 kB gzipped. */
function sheetJson(): string {
  const word = (i: number) => ((i * 2654435761) >>> 0).toString(36)
  const lessons = Array.from({ length: 7 }, (_, i) => ({
    id: `${word(i)}-${word(i + 50)}.2026-11-24`,
    start: `${8 + i}:00`,
    subject: `Matière ${i}`,
    teacher: `Mme ${word(i + 9)}`,
    diary: { body: Array.from({ length: 55 }, (_, j) => word(i * 100 + j)).join(' ') },
  }))
  return JSON.stringify({ title: '3e B', date: '2026-11-24', lessons })
}

async function start(
  options: BenchOptions,
  file: string,
  input: unknown,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  options.afterwards(async () => {
    if (child.exitCode === null) child.kill('SIGKILL')
  })
  child.stdin.end(input === null ? undefined : JSON.stringify(input))
  // The door says where it listens in its log, the others on standard output.
  const out = file.includes('apps/door') ? child.stderr : child.stdout
  const lines = createInterface({ input: out })
  for await (const line of lines) {
    if (file.includes('apps/door') && !line.includes('"address"')) continue
    out.resume()
    return { child, line }
  }
  await once(child, 'exit')
  throw new Error(`${file} did not start`)
}

type Side = { pids: number[]; origin: string; step: Step; rounds: number[] }

async function round(side: Side, options: BenchOptions, seconds: number, rate: number): Promise<void> {
  const before = schedMicros(side.pids)
  const plan = { origin: side.origin, journeys: [[side.step]], rate, seconds, seed: options.seed }
  const result = await runLoad({ ...plan, connections: 64, timeoutMs: 5000 }, 1)
  // What came late on a busy machine cost its CPU too; what was refused would cost another.
  const answered = result.statuses[200] ?? 0
  const micros = (schedMicros(side.pids) - before) / answered
  if (answered < result.offered * 0.99) throw new Error(`not served: ${JSON.stringify(result.statuses)}`)
  side.rounds.push(micros)
  options.say(
    `${side.step.path}: ${micros.toFixed(1)} µs, generator ${(result.generatorShare * 100).toFixed(0)} %`,
  )
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number

async function sides(options: BenchOptions): Promise<{ bare: Side; sheet: Side; forwarded: Side }> {
  const folder = await mkdtemp(join(tmpdir(), 'pb-'))
  options.afterwards(() => rm(folder, { recursive: true, force: true }))
  const json = sheetJson()
  const sheet = { key: 'c3b', name: 'day/2026-11-24', version: '1a2b3c4d', json, html: '' }
  const records: FeedRecord[] = [
    { type: 'begin' },
    { type: 'key', kid: 'k', secret: secret.toString('base64url') },
    { type: 'sheet', sheet },
    { type: 'ready' },
  ]
  const socket = join(folder, 'w.sock')
  const input: SmallWorkspace = { socket, records, answer: { text: 'x'.repeat(2000) } }
  const workspace = await start(options, 'support/small-workspace.ts', input)
  const env = { PREAU_SOCKET: socket, PREAU_DATA: folder, PREAU_FEED_SECRET: 'x', PREAU_PORT: '0' }
  const door = await start(options, '../apps/door/main.ts', null, env)
  const body = gzipSync(json)
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const bare = await start(options, 'support/bare-node.ts', { body: body.toString('base64'), headers })
  const pids = [workspace, door, bare].map(({ child }) => child.pid as number)
  for (const pid of pids) pin(pid, 0)
  const keys = { s: Array.from({ length: 6 }, (_, i) => `c3b${i || ''}`) }
  const pass = sealPass(
    { kind: 'session', id: newPassId(), account: newPassId(), keys, issuedAt: Math.floor(Date.now() / 1000) },
    keyRing([['k', secret]]),
  )
  const asked = {
    cookie: `preau_views=W3sicm9sZSI6InMifV0; ${cookieNames.session}=${pass}; preau_device=k.x.y`,
    'accept-encoding': 'gzip, deflate, br, zstd',
    accept: '*/*',
    'accept-language': 'fr-FR,fr;q=0.9',
    'user-agent':
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0',
  }
  const doorOrigin = JSON.parse(door.line).address as string
  const step = (path: string): Step => ({ path, headers: asked })
  return {
    bare: {
      pids: [pids[2] as number],
      origin: `http://127.0.0.1:${bare.line}`,
      step: step(sheetPath),
      rounds: [],
    },
    sheet: { pids: [pids[1] as number], origin: doorOrigin, step: step(sheetPath), rounds: [] },
    forwarded: { pids: pids.slice(0, 2), origin: doorOrigin, step: step('/api/today'), rounds: [] },
  }
}

async function run(options: BenchOptions): Promise<Figures> {
  const { bare, sheet, forwarded } = await sides(options)
  const all = [bare, sheet, forwarded]
  for (const side of all) await round(side, options, 2, 2000)
  for (const side of all) side.rounds.length = 0
  const rounds = options.quick ? 3 : 9
  for (let i = 0; i < rounds; i++) for (const side of all) await round(side, options, 3, 4000)
  const [bareMicros, sheetMicros, forwardMicros] = all.map((side) => median(side.rounds)) as [
    number,
    number,
    number,
  ]
  const rounded = (value: number, digits = 1) => Number(value.toFixed(digits))
  return {
    bareNodeCpuMicros: rounded(bareMicros),
    sheetCpuMicros: rounded(sheetMicros),
    sheetRatioToBareNode: rounded(sheetMicros / bareMicros, 2),
    forwardCpuMicros: rounded(forwardMicros),
    forwardRatioToBareNode: rounded(forwardMicros / bareMicros, 2),
  }
}

const bench: Bench = {
  about:
    'A sheet from the door’s memory costs little more than any answer of its size, and passing on costs little.',
  goals: {
    sheetRatioToBareNode: '≤ 1.6',
    forwardRatioToBareNode: '≤ 4 (60 µs where a bare answer takes 15)',
  },
  run,
}

export default bench
