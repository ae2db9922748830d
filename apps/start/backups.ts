// Makes backups by themselves while Préau runs: a child process at the lowest priority, at night; loud when it fails.
import { setTimeout as pause } from 'node:timers/promises'
import { listBackups, openArchive } from '#platform/backup/archive'
import { isMorning, morning, wallClock } from '#platform/calendar'
import { systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import { nextBackup, type Past } from '../backup/schedule.ts'
import { launchProgram, type Program } from './keep.ts'

type Options = { say: (line: string) => void; relay?: (stderr: NodeJS.ReadableStream) => void }

export type Backups = {
  /** What is made when, as a sentence; undefined when nothing is. */
  sentence: string | undefined
  stop(): Promise<void>
  kill(): void
}

const everyMinute = 60_000

/** Makes backups as the settings say, until it is stopped. */
export async function keepBackups(config: Config, options: Options): Promise<Backups> {
  const { to, at } = config.backup
  const { zone } = config
  if (!to) return { sentence: undefined, stop: async () => {}, kill: () => {} }
  const past: Past = { last: await lastIn(to) }
  const said =
    past.last === undefined ? 'there is none yet' : `the last one is of ${wordsFor(past.last, zone)}`
  const ending = new AbortController()
  const running: { program?: Program } = {}
  const working = work(config, options, past, running, ending.signal)
  return {
    sentence: `Backups: every night at ${at} to ${to}; ${said}.`,
    async stop() {
      ending.abort()
      await running.program?.stop()
      await working
    },
    kill: () => running.program?.kill(),
  }
}

/** When the newest backup was made. Where none can be read, there is none: making one will say why. */
async function lastIn(to: string): Promise<number | undefined> {
  const all = await openArchive(to)
    .then(listBackups)
    .catch(() => [])
  const newest = all.findLast((backup) => backup.manifest)?.manifest
  return newest && Date.parse(newest.at)
}

function wordsFor(instant: number, zone: string): string {
  const { date, time } = wallClock(instant, zone)
  return `${date} ${time}`
}

async function work(
  config: Config,
  options: Options,
  past: Past,
  running: { program?: Program },
  ending: AbortSignal,
): Promise<void> {
  const { now } = systemClock(config.clockOffset)
  while (!ending.aborted) {
    if (now() >= nextBackup(now(), { at: config.backup.at, zone: config.zone }, past))
      await runOnce(config, options, past, running, ending)
    await pause(everyMinute, undefined, { signal: ending }).catch(() => {})
  }
}

/** Runs the backup's program to its end, or until the morning comes, and notes how it ended. */
async function runOnce(
  config: Config,
  { say, relay }: Options,
  past: Past,
  running: { program?: Program },
  ending: AbortSignal,
): Promise<void> {
  const { to = '' } = config.backup
  const { zone } = config
  const { now } = systemClock(config.clockOffset)
  const program = await launchProgram('apps/backup/main.ts', environment(config), relay)
  running.program = program
  let gaveWay = false
  const watch = setInterval(() => {
    if (gaveWay || !isMorning(now(), zone)) return
    gaveWay = true
    say(`The backup makes way for the morning; it goes on at ${morning.to} with what it had copied.`)
    program.stop()
  }, everyMinute)
  await program.ended
  clearInterval(watch)
  running.program = undefined
  if (ending.aborted || gaveWay) return
  past.last = await lastIn(to)
  past.failed = program.code() === 1 || program.code() === null ? now() : undefined
  for (const line of wordsOnEnd(program.code(), past.last && wordsFor(past.last, zone))) say(line)
}

function environment({ data, databaseUrl, backup, clockOffset }: Config): Record<string, string> {
  return {
    PREAU_DATA: data,
    PREAU_BACKUP_TO: backup.to ?? '',
    PREAU_NOW_OFFSET_MS: String(clockOffset),
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  }
}

function wordsOnEnd(code: number | null, last: string | number | undefined): string[] {
  if (code === 0) return []
  if (code === 2)
    return ['THE BACKUP IS NOT WHOLE, or could not be restored for trial: the log says what is wrong.']
  return [
    `THE BACKUP FAILED; it is tried again in an hour. The last good one: ${last ?? 'none'}. The log says why.`,
  ]
}
