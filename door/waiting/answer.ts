// Answers with the waiting page: in place of a page that the workspace cannot make now, or because it was asked for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { answer, comeAgainIn } from '../answer/answer.ts'
import { plainPageHeaders, type Security } from '../answer/security.ts'
import type { Sender } from '../passes/book.ts'
import { accepts, languageOf } from '../request/accepts.ts'
import { isReading } from '../request/path.ts'
import type { Shelf } from '../sheets/shelf.ts'
import { dayFor, keysToShow } from './day.ts'
import { pageBook } from './page.ts'
import { styleSha256 } from './style.ts'
import type { Reason } from './texts.ts'

export type WaitingRoom = {
  /** `status`: 200 when it was asked for, 503 when it stands for something else. */
  answer(req: IncomingMessage, res: ServerResponse, status: 200 | 503, reason: Reason): void
}

export type WaitingOptions = {
  security: Security
  held: Shelf
  today: () => string
  sender: (req: IncomingMessage) => Sender
  random?: () => number
}

const pages = new Set(['/waiting', '/today/plain'])

/**
 * Where the button leads: to this same address (an empty reference) when it may be read again, else to the beginning.
 * So a page is the same wherever it stands, and holds nothing that somebody else wrote into a link.
 */
export function againPath(method: string, target: string): '' | '/' {
  return isReading(method) && !pages.has(target.split('?', 1)[0] as string) ? '' : '/'
}

/** Opens the waiting room. */
export function waitingRoom(options: WaitingOptions): WaitingRoom {
  const { held, random = Math.random } = options
  const page = pageBook()
  const security = plainPageHeaders(options.security, styleSha256)
  return {
    answer(req, res, status, reason) {
      const sender = options.sender(req)
      const known = sender !== null && sender !== 'unsure' ? keysToShow(sender, req.headers.cookie) : []
      const today = options.today()
      const again = againPath(req.method ?? '', req.url ?? '/')
      const language = languageOf(req.headers['accept-language'])
      const body = page(dayFor(known, today, held), language, reason, today, again)
      const head = ['content-type', 'text/html; charset=utf-8', 'content-language', language]
      head.push('cache-control', 'private, no-store', 'vary', 'cookie, accept-language', ...security)
      // Spread over half a minute, so that those who came together do not come back together.
      const seconds = String(comeAgainIn(15, 30, random()))
      if (status === 503) head.push('retry-after', seconds)
      if (reason === 'full' || reason === 'away')
        head.push('refresh', again ? `${seconds}; url=${again}` : seconds)
      const gzip = accepts('gzip', req.headers['accept-encoding'])
      if (gzip) head.push('content-encoding', 'gzip')
      answer(req, res, status, head, gzip ? body : gunzipSync(body))
    },
  }
}
