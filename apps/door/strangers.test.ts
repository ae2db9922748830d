// The door as a process, before strangers: damaged requests, slow clients, forged ways in, and what every answer says
// to a browser.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { brotliDecompressSync } from 'node:zlib'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  aDoor,
  aPeer,
  aSheet,
  type DoorProcess,
  doorFolders,
  keyRecord,
  type Peer,
  passCookie,
  send,
  sendRaw,
  until,
  untilFollowing,
} from '#test/door'

let peer: Peer
let door: DoorProcess
let folders: { data: string; web: string }
const browser = { accept: 'text/html,application/xhtml+xml', 'accept-encoding': 'gzip, deflate, br' }

beforeAll(async () => {
  const html = '<h2>3e B</h2><ol><li><time>08:00</time> <b>Mathématiques</b></li></ol>'
  const today = new Date().toISOString().slice(0, 10)
  peer = await aPeer(
    () => [keyRecord, { type: 'sheet', sheet: aSheet('c3b', `day/${today}`, 'v1', html) }],
    (req, res) => {
      if (req.url !== '/api/uploads/never') res.end('from the workspace')
    },
  )
  folders = await doorFolders()
  door = await aDoor({
    PREAU_DATA: folders.data,
    PREAU_WEB: folders.web,
    PREAU_SOCKET: peer.socket,
    PREAU_ZONE: 'UTC',
    PREAU_DOOR_PATIENCE_MS: '1500',
  })
  await untilFollowing(door)
})

describe('damaged requests', () => {
  const cases: [what: string, bytes: string, status: number][] = [
    ['another site’s address', 'GET http://evil.example/ HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a way up', 'GET /files/../internal/feed HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a way up in disguise', 'GET /files/%2e%2e/internal/feed HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a slash in disguise', 'GET /files/..%2finternal HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a damaged escape', 'GET /api/%zz HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a zero byte', 'GET /api/a%00b HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/a HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/a HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['chunks in disguise', 'POST /api/a HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n', 400],
    ['a folded header', 'GET /api/a HTTP/1.1\r\nhost: a\r\nx-a: 1\r\n content-length: 9\r\n\r\n', 400],
    ['a bare line feed', 'GET /api/a HTTP/1.1\nhost: a\n\n', 400],
    ['no host', 'GET /api/a HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET /api/a HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n', 400],
    ['a strange host', 'GET /api/a HTTP/1.1\r\nhost: a/b?c\r\n\r\n', 400],
    ['too long a cookie', `GET /api/a HTTP/1.1\r\nhost: a\r\ncookie: ${'a'.repeat(13_000)}\r\n\r\n`, 431],
    ['too long headers', `GET /api/a HTTP/1.1\r\nhost: a\r\nx-a: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
    ['a method of others', 'TRACE /api/a HTTP/1.1\r\nhost: a\r\n\r\n', 405],
    ['the feed', 'GET /internal/feed HTTP/1.1\r\nhost: a\r\n\r\n', 404],
    ['the feed in disguise', 'GET /%69nternal/feed HTTP/1.1\r\nhost: a\r\n\r\n', 404],
    ['the feed, written to', 'POST /INTERNAL/feed HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n', 404],
  ]
  test.each(cases)('%s is refused and never reaches the workspace', async (_what, bytes, status) => {
    const before = [peer.seen.length, peer.feeds]
    // What is answered without closing is ended by a second, closing request.
    const got = await sendRaw(door, `${bytes}GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)
    expect(got).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect([peer.seen.length, peer.feeds]).toEqual(before)
  })

  test('CONNECT gets no tunnel', async () => {
    expect(await sendRaw(door, 'CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n')).toBe('')
  })
})

