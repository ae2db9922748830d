// `GET /sheets/<key>/<name>` from memory: a look-up, a pass, a write. The hottest line of the morning.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { answer, problem } from '../answer/answer.ts'
import type { Security } from '../answer/security.ts'
import type { Sender } from '../passes/book.ts'
import { accepts } from '../request/accepts.ts'
import type { HeldSheet } from './packed.ts'
import type { Shelf } from './shelf.ts'

/** Whether an If-None-Match names this version (RFC 9110 §13.1.2, weak comparison). */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag) return true
  return header.split(',').some((one) => {
    const tag = one.trim()
    return tag === '*' || tag === etag || tag === `W/${etag}`
  })
}

function send(req: IncomingMessage, res: ServerResponse, sheet: HeldSheet): void {
  if (matches(req.headers['if-none-match'], sheet.etag)) {
    res.writeHead(304, sheet.unchanged as string[])
    res.end()
  } else if (accepts('gzip', req.headers['accept-encoding'])) {
    res.writeHead(200, sheet.found as string[])
    res.end(req.method === 'HEAD' ? undefined : sheet.json)
  } else {
    // The same content in other bytes, so a weak tag. The first six values describe the gzipped body.
    const rest = sheet.found.slice(6).map((value) => (value === sheet.etag ? `W/${sheet.etag}` : value))
    answer(req, res, 200, ['content-type', 'application/json', ...rest], gunzipSync(sheet.json))
  }
}

/**
 * Answers for a sheet, or says false when the workspace has to: the pass is signed with a key that the door does not
 * know, or its holder may read the sheet and it is not here. Not yours and not there look the same.
 */
export function answerSheet(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  sender: Sender,
  held: Shelf,
  security: Security,
): boolean {
  if (sender === 'unsure') return false
  if (sender === null) {
    problem(req, res, security, 'session.needed')
    return true
  }
  const sheet = held.at(path)
  const key = sheet ? sheet.key : path.slice(8, path.indexOf('/', 8))
  if (!sender.keys.has(key)) problem(req, res, security, 'absent')
  else if (sheet) send(req, res, sheet)
  else return false
  return true
}
