// Requests to the workspace: JSON in and out, refusals as errors with a code, few and well-spread retries.
import { learnTime } from './clock.svelte.ts'
import { saw } from './connection.svelte.ts'
import { go } from './router.svelte.ts'

/** A "no" with its reason: a code of a contract, or `offline`, `workspace.away`, `unexpected` from here. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: string, status: number, facts: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.facts = facts
  }
}

const away = new Set([502, 503, 504])
const retries = 2

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

/** Milliseconds to wait before retry `n` (from 0): anything up to a doubling ceiling, so that a class does not knock in step. */
export function jitter(n: number, ceiling = 1_000): number {
  return Math.random() * ceiling * 2 ** n
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const problem = await answer.json().catch(() => ({}))
  const { code, type: _, title: __, status: ___, ...facts } = problem as Record<string, unknown>
  const after = Number(answer.headers.get('retry-after'))
  if (after && facts.seconds === undefined) facts.seconds = after
  if (typeof code === 'string') return new Refusal(code, answer.status, facts)
  const request = answer.headers.get('x-request-id')
  return new Refusal(away.has(answer.status) ? 'workspace.away' : 'unexpected', answer.status, {
    request,
    ...facts,
  })
}

async function once(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init })
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    saw('offline')
    throw new Refusal('offline', 0)
  }
}

/** Asks for sign-in and comes back to this address afterwards. */
export function askToSignIn(): void {
  if (location.pathname === '/sign-in') return
  const here = location.pathname + location.search
  go(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`, { replace: true })
}

async function send(path: string, init: RequestInit): Promise<Response> {
  for (let n = 0; ; n++) {
    const answer = await once(path, init)
    const wait = Number(answer.headers.get('retry-after'))
    const again = init.method === 'GET' && answer.status === 503 && n < retries && !(wait > 5)
    if (!again) return answer
    await pause(Math.max(wait * 1000, 0) + jitter(n), init.signal ?? undefined)
  }
}

/**
 * One request. The answer's JSON, or undefined for 204. @throws {Refusal} with the contract's code, or `offline`,
 * `workspace.away`, `unexpected`; `session.needed` also leads to the sign-in page.
 */
export async function api<T = void>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const init: RequestInit = { method, headers, ...options }
  if (body !== undefined) init.body = JSON.stringify(body)
  const answer = await send(path, init)
  learnTime(answer)
  if (away.has(answer.status)) saw('away')
  else if (path.startsWith('/api/')) saw('ok')
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T
  const refusal = await refusalOf(answer)
  if (refusal.code === 'session.needed') askToSignIn()
  throw refusal
}
