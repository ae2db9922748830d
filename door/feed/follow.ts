// The door's end of the feed: connects to the workspace, reads line after line, and comes back whenever it breaks.
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'undici'
import type { Log } from '#platform/log'
import type { FeedRecord } from '../formats/feed.ts'

/** `away`: not connected. `reading`: a snapshot comes in. `following`: up to date. */
export type FeedState = 'away' | 'reading' | 'following'

export type Follower = {
  state(): FeedState
  close(): Promise<void>
}

export type FeedOptions = {
  /** The workspace's Unix socket. */
  socket: string
  /** The feed's secret, asked for at each attempt: it may be made, or renewed, while the door runs. */
  secret: () => Promise<string>
  apply: (record: FeedRecord) => Promise<void>
  log: Log
  random?: () => number
}

// The workspace says that it lives every 10 s.
const silenceMs = 35_000
const longestLine = 16 * 1024 * 1024

/** Milliseconds before the next attempt: full jitter below a bound that doubles from 100 ms to 3 s. */
export function delayBefore(attempt: number, random: number): number {
  return Math.round(random * Math.min(3000, 100 * 2 ** Math.min(attempt, 10)))
}

/** Whole lines out of pieces of text. @throws if a line is longer than anything that the workspace sends. */
export async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new Error('the feed sent a line without end')
    for (const line of lines) if (line) yield line
  }
}

/** Reads the feed once, until it breaks off; `heard` is called for each record that was applied. */
async function readOnce(
  options: FeedOptions,
  ending: AbortSignal,
  heard: (record: FeedRecord) => void,
): Promise<void> {
  const client = new Client('http://workspace', { socketPath: options.socket, bodyTimeout: 0 })
  const silence = new AbortController()
  const watchdog = setTimeout(() => silence.abort(new Error('the feed fell silent')), silenceMs)
  try {
    const answer = await client.request({
      method: 'GET',
      path: '/internal/feed',
      headers: { authorization: `Bearer ${await options.secret()}` },
      signal: AbortSignal.any([ending, silence.signal]),
    })
    if (answer.statusCode !== 200) {
      await answer.body.dump()
      throw new Error(`the workspace answered ${answer.statusCode}`)
    }
    for await (const line of linesOf(answer.body)) {
      watchdog.refresh()
      const record = JSON.parse(line) as FeedRecord
      await options.apply(record)
      heard(record)
    }
  } finally {
    clearTimeout(watchdog)
    await client.destroy()
  }
}

// Of attempts at most 3 s apart: about half a minute.
const longAwayAfter = 20

/** The workspace's socket is not there, or nobody listens on it. */
const isNotThere = ({ code, syscall }: NodeJS.ErrnoException) =>
  syscall === 'connect' && (code === 'ENOENT' || code === 'ECONNREFUSED')

/**
 * Says why the feed is not read, each reason once until it is read again. A workspace that starts beside us and is not
 * there yet is no trouble, unless it stays away.
 */
function teller(log: Log) {
  let told = ''
  return {
    failed(error: Error, attempt: number, followed: boolean): void {
      const expected = !followed && isNotThere(error)
      if (expected && attempt === longAwayAfter)
        log.warn({ reason: error.message }, 'the workspace is still not there')
      if (told === error.message) return
      told = error.message
      if (expected) log.info('waiting for the workspace')
      else log.warn({ reason: error.message }, 'the feed broke off')
    },
    reads: () => {
      told = ''
    },
  }
}

/** Follows the feed until closed. Records are applied one after the other, so a slow door slows the feed down. */
export function follow(options: FeedOptions): Follower {
  const { log, random = Math.random } = options
  const ending = new AbortController()
  let state: FeedState = 'away'
  let attempt = 0
  let followed = false
  const tell = teller(log)

  function heard(record: FeedRecord): void {
    if (record.type === 'begin') state = 'reading'
    if (record.type !== 'ready') return
    state = 'following'
    followed = true
    attempt = 0
    tell.reads()
    log.info('the feed is up to date')
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await readOnce(options, ending.signal, heard)
      } catch (error) {
        if (!ending.signal.aborted) tell.failed(error as Error, attempt, followed)
      }
      state = 'away'
      // Ends early when the door closes.
      await wait(delayBefore(attempt++, random()), undefined, { signal: ending.signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    state: () => state,
    async close() {
      ending.abort()
      await running
    },
  }
}
