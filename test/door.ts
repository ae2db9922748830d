// For tests of the door as a process: starts apps/door, and plays the workspace behind it on a Unix socket.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll } from 'vitest'
import type { FeedRecord, Sheet } from '#door/formats/feed'
import { cookieNames, keyRing, newPassId, type PassKeys, sealPass } from '#door/formats/pass'

export const feedSecret = 'only-for-tests'
const secrets = { good: Buffer.alloc(32, 1), other: Buffer.alloc(32, 2) }

// Also what is begun inside a test is undone when the file ends, the last first; a door ends with its starter anyway.
const cleanUps: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const undo of cleanUps.splice(0).reverse()) await undo()
})

/** The record that tells a door of the tests' signing key. */
export const keyRecord: FeedRecord = { type: 'key', kid: 'k1', secret: secrets.good.toString('base64url') }

/** A pass as a Cookie header, with the key of the tests or with one of a forger who knows its name. */
export function passCookie(
  keys: PassKeys,
  options: { account?: string; id?: string; issuedAt?: number; forged?: boolean; kid?: string } = {},
): string {
  const secret = options.forged ? secrets.other : secrets.good
  const ring = keyRing([[options.kid ?? 'k1', secret]])
  const { account = 'lea', id = newPassId(), issuedAt = Math.floor(Date.now() / 1000) } = options
  return `${cookieNames.session}=${sealPass({ kind: 'session', id, account, keys, issuedAt }, ring)}`
}

export function aSheet(key: string, name: string, version = 'v1', html = '<h2>3e B</h2>'): Sheet {
  return { key, name, version, json: JSON.stringify({ key, name, version, text: 'é'.repeat(500) }), html }
}

export type Peer = {
  socket: string
  /** Every request that arrived, but for the feed. */
  seen: IncomingMessage[]
  /** How often a door has asked for the feed. */
  feeds: number
  /** Tells the doors that listen. */
  tell(record: FeedRecord): void
  /** Breaks the feed off, without a word. */
  breakFeed(): void
  stop(): Promise<void>
  start(): Promise<void>
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** A workspace that says what the test wants: `snapshot` by the feed, `handler` to everything else. */
export async function aPeer(snapshot: () => FeedRecord[], handler: Handler): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'pd-'))
  const socket = join(folder, 'w.sock')
  const listening = new Set<ServerResponse>()
  const line = (record: FeedRecord) => `${JSON.stringify(record)}\n`
  const open = () =>
    createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (req, res) => {
      if (req.url === '/internal/feed') {
        peer.feeds++
        if (req.headers.authorization !== `Bearer ${feedSecret}`) return void res.writeHead(404).end()
        listening.add(res)
        res.on('close', () => listening.delete(res))
        for (const record of [{ type: 'begin' } as const, ...snapshot(), { type: 'ready' } as const])
          res.write(line(record))
      } else if (req.url === '/readyz') res.end('{}')
      else {
        peer.seen.push(req)
        handler(req, res)
      }
    })
  let server = open()
  const peer: Peer = {
    socket,
    seen: [],
    feeds: 0,
    tell: (record) => {
      for (const res of listening) res.write(line(record))
    },
    breakFeed: () => {
      for (const res of listening) res.destroy()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async start() {
      await rm(socket, { force: true })
      server = open()
      server.listen(socket)
      await once(server, 'listening')
    },
  }
  await peer.start()
  cleanUps.push(async () => {
    if (server.listening) await peer.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return peer
}

export type DoorProcess = {
  address: string
  port: number
  process: ChildProcess
  data: string
  /** Lines of its log so far. */
  log: string[]
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** An empty data folder and a web folder with a page and one asset, both gone after the test file. */
export async function doorFolders(): Promise<{ data: string; web: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-door-'))
  const [data, web] = [join(folder, 'data'), join(folder, 'web')]
  await mkdir(join(web, 'assets'), { recursive: true })
  await writeFile(join(web, 'index.html'), `<!doctype html><title>Préau</title>${'<p>page</p>'.repeat(50)}`)
  await writeFile(join(web, 'assets', 'app-1a2b.js'), `console.log('app')\n`.repeat(50))
  await writeFile(join(web, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  return { data, web }
}

/** Starts apps/door on a free port. Ended by itself when the test file ends. */
export async function aDoor(settings: Record<string, string>): Promise<DoorProcess> {
  const env = {
    PATH: process.env.PATH,
    PREAU_FEED_SECRET: feedSecret,
    PREAU_PORT: '0',
    PREAU_CHILD: '1',
    ...settings,
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../apps/door/main.ts')], {
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  cleanUps.push(() => stop('SIGKILL'))
  const log: string[] = []
  const lines = createInterface({ input: child.stderr })
  const address = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line)
      const said = line.startsWith('{') ? JSON.parse(line) : {}
      if (said.address) resolve(said.address)
    })
    child.on('exit', (code) => reject(new Error(`the door ended with ${code}: ${log.join('\n')}`)))
  })
  const port = Number(new URL(address).port)
  return { address, port, process: child, data: settings.PREAU_DATA ?? '', log, stop }
}

export type Answer = {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
  json: () => { [key: string]: unknown }
}

/** Sends one request, on a connection of its own. */
export function send(
  door: { address: string },
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = door.address.startsWith('https') ? httpsRequest : httpRequest
  const { hostname, port } = new URL(door.address)
  const { method = 'GET', headers = {} } = options
  const req = request({ hostname, port, path, method, headers, agent: false, rejectUnauthorized: false })
  req.on('response', (res) => {
    const pieces: Buffer[] = []
    res.on('data', (piece) => pieces.push(piece))
    res.on('error', reject)
    res.on('end', () => {
      const body = Buffer.concat(pieces)
      resolve({
        status: res.statusCode ?? 0,
        headers: res.headers,
        body,
        json: () => JSON.parse(String(body)),
      })
    })
  })
  req.on('error', reject)
  req.end(options.body)
  return promise
}

/** Writes bytes as they are, and answers with all that comes until the door closes the connection. */
export function sendRaw(door: { port: number }, bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = createConnection(door.port, '127.0.0.1')
  let got = ''
  socket.on('data', (piece) => {
    got += piece
  })
  socket.on('error', () => {})
  socket.on('close', () => resolve(got))
  socket.write(bytes)
  return promise
}

/** Asks again and again until something holds; the patience is 10 s. */
export async function until(holds: () => unknown, what: string): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until the door has read a whole snapshot. */
export async function untilFollowing(door: DoorProcess): Promise<void> {
  await until(
    async () => (await send(door, '/healthz')).json().feed === 'following',
    'the door follows the feed',
  )
}
