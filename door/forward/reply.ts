// The workspace's answer on its way out: headers cleaned, bytes streamed at the browser's speed, and the workspace
// stopped when the browser leaves.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import { leaveBody } from '../answer/answer.ts'
import type { Head } from '../answer/security.ts'
import type { PaceLimits } from '../limit/pace.ts'
import type { Watch } from '../limit/watch.ts'
import { toBrowser } from '../request/headers.ts'
import { readingOf } from './reader.ts'

export type ReplyOptions = {
  security: Head
  watch: Watch
  limits: PaceLimits
  /** The exchange is over, in whatever way but the following. */
  over: () => void
  /** The workspace failed before it answered a byte: nothing is sent yet. */
  failed: (error: Error) => void
}

const left = new Error('the browser left')

/** A handler for one dispatch, which owns the answer `res` from the first header on. */
export function reply(
  req: IncomingMessage,
  res: ServerResponse,
  options: ReplyOptions,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | null = null
  let length = -1
  let sent = 0
  let over = false
  const reading = readingOf(res, options.watch, options.limits, () => controller?.resume())

  function end(): void {
    over = true
    reading.end()
    res.off('close', onClose)
  }
  function onClose(): void {
    end()
    controller?.abort(left)
    options.over()
  }
  res.on('close', onClose)

  return {
    onRequestStart(given) {
      controller = given
      if (over || res.destroyed) given.abort(left)
    },
    onResponseStart(_controller, status, headers) {
      if (over || status < 200) return
      const head = toBrowser(headers, options.security)
      if (!req.complete) head.push('connection', 'close')
      res.writeHead(status, head)
      length = req.method === 'HEAD' ? -1 : Number(headers['content-length'] ?? -1)
    },
    onResponseData(_controller, chunk) {
      if (over) return
      sent += chunk.length
      if (sent === length) res.end(chunk)
      else if (!res.write(chunk)) {
        controller?.pause()
        reading.full(chunk.length)
      }
    },
    onResponseEnd() {
      if (over) return
      if (!res.writableEnded) res.end()
      if (!req.complete) leaveBody(req)
      end()
      options.over()
    },
    onResponseError(_controller, error) {
      if (over) return
      end()
      if (!res.headersSent) return options.failed(error)
      res.destroy()
      options.over()
    },
  }
}