describe('slow clients', () => {
  test('headers that trickle are cut', async () => {
    expect(await sendRaw(door, 'GET /api/a HTTP/1.1\r\nhost: a\r\nx-a')).toMatch(/^HTTP\/1.1 408 /)
  })

  test('a small body that stalls is cut, and never takes a place', async () => {
    const before = peer.seen.length
    const got = sendRaw(door, 'POST /api/a HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc')
    expect((await send(door, '/healthz')).json().inFlight).toEqual({ short: 0, long: 0, waiting: 0 })
    expect(await got).toMatch(/^HTTP\/1.1 408 [\s\S]*connection: close/)
    expect(peer.seen.length).toBe(before)
  })

  test('few requests are taken before earlier ones are answered; who sends hundreds is cut', async () => {
    const one = 'GET /waiting HTTP/1.1\r\nhost: a\r\n\r\n'
    const last = 'GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'
    const answersTo = async (n: number) =>
      ((await sendRaw(door, one.repeat(n) + last)).match(/HTTP\/1\.1 200/g) ?? []).length
    expect(await answersTo(4)).toBe(5)
    expect(await answersTo(500)).toBeLessThan(20)
    expect((await send(door, '/healthz')).status).toBe(200)
  })

  test('an upload that stalls is cut', async () => {
    const got = await sendRaw(
      door,
      'PATCH /api/uploads/never HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\nabc',
    )
    expect(got).toMatch(/^HTTP\/1.1 408 /)
    expect((await send(door, '/healthz')).json().inFlight).toEqual({ short: 0, long: 0, waiting: 0 })
  })
})

