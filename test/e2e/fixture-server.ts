// Serves web/dist with answers of a made-up school, so that pages can be pictured and tried in every state without a
// workspace. It sets the headers that the door sets, the policy against inline script and style first.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { daySheet, weekSheet } from './fixture-day.ts'
import { homeworkAt, personalPart, type Role, session, views } from './fixture-people.ts'

export type Scene = {
  role: Role | null
  /** The server's time, as its Date header tells it. */
  now: string
  /** away: the door answers, the workspace does not. slow: the personal part takes its time (ms). */
  workspace: 'here' | 'away'
  slow?: number
  /** Ticks taken. */
  ticked: Set<string>
  /** The children who have the piece of homework that its own page shows. */
  whose?: string[]
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export function viewsCookie(role: Role): string {
  return `preau_views=${Buffer.from(JSON.stringify(views[role])).toString('base64url')}; Path=/; SameSite=Lax`
}

type Answer = { status: number; body?: unknown; headers?: Record<string, string> }

function problem(status: number, code: string, facts: object = {}): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code, ...facts } }
}

function signIn(scene: Scene, name: string): Answer {
  if (name === 'wait') return problem(429, 'sign-in.wait', { seconds: 12 })
  if (name === 'busy') return problem(503, 'sign-in.busy', { seconds: 3 })
  if (!(name in views)) return problem(401, 'sign-in.wrong')
  scene.role = name as Role
  return { status: 200, body: session(scene.role), headers: { 'set-cookie': viewsCookie(scene.role) } }
}

function answer(scene: Scene, method: string, path: string, body: Record<string, string>): Answer {
  const sheet = /^\/sheets\/([^/]+)\/(day|week)\/(.+)$/.exec(path)
  if (sheet) {
    const [, key = '', kind, date = ''] = sheet
    return { status: 200, body: kind === 'day' ? daySheet(key, date) : weekSheet(key, date) }
  }
  if (scene.workspace === 'away') return { status: 503, headers: { 'retry-after': '8' } }
  if (method === 'POST' && path === '/api/session') return signIn(scene, body.username ?? '')
  if (path === '/api/session/activation/check') {
    if (body.code !== 'ABCD-2345') return problem(404, 'activation.unknown')
    const view = { givenName: 'Léa', username: 'lea.diop', school: 'Collège Rosa-Parks', class: '3e B' }
    return { status: 200, body: view }
  }
  if (!scene.role) return problem(401, 'session.needed')
  if (path === '/api/today') return { status: 200, body: personalPart(scene.role) }
  if (method === 'GET' && path === '/api/session') return { status: 200, body: session(scene.role) }
  if (method === 'DELETE' && path.startsWith('/api/session')) {
    scene.role = null
    return { status: 204, headers: { 'set-cookie': 'preau_views=; Path=/; Max-Age=0' } }
  }
  const asked = method === 'GET' && homeworkAt(path, scene.whose)
  if (asked) return { status: 200, body: asked }
  const tick = /^\/api\/homework\/([^/]+)\/tick$/.exec(path)
  if (tick?.[1]) {
    if (method === 'PUT') scene.ticked.add(tick[1])
    else scene.ticked.delete(tick[1])
    return { status: 200, body: {} }
  }
  return problem(404, 'absent')
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return pieces.length ? JSON.parse(Buffer.concat(pieces).toString()) : {}
}

/** A file of the web, or its shell, with the policy of the door. */
export async function file(dist: string, path: string, response: ServerResponse): Promise<void> {
  const name = path.startsWith('/assets/') ? path.slice(1) : 'index.html'
  const bytes = await readFile(join(dist, name)).catch(() => null)
  if (!bytes) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  })
  response.end(bytes)
}

/** Starts on a free port. `scene` may be changed while it runs. */
export async function startFixture(
  dist: string,
  scene: Scene,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const from = Date.parse(scene.now)
    response.sendDate = false
    response.setHeader('date', new Date(from).toUTCString())
    if (!/^\/(api|sheets)\//.test(path)) return file(dist, path, response)
    const { status, body, headers } = answer(scene, request.method ?? 'GET', path, await bodyOf(request))
    if (scene.slow && path === '/api/today') await new Promise((resolve) => setTimeout(resolve, scene.slow))
    response.writeHead(status, {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      ...headers,
    })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
