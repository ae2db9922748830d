// Files on their way in, as many bytes as the machine takes, over lines that are cut: how fast, against a bare PUT that
// writes the same bytes to the same disk and syncs them; whether anything is lost; and how much memory it takes.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openBarePut } from './support/bare-put.ts'
import { cpuMicros, familyOf, settled } from './support/cpu.ts'
import type { Pupil } from './support/pupil.ts'
import type { Bench, BenchOptions, Figures } from './support/report.ts'
import { openSchool, passesOf } from './support/small-school.ts'

const megabyte = 1024 * 1024
const senders = 4
const pieceBytes = 256 * 1024

type Content = { bytes: Buffer; sha256: string }

/** Different content for each file, made and hashed before anything is timed. */
function contents(count: number, size: number): Content[] {
  const base = randomBytes(size)
  return Array.from({ length: count }, (_, i) => {
    const bytes = Buffer.from(base)
    bytes.writeUInt32BE(i + 1)
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: senders })

type Answer = { status: number; headers: IncomingMessage['headers']; text: string }

/** Sends a request; its body stops in the middle of `cutAt` bytes by ending the line (null is answered). */
function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: Buffer,
  cutAt?: number,
): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const out = request(url, { method, agent, headers: { ...headers, ...length } }, async (answer) => {
      let text = ''
      for await (const piece of answer) text += piece
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
    })
    out.on('error', (error) => (cutAt === undefined ? reject(error) : resolve(null)))
    if (!body) return void out.end()
    let at = 0
    const more = () => {
      while (at < body.length) {
        if (cutAt !== undefined && at >= cutAt) return void out.destroy()
        const ok = out.write(body.subarray(at, at + pieceBytes))
        at += pieceBytes
        if (!ok) return void out.once('drain', more)
      }
      out.end()
    }
    more()
  })
}

/** One file by tus, cut `cuts` times on the way, then claimed; gives the hash that was acknowledged. */
async function upload(pupil: Pupil, { bytes }: Content, cuts: number[]): Promise<string> {
  const own = { cookie: pupil.cookie, 'sec-fetch-site': 'same-origin', 'tus-resumable': '1.0.0' }
  const name = Buffer.from('film.bin').toString('base64')
  const begun = await send(`${pupil.origin}/api/uploads`, 'POST', {
    ...own,
    'upload-length': String(bytes.length),
    'upload-metadata': `filename ${name},purpose aGFuZC1pbg==`,
  })
  if (begun?.status !== 201) throw new Error(`an upload was not begun: ${begun?.status} ${begun?.text}`)
  const url = new URL(begun.headers.location ?? '', pupil.origin).href
  let offset = 0
  for (const cutAt of [...cuts, undefined]) {
    for (;;) {
      const headers = {
        ...own,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      }
      const sent = await send(url, 'PATCH', headers, bytes.subarray(offset), cutAt)
      if (sent?.status === 204) break
      const head = await send(url, 'HEAD', own)
      offset = Number(head?.headers['upload-offset'] ?? 0)
      // A conflict or a lock: what was cut has not been noticed yet.
      if (sent === null) break
    }
  }
  const body = Buffer.from(JSON.stringify({ upload: url.split('/').at(-1) }))
  const claimed = await send(
    `${pupil.origin}/api/files`,
    'POST',
    { ...own, 'content-type': 'application/json' },
    body,
  )
  if (claimed?.status !== 200) throw new Error(`a claim was refused: ${claimed?.status} ${claimed?.text}`)
  return (JSON.parse(claimed.text) as { sha256: string }).sha256
}

type Spent = Record<string, number>
type Timed = { seconds: number; megabytes: number; spent: Spent }

/** CPU milliseconds that each of these has spent so far, its children included. */
function spentBy(parts: Record<string, number>): Spent {
  const entries = Object.entries(parts).map(([part, pid]) => {
    const pids = pid === process.pid ? [pid] : familyOf(pid)
    return [part, cpuMicros(pids) / 1000] as const
  })
  return Object.fromEntries(entries)
}

/** Does `work` for all contents with as many senders at once; the time it takes, and what `parts` (pids) spend on it. */
async function timed(
  all: Content[],
  parts: Record<string, number>,
  work: (content: Content, i: number) => Promise<void>,
): Promise<Timed> {
  const queue = all.map((content, i) => ({ content, i }))
  const before = spentBy(parts)
  const from = performance.now()
  const one = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next.content, next.i)
  }
  await Promise.all(Array.from({ length: senders }, one))
  const seconds = (performance.now() - from) / 1000
  const after = spentBy(parts)
  const spent = Object.fromEntries(Object.keys(parts).map((p) => [p, (after[p] ?? 0) - (before[p] ?? 0)]))
  const megabytes = all.reduce((sum, { bytes }) => sum + bytes.length, 0) / megabyte
  return { seconds, megabytes, spent }
}

