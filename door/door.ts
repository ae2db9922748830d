// The door: puts its parts together and decides who answers a request. README.md follows a request through it.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { dateIn } from '#platform/calendar'
import type { Clock } from '#platform/clock'
import type { Log } from '#platform/log'
import { answer, comeAgainIn, json, problem } from './answer/answer.ts'
import { type Security, securityHeaders } from './answer/security.ts'
import { answerAsset } from './assets/answer.ts'
import { openShell, type Shell } from './assets/shell.ts'
import { type Follower, follow } from './feed/follow.ts'
import { openJournal, recallAll } from './feed/journal.ts'
import { type Known, known as newKnown } from './feed/known.ts'
import { type Failure, type Forwarder, forwarder } from './forward/forward.ts'
import { type Prober, prober } from './forward/probe.ts'
import { healthOf } from './health.ts'
import type { Options } from './options.ts'
import { type PassBook, passBook } from './passes/book.ts'
import { acceptsHtml } from './request/accepts.ts'
import { isReading, type Kind, kindOf, methods, pathOf } from './request/path.ts'
import { answerSheet } from './sheets/answer.ts'
import { type Shelf, shelf } from './sheets/shelf.ts'
import { type WaitingRoom, waitingRoom } from './waiting/answer.ts'

export type Door = {
  listener: RequestListener
  /** Reads the web shell anew. */
  reload(): Promise<void>
  /** Stops following, and writes down what is known. */
  close(): Promise<void>
}

/** What the answering functions share. */
type Parts = {
  options: Options
  clock: Clock
  security: Security
  held: Shelf
  book: PassBook
  known: Known
  shell: Shell
  ways: Forwarder
  workspace: Prober
  feed: Follower
  room: WaitingRoom
}

type Answering = (parts: Parts, req: IncomingMessage, res: ServerResponse, path: string) => void

/** The workspace gave no answer: a page for who asked for a page, a problem for everybody else. */
function failed(parts: Parts, req: IncomingMessage, res: ServerResponse, failure: Failure): void {
  if (res.destroyed) return
  const { security, room } = parts
  if (failure === 'malformed') return problem(req, res, security, 'request.malformed')
  if (failure === 'slow') return problem(req, res, security, 'request.too-slow')
  if (acceptsHtml(req.headers.accept)) {
    const reason = failure === 'full' ? 'full' : 'away'
    return room.answer(req, res, 503, isReading(req.method ?? '') ? reason : 'unsent')
  }
  const code = failure === 'full' ? 'door.full' : failure === 'away' ? 'workspace.away' : 'workspace.silent'
  problem(req, res, security, code, comeAgainIn(2, 8, Math.random()))
}

const forward: Answering = (parts, req, res) =>
  parts.ways.forward(req, res, (failure) => failed(parts, req, res, failure))

const answers: Record<Kind, Answering> = {
  workspace: forward,
  sheet(parts, req, res, path) {
    const sender = parts.book.read(req.headers.cookie, parts.clock.now())
    if (isReading(req.method ?? '') && answerSheet(req, res, path, sender, parts.held, parts.security)) return
    forward(parts, req, res, path)
  },
  asset(parts, req, res, path) {
    const asset = parts.shell.file(path)
    if (asset) answerAsset(req, res, asset)
    else problem(req, res, parts.security, 'absent')
  },
  shell(parts, req, res) {
    const page = parts.shell.page()
    if (page) answerAsset(req, res, page)
    else parts.room.answer(req, res, 503, 'away')
  },
  waiting: (parts, req, res) => parts.room.answer(req, res, 200, 'away'),
  day: (parts, req, res) => parts.room.answer(req, res, 200, 'day'),
  receipts(parts, req, res) {
    const keys = parts.known.receiptKeys()
    if (!keys) return problem(req, res, parts.security, 'absent')
    const head = ['content-type', 'application/jwk-set+json', 'cache-control', 'public, max-age=3600']
    answer(req, res, 200, [...head, ...parts.security.data], JSON.stringify(keys))
  },
  health(parts, req, res) {
    void healthOf(parts).then((health) => json(req, res, parts.security, 200, health))
  },
  ready(parts, req, res) {
    void parts.workspace.ready().then((ready) => json(req, res, parts.security, ready ? 200 : 503, { ready }))
  },
  hidden: (parts, req, res) => problem(req, res, parts.security, 'absent'),
}

const alsoWritten: ReadonlySet<Kind> = new Set(['workspace', 'sheet', 'hidden'])

function handle(parts: Parts, req: IncomingMessage, res: ServerResponse): void {
  const { method = '', url = '' } = req
  const path = pathOf(url)
  if (path === null) return problem(req, res, parts.security, 'request.malformed')
  if (!methods.has(method)) return problem(req, res, parts.security, 'request.method')
  if ((req.headers.cookie?.length ?? 0) > parts.options.cookieBytes)
    return problem(req, res, parts.security, 'request.too-large')
  const isFile = path !== '/index.html' && parts.shell.file(path) !== undefined
  const kind = kindOf(method, path, acceptsHtml(req.headers.accept), isFile)
  if (!isReading(method) && !alsoWritten.has(kind)) problem(req, res, parts.security, 'request.method')
  else answers[kind](parts, req, res, path)
}

async function openKnowledge(held: Shelf, options: Options, keysChanged: () => void, log: Log) {
  // Until the journal is open, only what comes from it changes anything.
  let journal: Awaited<ReturnType<typeof openJournal>> | null = null
  const known = newKnown(held, {
    changed: (record) => journal?.note(record),
    lost: () => journal?.rewrite(),
    keysChanged,
  })
  const records = await recallAll(options.folder, known.recall)
  log.info({ records, sheets: held.size() }, 'what the door knew is read')
  journal = await openJournal(options.folder, records > 0, known.all, log)
  return { known, journal }
}

/** Builds a door: reads what an earlier one knew and the web shell, and begins to follow the feed. */
export async function openDoor(options: Options, clock: Clock, log: Log): Promise<Door> {
  const security = securityHeaders(options.tls)
  const today = () => dateIn(clock.now(), options.zone)
  const held = shelf(security.data, options.sheetBytes, today)
  let book: PassBook | null = null
  const { known, journal } = await openKnowledge(held, options, () => book?.forget(), log)
  const passes = passBook(known.ring, known.revocations)
  book = passes
  const sender = (req: IncomingMessage) => passes.read(req.headers.cookie, clock.now())
  const parts: Parts = {
    options,
    clock,
    security,
    held,
    book: passes,
    known,
    shell: await openShell(options.web, security, log),
    ways: forwarder({ ...options, security: security.data, proto: options.tls ? 'https' : 'http' }),
    workspace: prober(options.socket),
    feed: follow({ socket: options.socket, secret: options.secret, apply: known.apply, log }),
    room: waitingRoom({ security, held, today, sender }),
  }
  return {
    listener(req, res) {
      try {
        handle(parts, req, res)
      } catch (error) {
        log.error({ err: error }, 'a bug: a request ended it')
        res.destroy()
      }
    },
    reload: parts.shell.reload,
    async close() {
      parts.shell.close()
      await parts.feed.close()
      await Promise.all([journal.close(), parts.ways.close(), parts.workspace.close()])
    },
  }
}
