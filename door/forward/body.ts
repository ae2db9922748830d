// A request's body on its way in: the small ones are taken whole before a place with the workspace is asked for, so that
// a slow sender holds none; the large ones stream, at the speed of the slower side.
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { ticks } from '#platform/clock'
import { moved, type PaceLimits, pausePace, resumePace, startPace } from '../limit/pace.ts'
import type { Watch, Watched } from '../limit/watch.ts'

/** Up to this many bytes a body is taken whole. */
export const smallBody = 64 * 1024

/** What stands in front of a body: its length, `null` when it is not said, or 0 when there is none. */
export function bodyLength(req: IncomingMessage): number | null {
  if (req.headers['transfer-encoding'] !== undefined) return null
  return Number(req.headers['content-length'] ?? 0)
}

/** Takes a small body whole. `done` gets it, or null when its sender was too slow or left. Called once. */
export function takeBody(
  req: IncomingMessage,
  watch: Watch,
  limits: PaceLimits,
  done: (body: Buffer | null) => void,
): void {
  const pieces: Buffer[] = []
  const watched: Watched = { pace: startPace(ticks()), limits, cut: () => finish(null) }
  let over = false
  function finish(body: Buffer | null): void {
    if (over) return
    over = true
    watch.remove(watched)
    done(body)
  }
  watch.add(watched)
  req.on('data', (piece: Buffer) => {
    pieces.push(piece)
    moved(watched.pace, piece.length, ticks())
  })
  req.on('end', () => finish(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)))
  req.on('close', () => finish(null))
}

/**
 * A large body as a stream of its own: when the workspace breaks off, the browser's connection stays, so that it can
 * still be told why. `cut` is called when the sender is too slow.
 */
export function streamBody(
  req: IncomingMessage,
  watch: Watch,
  limits: PaceLimits,
  cut: () => void,
): Readable {
  const watched: Watched = { pace: startPace(ticks()), limits, cut }
  const out = new Readable({
    highWaterMark: 256 * 1024,
    read() {
      resumePace(watched.pace, ticks())
      req.resume()
    },
    destroy(error, callback) {
      watch.remove(watched)
      callback(error)
    },
  })
  watch.add(watched)
  req.on('data', (piece: Buffer) => {
    if (out.destroyed) return
    moved(watched.pace, piece.length, ticks())
    if (out.push(piece)) return
    req.pause()
    pausePace(watched.pace, ticks())
  })
  req.on('end', () => {
    watch.remove(watched)
    out.push(null)
  })
  req.on('close', () => {
    if (!req.complete) out.destroy(new Error('the sender left'))
  })
  req.pause()
  return out
}
