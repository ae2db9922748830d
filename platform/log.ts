// The log: lines of JSON on standard error, without personal data: no names, no cookies, no bodies, no query strings.
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/** A log for one process; `level` as pino has it (silent, error, warn, info, debug). */
export function openLog(process: string, level = 'info'): Log {
  const serializers = { err: loggedError }
  return pino({ name: process, level, base: { process }, serializers }, destination({ fd: 2, sync: true }))
}

type Logged = { type: string; message: string; stack: string } & Record<string, unknown>

/** What a database error may say of itself: where, never which values. PostgreSQL's `detail` and `where` quote rows. */
const kept = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall'] as const

/** An error as it may be logged: nothing that quotes a row, such as PostgreSQL's "Failing row contains (…)". */
export function loggedError(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' }
  const own = error as Error & Record<string, unknown>
  const facts = Object.fromEntries(
    kept.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  )
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? {} : { cause: loggedError(error.cause) }
  return {
    type: error.constructor.name,
    message: quotesValues(own) ? 'a value that the database refuses' : error.message,
    ...facts,
    ...cause,
    stack: frames.join('\n'),
  }
}

/** Errors of PostgreSQL's class 22 (data exception) have the value itself in their message. */
const quotesValues = ({ severity, code }: Record<string, unknown>) =>
  severity !== undefined && typeof code === 'string' && code.startsWith('22')
