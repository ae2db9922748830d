// The workspace's answer on its way out: headers cleaned, bytes streamed at the browser's speed, and the workspace
// stopped when the browser leaves.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import { ticks } from '#platform/clock'
import { leaveBody } from '../answer/answer.ts'
import type { Head } from '../answer/security.ts'
import { moved, type PaceLimits, pausePace, resumePace, startPace } from '../limit/pace.ts'
import type { Watch, Watched } from '../limit/watch.ts'
import { toBrowser } from '../request/headers.ts'

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
  let watched: Watched | null = null
  let over = false

  function end(): void {
    if (over) return
    over = true
    if (watched) options.watch.remove(watched)
    res.off('close', onClose)
    res.off('drain', onDrain)
  }
  function onClose(): void {
    if (over) return
    end()
    controller?.abort(left)
    options.over()
  }
  function onDrain(): void {
    if (watched) pausePace(watched.pace, ticks())
    controller?.resume()
  }
  // The browser reads slower than the workspace writes: from here on its pace is watched.
  function slowDown(bytes: number): void {
    controller?.pause()
    const now = ticks()
    if (!watched) {
      watched = { pace: startPace(now), limits: options.limits, cut: () => res.destroy() }
      options.watch.add(watched)
      res.on('drain', onDrain)
    }
    resumePace(watched.pace, now)
    moved(watched.pace, bytes, now)
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
      else if (!res.write(chunk)) slowDown(chunk.length)
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
