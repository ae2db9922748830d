// Everything that can be set at the door, with its usual value and the reason for it.
import { usualZone } from '#platform/calendar'
import type { PaceLimits } from './limit/pace.ts'

export type Options = {
  /** The workspace's Unix socket. */
  socket: string
  /** Where the door keeps what it knows. */
  folder: string
  /** The built web shell. */
  web: string
  /** The feed's secret. */
  secret: () => Promise<string>
  tls: boolean
} & Limits

export type Limits = {
  /** The time zone of "today" on the waiting page: all French schools of one door live by one clock. */
  zone: string
  /** Memory for sheets, in bytes: a region's 40,000 of 3 kB with all that is around them fit three times. */
  sheetBytes: number
  /** Short requests at once. One Node thread answers them in a few ms each: more at once only wait inside. */
  inFlight: number
  /** Uploads, files and videos at once: they last long and cost little, so they have places of their own. */
  longInFlight: number
  /** Requests that wait for a place, and for how long: a gust passes in a second, a crowd does not. */
  queue: number
  queueMs: number
  /** How long the workspace may think. */
  answerMs: number
  /**
   * Senders of bodies: cut after 20 s without a byte, and below 256 bytes a second after a minute. The slowest phone
   * line that still works is a hundred times faster; a thousand trickling connections cost nothing but themselves.
   */
  sending: PaceLimits
  /** Readers: a video player that is paused stops reading; the browser asks for the rest again when cut. */
  reading: PaceLimits
  /** For the headers of a request to arrive. */
  headersMs: number
  /** A connection that says nothing: long enough for the next click, short enough for a million pupils. */
  keepAliveMs: number
  /** A connection on which nothing moves at all, in the middle of a request: whoever takes an answer and never reads it. */
  stillMs: number
  /** Node looks this often for connections that are over one of these times. */
  checkMs: number
  /** Header bytes of a request: two passes of 4 kB and some more. */
  headerBytes: number
  /** Bytes of the Cookie header: the passes of a shared device and nothing else. */
  cookieBytes: number
  /** Connections at once; each costs some 10 kB, and a file descriptor. */
  connections: number
}

export const usual: Limits = {
  zone: usualZone,
  sheetBytes: 512 * 1024 * 1024,
  inFlight: 256,
  longInFlight: 256,
  queue: 256,
  queueMs: 1000,
  answerMs: 30_000,
  sending: { idleMs: 20_000, graceMs: 60_000, bytesPerSecond: 256 },
  reading: { idleMs: 60_000, graceMs: 120_000, bytesPerSecond: 256 },
  headersMs: 10_000,
  keepAliveMs: 15_000,
  stillMs: 120_000,
  checkMs: 2000,
  headerBytes: 16 * 1024,
  cookieBytes: 12 * 1024,
  connections: 10_000,
}