/** Several runs as one: megabytes per second, and CPU milliseconds per megabyte by part. */
function together(runs: Timed[]): { speed: number; cost: number; parts: string } {
  const sum = (of: (run: Timed) => number) => runs.reduce((total, run) => total + of(run), 0)
  const megabytes = sum((run) => run.megabytes)
  const each = Object.keys(runs[0]?.spent ?? {}).map(
    (part) => [part, sum((run) => run.spent[part] ?? 0) / megabytes] as const,
  )
  return {
    speed: megabytes / sum((run) => run.seconds),
    cost: each.reduce((total, [, ms]) => total + ms, 0),
    parts: each.map(([part, ms]) => `${part} ${ms.toFixed(1)}`).join(' + '),
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

async function run(options: BenchOptions): Promise<Figures> {
  const { quick, say } = options
  const rounds = quick ? 2 : 4
  const [count, size] = quick ? [8, 16 * megabyte] : [8, 64 * megabyte]
  const school = await openSchool(options)
  const [pupil] = await passesOf(school, new AbortController().signal)
  if (!pupil) throw new Error('there is no pupil')
  const folder = await mkdtemp(join(tmpdir(), 'preau-put-'))
  options.afterwards(() => rm(folder, { recursive: true, force: true }))
  await mkdir(folder, { recursive: true })
  const bare = await openBarePut(options, folder)
  const generator = process.pid
  const [door, workspace] = [await school.pidOf('door'), await school.pidOf('workspace')]
  const parts = { generator, door, workspace, postgres: await school.pidOf('postgres') }
  await settled([door, workspace])
  const acknowledged: string[] = []
  const runs: { tus: Timed[]; put: Timed[] } = { tus: [], put: [] }
  let wrong = 0
  for (let round = 0; round < rounds; round++) {
    const all = contents(count, size)
    const put = await timed(all, { generator, server: bare.pid }, async ({ bytes }, i) => {
      const answer = await send(`${bare.url}/${round}-${i}`, 'PUT', {}, bytes)
      if (answer?.status !== 201) throw new Error(`a bare PUT was answered ${answer?.status}`)
    })
    const tus = await timed(all, parts, async (content, i) => {
      // Every second file is cut, once or twice, somewhere in the middle.
      const cuts = i % 2 ? [size * 0.3, ...(i % 4 === 3 ? [size * 0.2] : [])].map(Math.floor) : []
      const sha256 = await upload(pupil, content, cuts)
      if (sha256 !== content.sha256) wrong++
      acknowledged.push(content.sha256)
    })
    runs.put.push(put)
    runs.tus.push(tus)
    const [byTus, byPut] = [together([tus]).speed, together([put]).speed]
    say(
      `round ${round + 1} of ${rounds}: ${byTus.toFixed(0)} MB/s by tus with cuts, ${byPut.toFixed(0)} MB/s by a bare PUT`,
    )
  }
  const [tus, put] = [together(runs.tus), together(runs.put)]
  say(`CPU ms per MB by tus: ${tus.parts} = ${tus.cost.toFixed(1)}`)
  say(`CPU ms per MB by a bare PUT: ${put.parts} = ${put.cost.toFixed(1)}`)
  const cores = availableParallelism()
  const ceiling = (cores * 1000) / tus.cost / put.speed
  say(
    `${cores} cores, used for nothing else, would allow ${((cores * 1000) / tus.cost).toFixed(0)} MB/s by tus: ${ceiling.toFixed(2)} of the PUT here`,
  )
  say('every acknowledged file is read back')
  let lost = wrong
  for (const sha256 of acknowledged) {
    const path = join(school.data, 'files', sha256.slice(0, 2), sha256.slice(2))
    if ((await hashOf(path).catch(() => '')) !== sha256) lost++
  }
  const peakMegabytes = await peakOf(workspace)
  agent.destroy()
  return {
    megabytesPerSecond: Math.round(tus.speed),
    ratioToPlainPut: Number((tus.speed / put.speed).toFixed(2)),
    lost,
    peakMegabytes,
  }
}

export default {
  about: 'Files arrive nearly as fast as the disk takes them, over lines that are cut, and none is lost.',
  goals: { ratioToPlainPut: '≥ 0.6', lost: '0' },
  run,
} satisfies Bench