describe('the web shell', () => {
  test('every address of the app is the page, in the densest form, asked for again each time', async () => {
    await until(
      async () => (await send(door, '/', { headers: browser })).headers['content-encoding'] === 'br',
      'the densest form is ready',
    )
    const answer = await send(door, '/homework/12?x=1', { headers: browser })
    expect(brotliDecompressSync(answer.body).toString()).toContain('<p>page</p>')
    expect(answer.headers['cache-control']).toBe('no-cache')
    const { etag = '' } = answer.headers
    const again = await send(door, '/', { headers: { ...browser, 'if-none-match': etag } })
    expect([again.status, again.body.length]).toEqual([304, 0])
    const head = await send(door, '/today', { method: 'HEAD', headers: browser })
    expect([head.status, head.body.length]).toEqual([200, 0])
  })

  test('its parts are kept for a year; a part that is not there is not the page', async () => {
    const part = await send(door, '/assets/app-1a2b.js')
    expect(part.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect((await send(door, '/assets/none.js', { headers: browser })).status).toBe(404)
    expect((await send(door, '/favicon.svg')).headers['content-type']).toBe('image/svg+xml')
  })

  test('no answer lets a browser do more than it must', async () => {
    const page = (await send(door, '/', { headers: browser })).headers
    const policy = String(page['content-security-policy'])
    for (const part of [
      "default-src 'self'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    expect(page).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(page['strict-transport-security']).toBeUndefined()
    for (const path of ['/healthz', '/assets/none.js', '/sheets/a/day/2026-01-01', '/api/x', '/waiting']) {
      const { headers } = await send(door, path)
      expect(headers['content-security-policy'], path).toContain("default-src 'none'")
      expect(headers['x-content-type-options'], path).toBe('nosniff')
    }
  })

  test('a new build is handed out by itself, and open pages still get the parts of the one before', async () => {
    await rm(join(folders.web, 'assets', 'app-1a2b.js'))
    await writeFile(join(folders.web, 'index.html'), '<!doctype html><title>new build</title>')
    const page = async () => String((await send(door, '/', { headers: { accept: 'text/html' } })).body)
    await until(async () => (await page()).includes('new build'), 'the new page is there')
    expect((await send(door, '/assets/app-1a2b.js')).status).toBe(200)
  })
})

describe('the waiting page', () => {
  const cookie = passCookie({ s: ['c3b'] })

  test('stands in for a page that the workspace cannot give, with the day of who is known', async () => {
    await peer.stop()
    const answer = await send(door, '/files/1/plan.pdf', {
      headers: { ...browser, 'accept-encoding': '', cookie },
    })
    const page = answer.body.toString()
    expect(answer.status).toBe(503)
    expect(page).toContain('Mathématiques')
    expect(page).toContain('lang="fr"')
    expect(answer.headers.refresh).toMatch(/^(1[5-9]|[234]\d)$/)
    expect(answer.headers['content-security-policy']).toMatch(/style-src 'sha256-/)
    const small = await send(door, '/files/1/plan.pdf', { headers: { ...browser, cookie } })
    expect(small.body.length).toBeLessThan(14 * 1024)
    const stranger = await send(door, '/files/1/plan.pdf', {
      headers: { accept: 'text/html', 'accept-language': 'en' },
    })
    expect(stranger.body.toString()).not.toContain('Mathématiques')
    expect(stranger.body.toString()).toContain('Préau will be back')
  })

  test('a form that could not be sent says so, and is not sent again by itself', async () => {
    const answer = await send(door, '/api/session', {
      method: 'POST',
      body: 'a=b',
      headers: { ...browser, 'accept-encoding': '' },
    })
    expect(answer.status).toBe(503)
    expect(answer.body.toString()).toContain('n’est pas passé')
    expect(answer.headers.refresh).toBeUndefined()
    await peer.start()
  })

  test('the day without script can be had at any time', async () => {
    const answer = await send(door, '/today/plain', { headers: { accept: 'text/html', cookie } })
    expect([answer.status, answer.headers.refresh]).toEqual([200, undefined])
    expect(answer.body.toString()).toContain('Mathématiques')
  })
})

describe('with a certificate', () => {
  let folder: string
  const make = (name: string) =>
    execFileSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name} -keyout ${folder}/new.key -out ${folder}/new.crt`.split(
        ' ',
      ),
      { stdio: 'ignore' },
    )
  const install = async () => {
    await rename(join(folder, 'new.key'), join(folder, 'tls.key'))
    await rename(join(folder, 'new.crt'), join(folder, 'tls.crt'))
  }

  test('the door speaks HTTPS, promises to go on, says so to the workspace, and takes a renewed certificate', async () => {
    folder = await mkdtemp(join(tmpdir(), 'preau-tls-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    make('first')
    await install()
    const secure = await aDoor({
      PREAU_DATA: join(folder, 'data'),
      PREAU_WEB: folders.web,
      PREAU_SOCKET: peer.socket,
      PREAU_TLS_CERT: join(folder, 'tls.crt'),
      PREAU_TLS_KEY: join(folder, 'tls.key'),
    })
    expect(secure.address).toMatch(/^https:/)
    const answer = await send(secure, '/api/a')
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(peer.seen.at(-1)?.headers['x-forwarded-proto']).toBe('https')
    const name = async () => {
      const socket = connectTls({ port: secure.port, host: '127.0.0.1', rejectUnauthorized: false })
      await once(socket, 'secureConnect')
      const { subject } = socket.getPeerCertificate()
      socket.destroy()
      return subject.CN
    }
    expect(await name()).toBe('first')
    make('second')
    await install()
    secure.process.kill('SIGHUP')
    await until(async () => (await name()) === 'second', 'the new certificate is in use')
  })
})

describe('the process', () => {
  test('a port that is taken is one sentence', async () => {
    await expect(
      aDoor({ PREAU_DATA: folders.data, PREAU_SOCKET: peer.socket, PREAU_PORT: String(door.port) }),
    ).rejects.toThrow(/ended with 1: [\s\S]*another program listens there/)
  })

  test('the log holds no cookie and no address of a file', async () => {
    await send(door, '/files/9/secret-name.pdf?token=abc', { headers: { cookie: 'preau_pass=k1.secret' } })
    expect(door.log.join('\n')).not.toMatch(/secret|token/)
  })

  test('a door whose starter is gone ends', async () => {
    const child = await aDoor({
      PREAU_DATA: join(folders.data, 'child'),
      PREAU_SOCKET: peer.socket,
    })
    const idle = createConnection(child.port, '127.0.0.1')
    child.process.stdin?.end()
    const [code] = await once(child.process, 'exit')
    idle.destroy()
    expect(code).toBe(0)
  })
})
