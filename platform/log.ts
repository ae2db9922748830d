// The log: lines of JSON on standard error, without personal data: no names, no cookies, no bodies, no query strings.
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/** A log for one process; `level` as pino has it (silent, error, warn, info, debug). */
export function openLog(process: string, level = 'info'): Log {
  return pino({ name: process, level, base: { process } }, destination({ fd: 2, sync: true }))
}
