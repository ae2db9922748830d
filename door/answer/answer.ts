// How the door answers by itself: whole, small, and without waiting for a body that nobody reads.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DoorRefusal, doorRefusals } from '../formats/refusals.ts'
import type { Head, Security } from './security.ts'

// How long a refused sender has to take note before the connection is cut.
const graceMs = 2000

function hasBody(req: IncomingMessage): boolean {
  return (
    !req.complete &&
    (req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0)
  )
}

/** Ends the connection soon after an answer that left the rest of the request's body unread. */
export function leaveBody(req: IncomingMessage): void {
  const timer = setTimeout(() => req.destroy(), graceMs)
  timer.unref()
  req.on('close', () => clearTimeout(timer))
  req.resume()
}

/** Sends an answer in one piece. HEAD is answered without the body, with its length. */
export function answer(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  head: Head,
  body: Buffer | string | null,
): void {
  const all = head.slice()
  if (body !== null) all.push('content-length', String(Buffer.byteLength(body)))
  if (hasBody(req)) {
    all.push('connection', 'close')
    leaveBody(req)
  }
  res.writeHead(status, all)
  if (body === null || req.method === 'HEAD') res.end()
  else res.end(body)
}

/** Sends a problem (RFC 9457) with one of the door's codes. `retryAfter` in whole seconds. */
export function problem(
  req: IncomingMessage,
  res: ServerResponse,
  security: Security,
  code: DoorRefusal,
  retryAfter = 0,
): void {
  const status = doorRefusals[code]
  const facts = retryAfter > 0 ? { retryAfter } : {}
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code, ...facts })
  const head = ['content-type', 'application/problem+json', 'cache-control', 'no-store', ...security.data]
  if (retryAfter > 0) head.push('retry-after', String(retryAfter))
  answer(req, res, status, head, body)
}

/** Sends facts as JSON, not to be kept. */
export function json(
  req: IncomingMessage,
  res: ServerResponse,
  security: Security,
  status: number,
  facts: unknown,
): void {
  const head = ['content-type', 'application/json', 'cache-control', 'no-store', ...security.data]
  answer(req, res, status, head, JSON.stringify(facts))
}

/** Seconds after which to come again: spread over `spread`, so that those who were sent away together do not return so. */
export function comeAgainIn(least: number, spread: number, random: number): number {
  return least + Math.floor(random * (spread + 1))
}
