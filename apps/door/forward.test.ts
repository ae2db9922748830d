// The door as a process, passing requests on: both ways, at any size, and never more than the workspace can take.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { aDoor, aPeer, type DoorProcess, doorFolders, keyRecord, type Peer, send, until } from '#test/door'

const megabyte = 1024 * 1024
let peer: Peer
let door: DoorProcess
let handle: (req: IncomingMessage, res: ServerResponse) => void = () => {}

beforeAll(async () => {
  peer = await aPeer(
    () => [keyRecord],
    (req, res) => handle(req, res),
  )
  const { data, web } = await doorFolders()
  const limits = { PREAU_DOOR_INFLIGHT: '2', PREAU_DOOR_QUEUE: '2' }
  door = await aDoor({ PREAU_DATA: data, PREAU_WEB: web, PREAU_SOCKET: peer.socket, ...limits })
})

beforeEach(() => {
  handle = (_req, res) => res.end('ok')
  peer.seen.length = 0
})

function doorMemory(): number {
  const status = readFileSync(`/proc/${door.process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

test('a request arrives as it was sent, without what is the door’s to say', async () => {
  handle = (req, res) => {
    res.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Path=/'])
    res.setHeader('x-own', 'kept').setHeader('keep-alive', 'timeout=99')
    res.writeHead(201, { connection: 'keep-alive, x-hop', 'x-hop': '1' })
    req.pipe(res)
  }
  const answer = await send(door, '/api/things?name=L%C3%A9a', {
    method: 'POST',
    body: '{"a":1}',
    headers: {
      host: 'ecole.example:8080',
      'content-type': 'application/json',
      connection: 'close, x-secret',
      'x-secret': 'of this connection',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-preau-account': 'head',
      'x-real-ip': '1.2.3.4',
      'x-request-id': 'chosen',
      forwarded: 'for=1.2.3.4',
      te: 'trailers',
      cookie: 'a=b',
    },
  })
  const [seen] = peer.seen
  expect([seen?.method, seen?.url]).toEqual(['POST', '/api/things?name=L%C3%A9a'])
  expect(seen?.headers).toMatchObject({
    host: 'ecole.example:8080',
    'content-type': 'application/json',
    'content-length': '7',
    cookie: 'a=b',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'ecole.example:8080',
  })
  expect(seen?.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-\w+$/)
  for (const name of ['x-secret', 'x-forwarded-for', 'x-preau-account', 'x-real-ip', 'forwarded', 'te'])
    expect(seen?.headers[name], name).toBeUndefined()

  expect([answer.status, answer.body.toString()]).toEqual([201, '{"a":1}'])
  expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/'])
  expect(answer.headers).toMatchObject({ 'x-own': 'kept', 'x-content-type-options': 'nosniff' })
  expect(answer.headers['x-hop']).toBeUndefined()
  expect(answer.headers['keep-alive']).toBeUndefined()
})

test('a policy that the workspace sets stands; where it sets none, the strictest does', async () => {
  handle = (req, res) => {
    if (req.url === '/files/1/a.pdf') res.setHeader('content-security-policy', 'sandbox')
    res.end()
  }
  const policy = async (path: string) => (await send(door, path)).headers['content-security-policy']
  expect(await policy('/files/1/a.pdf')).toBe('sandbox')
  expect(await policy('/files/1/b.pdf')).toContain("default-src 'none'")
})

test('ranges, 304, 204 and HEAD pass unchanged', async () => {
  handle = (req, res) => {
    if (req.url === '/files/range')
      res.writeHead(206, { 'content-range': 'bytes 2-4/9', 'content-length': 3 })
    else if (req.url === '/api/same') res.writeHead(304, { etag: '"x"' })
    else if (req.url === '/api/none') res.writeHead(204)
    else res.writeHead(200, { 'content-length': 1234 })
    res.end(req.url === '/files/range' ? 'cde' : undefined)
  }
  const range = await send(door, '/files/range', { headers: { range: 'bytes=2-4' } })
  expect([range.status, range.headers['content-range'], String(range.body)]).toEqual([
    206,
    'bytes 2-4/9',
    'cde',
  ])
  expect(peer.seen[0]?.headers.range).toBe('bytes=2-4')
  const same = await send(door, '/api/same')
  expect([same.status, same.headers.etag]).toEqual([304, '"x"'])
  expect((await send(door, '/api/none')).status).toBe(204)
  const head = await send(door, '/api/head', { method: 'HEAD' })
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1234', 0])
})

test('100 MB go up and come down whole, in bounded memory', async () => {
  const piece = randomBytes(megabyte)
  const sum = createHash('sha256')
  for (let i = 0; i < 100; i++) sum.update(piece)
  const expected = sum.digest('hex')
  handle = async (req, res) => {
    const got = createHash('sha256')
    for await (const chunk of req) got.update(chunk)
    res.setHeader('x-sum', got.digest('hex'))
    for (let i = 0; i < 100; i++) if (!res.write(piece)) await once(res, 'drain')
    res.end()
  }
  const before = doorMemory()
  let most = 0
  const req = request({
    port: door.port,
    path: '/api/uploads/1',
    method: 'PATCH',
    headers: { 'content-length': 100 * megabyte },
  })
  for (let i = 0; i < 100; i++) {
    if (!req.write(piece)) await once(req, 'drain')
    most = Math.max(most, doorMemory())
  }
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  expect(res.headers['x-sum']).toBe(expected)
  const down = createHash('sha256')
  for await (const chunk of res) {
    down.update(chunk)
    most = Math.max(most, doorMemory())
  }
  expect(down.digest('hex')).toBe(expected)
  expect(most - before).toBeLessThan(70 * megabyte)
})

test('a slow reader holds the workspace back instead of filling the door', async () => {
  let written = 0
  handle = async (_req, res) => {
    const piece = Buffer.alloc(megabyte)
    for (let i = 0; i < 100 && !res.destroyed; i++) {
      if (!res.write(piece)) await Promise.race([once(res, 'drain'), once(res, 'close')])
      written += megabyte
    }
    res.end()
  }
  const req = request({ port: door.port, path: '/files/1/video.mp4' }).end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  res.pause()
  let last = -1
  await until(() => {
    const still = written === last
    last = written
    return still && written > 0
  }, 'nothing moves any more')
  expect(written).toBeLessThan(30 * megabyte)
  res.destroy()
})

test('when the browser leaves, the workspace is told', async () => {
  let closed = false
  handle = (_req, res) => {
    res.on('close', () => {
      closed = !res.writableFinished
    })
  }
  const req = request({ port: door.port, path: '/api/slow' }).end()
  req.on('error', () => {})
  await until(() => peer.seen.length === 1, 'it arrived')
  req.destroy()
  await until(() => closed, 'the workspace is told')
})

test('when an upload breaks off, so does the workspace’s, and its place is free again', async () => {
  let broken = false
  handle = (req) => {
    req.resume()
    req.on('close', () => {
      broken = !req.complete
    })
  }
  const req = request({
    port: door.port,
    path: '/api/uploads/1',
    method: 'PATCH',
    headers: { 'content-length': 10 * megabyte },
  })
  req.on('error', () => {})
  req.write(Buffer.alloc(megabyte))
  await until(() => peer.seen.length === 1, 'it arrived')
  req.destroy()
  await until(() => broken, 'the workspace is told')
  const inside = async () => (await send(door, '/healthz')).json().inFlight
  await until(
    async () => JSON.stringify(await inside()) === '{"short":0,"long":0,"waiting":0}',
    'the place is free',
  )
})

test('the workspace’s early no to an upload reaches the browser', async () => {
  handle = (_req, res) => res.writeHead(413, { 'content-type': 'application/problem+json' }).end('{}')
  const req = request({
    port: door.port,
    path: '/api/uploads/1',
    method: 'PATCH',
    headers: { 'content-length': 10 * megabyte },
  })
  req.on('error', () => {})
  req.write(Buffer.alloc(100_000))
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  expect([res.statusCode, res.headers.connection]).toEqual([413, 'close'])
  req.destroy()
})

test('above the cap some wait a moment and the rest are sent away; nobody is lost', async () => {
  const open: ServerResponse[] = []
  handle = (_req, res) => void open.push(res)
  const answers = Array.from({ length: 6 }, (_, i) =>
    send(door, `/api/${i}`, { headers: { accept: 'application/json' } }),
  )
  await until(() => open.length === 2, 'two are inside')
  const first = await Promise.race(answers)
  expect([first.status, first.json().code]).toEqual([503, 'door.full'])
  expect(first.headers['content-type']).toBe('application/problem+json')
  while (open.length > 0) open.shift()?.end('late')
  await until(() => open.length > 0, 'one who waited comes in')
  const drain = setInterval(() => open.shift()?.end('later'), 5)
  const statuses = (await Promise.all(answers)).map((answer) => answer.status)
  clearInterval(drain)
  expect(statuses.filter((s) => s === 200).length).toBe(4)
  expect(statuses.filter((s) => s === 503).length).toBe(2)
})

test('a workspace that restarts is found again, and a kept connection that died costs no reader an error', async () => {
  expect((await send(door, '/api/a')).status).toBe(200)
  await peer.stop()
  const away = await send(door, '/api/a', { headers: { accept: 'application/json' } })
  expect([away.status, away.json().code]).toEqual([503, 'workspace.away'])
  await peer.start()
  expect((await send(door, '/api/a')).status).toBe(200)
})

test('a connection that dies under a reader is tried once more; under a writer never', async () => {
  handle = (req, res) => {
    if (peer.seen.filter((one) => one.url === req.url).length === 1) req.socket.destroy()
    else res.end('second')
  }
  expect(String((await send(door, '/api/read')).body)).toBe('second')
  const written = await send(door, '/api/write', { method: 'POST', body: 'x', headers: { accept: '*/*' } })
  expect([written.status, written.json().code]).toEqual([503, 'workspace.away'])
  expect(peer.seen.filter((req) => req.url === '/api/write').length).toBe(1)
})
