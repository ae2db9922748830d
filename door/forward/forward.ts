// Passes a request on to the workspace, over its Unix socket: one request per connection at a time, connections kept.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { type Dispatcher, Pool } from 'undici'
import { ticks } from '#platform/clock'
import type { Head } from '../answer/security.ts'
import { type Lane, lane } from '../limit/lane.ts'
import type { PaceLimits } from '../limit/pace.ts'
import { watch as newWatch, type Watch } from '../limit/watch.ts'
import { type Added, toWorkspace } from '../request/headers.ts'
import { isReading } from '../request/path.ts'
import { bodyLength, smallBody, streamBody, takeBody } from './body.ts'
import { reply } from './reply.ts'

/** Why a request got no answer from the workspace. */
export type Failure =
  /** Its address, its Host header or its framing is not one of ours. */
  | 'malformed'
  /** Too many are inside, and too many wait. */
  | 'full'
  /** Nobody listens, or the connection broke before an answer. */
  | 'away'
  /** It took the request and does not answer. */
  | 'silent'
  /** The sender was too slow. */
  | 'slow'

export type ForwardOptions = {
  socket: string
  /** Requests at once: short ones; and uploads, files and videos, which may take their time. */
  inFlight: number
  longInFlight: number
  queue: number
  queueMs: number
  /** How long the workspace may think before it answers. */
  answerMs: number
  /** How often the slow ones are looked for. */
  checkMs: number
  sending: PaceLimits
  reading: PaceLimits
  security: Head
  proto: Added['proto']
}

export type Forwarder = {
  forward(req: IncomingMessage, res: ServerResponse, failed: (failure: Failure) => void): void
  inside(): { short: number; long: number; waiting: number }
  close(): Promise<void>
}

/** Requests that may last long, by their address: they have places of their own. */
export function isLong(path: string, length: number | null): boolean {
  return (
    path.startsWith('/files/') || path.startsWith('/api/uploads') || length === null || length > smallBody
  )
}

const tooSilent = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
const brokenOff = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
const tooSlow = new Error('the sender was too slow')

function codeOf(error: Error): string {
  return (error as { code?: string }).code ?? ''
}

/** What an error of an exchange means. */
export function failureOf(error: Error): Failure {
  if (error === tooSlow) return 'slow'
  const code = codeOf(error)
  return tooSilent.has(code) ? 'silent' : code === 'UND_ERR_INVALID_ARG' ? 'malformed' : 'away'
}

/**
 * Whether a request may be sent once more: it only reads, and a connection that was kept turned out to be dead before
 * a byte of an answer. Nothing else is ever sent twice by the door.
 */
export function mayRepeat(method: string, error: Error, attempt: number): boolean {
  return attempt === 0 && isReading(method) && brokenOff.has(codeOf(error))
}

type Way = { pool: Pool; watch: Watch; options: ForwardOptions }
type Told = (failure: Failure) => void

/** One request that has its place: `leave` gives it back. */
type Exchange = {
  req: IncomingMessage
  res: ServerResponse
  headers: string[]
  body: Buffer | Readable | null
  leave: () => void
  failed: Told
}

function dispatch(way: Way, exchange: Exchange, attempt = 0): void {
  const { req, res, headers, body, leave, failed } = exchange
  const method = req.method as Dispatcher.HttpMethod
  const handler = reply(req, res, {
    security: way.options.security,
    watch: way.watch,
    limits: way.options.reading,
    over: leave,
    failed(error) {
      const whole = body === null || Buffer.isBuffer(body)
      if (whole && mayRepeat(method, error, attempt) && !res.destroyed)
        return dispatch(way, exchange, attempt + 1)
      leave()
      failed(failureOf(error))
    },
  })
  way.pool.dispatch({ path: req.url as string, method, headers, body }, handler)
}

/** Calls `enter` as soon as there is a place, or `failed` when there is none in time; neither when the browser left. */
function inLane(which: Lane, res: ServerResponse, enter: () => void, failed: Told): void {
  if (which.enter()) return enter()
  const giveUp = which.wait(
    () => {
      res.off('close', gone)
      enter()
    },
    () => {
      res.off('close', gone)
      failed('full')
    },
    ticks(),
  )
  const gone = () => void (giveUp && giveUp())
  if (giveUp) res.on('close', gone)
  else failed('full')
}

function pass(way: Way, which: Lane, length: number | null, exchange: Omit<Exchange, 'body'>): void {
  const { req, res, failed } = exchange
  const { sending } = way.options
  const enter = (body: Buffer | null) =>
    inLane(which, res, () => dispatch(way, { ...exchange, body }), failed)
  if (length === 0) return enter(null)
  if (length !== null && length <= smallBody)
    return takeBody(req, way.watch, sending, (body) => (body ? enter(body) : failed('slow')))
  inLane(
    which,
    res,
    () => {
      const body = streamBody(req, way.watch, sending, () => body.destroy(tooSlow))
      dispatch(way, { ...exchange, body })
    },
    failed,
  )
}

function openPool(options: ForwardOptions): Pool {
  return new Pool('http://workspace', {
    socketPath: options.socket,
    connections: options.inFlight + options.longInFlight,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: options.answerMs,
    bodyTimeout: 300_000,
    connect: { timeout: 2000 },
  })
}

/** Opens the way to the workspace. It need not be there: each request finds out for itself. */
export function forwarder(options: ForwardOptions): Forwarder {
  const way: Way = { pool: openPool(options), watch: newWatch(), options }
  const { queue, queueMs: waitMs, proto } = options
  const short = lane({ places: options.inFlight, queue, waitMs })
  const long = lane({ places: options.longInFlight, queue, waitMs })
  const idPrefix = `${crypto.randomUUID().slice(0, 8)}-`
  let count = 0
  const timers = [
    setInterval(() => {
      short.expire(ticks())
      long.expire(ticks())
    }, 200).unref(),
    setInterval(() => way.watch.look(ticks()), options.checkMs).unref(),
  ]
  return {
    forward(req, res, failed) {
      const requestId = idPrefix + (++count).toString(36)
      const headers = toWorkspace(req.rawHeaders, req.headers.connection, { proto, requestId })
      if (!headers) return failed('malformed')
      const length = bodyLength(req)
      const which = isLong(req.url as string, length) ? long : short
      pass(way, which, length, { req, res, headers, leave: which.leave, failed })
    },
    inside: () => ({
      short: short.inside(),
      long: long.inside(),
      waiting: short.waiting() + long.waiting(),
    }),
    async close() {
      for (const timer of timers) clearInterval(timer)
      await way.pool.destroy()
    },
  }
}
