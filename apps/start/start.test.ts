// `preau start` as a whole process: up, second start, kills of every part, kill of the supervisor, clean stop.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'preau-start-'))
const data = join(folder, 'data')
const begun: ChildProcess[] = []

afterEach(async () => {
  for (const child of begun.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await new Promise((resolve) => child.on('close', resolve))
  }
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

type Preau = {
  child: ChildProcess
  url: string
  signIns: { userName: string }[]
  ended: Promise<number | null>
  said(): string
}

function begin(): { child: ChildProcess; said(): string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['apps/cli/main.ts', 'start', '--json'], {
    cwd: root,
    env: { PATH: process.env.PATH, TMPDIR: folder, PREAU_DATA: data, PREAU_PORT: '0', PREAU_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  begun.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      text += piece
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, said: () => text, ended }
}

async function opened(): Promise<Preau> {
  const preau = begin()
  const isOpen = /^\{"url":.*\n/m
  await Promise.race([until(async () => isOpen.test(preau.said())).catch(() => {}), preau.ended])
  const line = /^\{"url":.*$/m.exec(preau.said())?.[0]
  if (!line) throw new Error(`not open: ${preau.said()}`)
  return { ...preau, ...(JSON.parse(line) as Pick<Preau, 'url' | 'signIns'>) }
}

/** Asks again and again, for two minutes: other processes tell us nothing. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2400; i++) {
    if (await condition()) return
    await pause(50)
  }
  throw new Error('this did not happen in time')
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.status === 200,
    () => false,
  )

type Pids = Record<'start' | 'postgres' | 'workspace' | 'door', number>
const pids = async (): Promise<Pids> => JSON.parse(await readFile(join(data, 'run/pids.json'), 'utf8'))
/** Whether a process runs; one that ended and waits to be noticed by its parent does not. */
function lives(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z'
  return !/\) [ZX]/.test(stat)
}

let demo: string[] = []

test('it opens, and after SIGTERM nothing is left but its data', async () => {
  const { child, url, signIns, ended } = await opened()
  expect(await answers(`${url}/healthz`)).toBe(true)
  demo = signIns.map((account) => account.userName)
  expect(demo).toHaveLength(4)
  const running = await pids()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(Object.values(running).filter(lives)).toEqual([])
  expect(await readdir(join(data, 'run'))).toEqual([])
  // The sockets were in a temporary folder.
  expect(await readdir(folder)).toEqual(['data'])
}, 240_000)

test('what is killed comes back, and a second Préau is refused meanwhile', async () => {
  const { url } = await opened()
  for (const name of ['workspace', 'postgres', 'door'] as const) {
    const before = await pids()
    process.kill(before[name], 'SIGKILL')
    await until(async () => (await pids())[name] !== before[name])
    await until(() => answers(`${url}/readyz`))
    // Whatever else fell with it, the door stands.
    if (name !== 'door') expect((await pids()).door).toBe(before.door)
  }
  const second = begin()
  expect(await second.ended).toBe(1)
  expect(second.said()).toMatch(/in use by another Préau/)
  expect(await answers(`${url}/readyz`)).toBe(true)
}, 240_000)

test('when the supervisor is killed, its parts go too, and the next start is not in the way', async () => {
  const { child, ended } = await opened()
  const { start, ...parts } = await pids()
  expect(start).toBe(child.pid)
  child.kill('SIGKILL')
  await ended
  const next = await opened()
  expect(Object.values(parts).filter(lives)).toEqual([])
  // The demo school is not made twice, and may be tried as before.
  expect(next.signIns.map((account) => account.userName)).toEqual(demo)
  expect(await answers(`${next.url}/readyz`)).toBe(true)
}, 240_000)

test('interrupted in the middle of its start, it leaves nothing running', async () => {
  const { child, said, ended } = begin()
  await until(async () => /postgres: /.test(said()))
  child.kill('SIGINT')
  expect(await ended).toBe(1)
  expect(said()).toMatch('The start was interrupted.')
  expect(await readdir(join(data, 'run'))).toEqual([])
}, 240_000)
