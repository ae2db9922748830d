// Starts the embedded PostgreSQL on a data folder, reachable only through a socket in a private folder, and makes
// sure that it ends with the process that started it, even when that one is killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { OperatorError } from './operator-error.ts'
import { type PostgresBinaries, postgresBinaries, postgresEnvironment } from './postgres-binaries.ts'

export type RunningPostgres = {
  /** The address of a database of this cluster. */
  url(database: string): string
  /** The postmaster's process id. */
  pid: number
  /** Settles when PostgreSQL has ended, for whatever reason. */
  ended: Promise<void>
  /** Ends it: connections are cut, everything acknowledged is kept. Resolves when it is gone. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  dataFolder: string
  /** Is given each line that PostgreSQL logs; they hold neither statements nor values. */
  log?: (line: string) => void
  /**
   * A private folder with a short path for the socket, so that the address outlives a restart. The caller makes it; it
   * is removed after stop() and when the caller dies. Without it, PostgreSQL gets one of its own.
   */
  sockets?: string
  /** For tests: nothing is synced to disk, and the folder is removed when PostgreSQL ends. */
  throwaway?: boolean
}

// A shell stands between us and PostgreSQL and watches a pipe that we hold: when we let go of it, or are killed,
// PostgreSQL is told to stop: again and again, since a shell's background process ignores SIGINT until it has said
// what it does with it. $0 is the program, $1 the folders to remove when it has stopped for that reason.
const watched = `
remove=$1; shift; gone=
"$0" "$@" </dev/null 3<&- & server=$!
echo "PID $server"
trap 'gone=1' USR1
{ read _; kill -USR1 $$; while kill -INT $server; do sleep 0.2; done; } <&3 2>/dev/null >/dev/null & watcher=$!
wait $server; code=$?
if [ "$gone" ]; then wait $server; code=$?; fi
kill $watcher 2>/dev/null
if [ "$gone" ]; then IFS=:; for folder in $remove; do rm -rf "$folder"; done; fi
exit $code`

const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  max_connections: '60',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // LOG stands above ERROR here: a failed statement's text and values may be personal, and we log our own failures.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const fleeting = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' }

const major = '18'
const attempts = 60

/** Starts PostgreSQL on the folder, which is made when it does not exist. @throws OperatorError when it cannot run. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = await postgresBinaries()
  await prepare(binaries, options)
  for (let attempt = 1; ; attempt++) {
    const result = await launch(binaries, options)
    if ('running' in result) return result.running
    // The one before us may still be shutting down after its owner was killed.
    if (!/lock file|shared memory/.test(result.said) || attempt === attempts) {
      throw new OperatorError(`PostgreSQL does not start on ${options.dataFolder}: ${result.said.trim()}`)
    }
    await forgetStrangersLock(options.dataFolder)
    await pause(attempt < 5 ? 100 : 250)
  }
}

/** The address of a database of the cluster that runs on a data folder; undefined when none does. */
export async function findPostgres(
  dataFolder: string,
): Promise<{ url(database: string): string } | undefined> {
  const lines = (await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, , , , sockets, , , status] = lines
  if (!pid || !sockets || status?.trim() !== 'ready' || !(await isPostgres(pid))) return undefined
  return { url: addressIn(sockets) }
}

/** Waits until no server runs on a data folder: one whose owner was killed ends by itself. At most half a minute. */
export async function untilNoneRuns(dataFolder: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const pid = (await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]
    if (!pid || !(await isPostgres(pid))) return
    await pause(100)
  }
}

const addressIn = (sockets: string) => (database: string) =>
  `postgres://preau@localhost:5432/${database}?host=${encodeURIComponent(sockets)}`

async function isPostgres(pid: string): Promise<boolean> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'postgres'
}

/** After a container's restart the pid in the lock file may be another program's: then it locks nothing. */
async function forgetStrangersLock(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => '')
  const pid = text.split('\n')[0] ?? ''
  if (!pid || (await isPostgres(pid))) return
  // A pid that no system gives out; the rest stays, since PostgreSQL looks there for shared memory still in use.
  await writeFile(file, text.replace(pid, '999999999'))
}

/** Whether a folder holds a cluster of ours; touches nothing. @throws OperatorError for one of another version. */
export async function refuseOtherVersion(dataFolder: string): Promise<boolean> {
  const found = await readFile(join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (found === undefined || found.trim() === major) return found !== undefined
  throw new OperatorError(
    `${dataFolder} was made by PostgreSQL ${found.trim()}, but this Préau brings ${major}: start it with the version that made it, or set DATABASE_URL.`,
  )
}

async function prepare(binaries: PostgresBinaries, { dataFolder, throwaway }: PostgresOptions) {
  if (await refuseOtherVersion(dataFolder)) return
  // Made beside and then renamed, so that an interrupted start leaves no half cluster.
  await mkdir(dirname(dataFolder), { recursive: true })
  const fresh = await mkdtemp(`${dataFolder}.new-`)
  await binaries.hand(fresh)
  const args = ['-D', fresh, '-U', 'preau', '--auth=trust', '--encoding=UTF8', '--locale=C']
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(throwaway ? ['--no-sync'] : []))
  try {
    await initialise(binaries, args)
    await rename(fresh, dataFolder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
}

async function initialise(binaries: PostgresBinaries, args: string[]): Promise<void> {
  const [file = '', ...rest] = [...binaries.prefix, binaries.initdb, ...args]
  const child = spawn(file, rest, {
    ...binaries.as,
    env: postgresEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stderr?.on('data', (piece) => {
      text += piece
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? '' : text || `initdb ended with ${code}`))
  })
  const reason = said.split('\n').find((line) => line.includes('error:')) ?? said
  if (said) throw new OperatorError(`PostgreSQL's data folder could not be made: ${reason.trim()}`)
}

type Launch = { running: RunningPostgres } | { said: string }

/** Makes a private folder for sockets. Their paths end at 107 bytes, so it is in /tmp where the usual one is long. */
export async function shortFolder(): Promise<string> {
  return mkdtemp(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'preau-'))
}

async function launch(binaries: PostgresBinaries, options: PostgresOptions): Promise<Launch> {
  const sockets = options.sockets ?? (await shortFolder())
  await binaries.hand(sockets)
  for (const left of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(sockets, left), { force: true })
  const all = {
    ...settings,
    ...(options.throwaway ? fleeting : durable),
    unix_socket_directories: sockets,
  }
  const remove = options.throwaway ? `${sockets}:${options.dataFolder}` : sockets
  const server = ['-D', options.dataFolder, '-p', '5432']
  for (const [name, value] of Object.entries(all)) server.push('-c', `${name}=${value}`)
  const [file = '', ...args] = [...binaries.prefix, 'sh', '-c', watched, binaries.postgres, remove, ...server]
  // A session of its own: Ctrl-C in the terminal reaches us, and we decide when PostgreSQL goes.
  const child = spawn(file, args, {
    ...binaries.as,
    env: postgresEnvironment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const ended = options.sockets ? closed : closed.then(() => rm(sockets, { recursive: true, force: true }))
  const outcome = await ready(child, ended, options.log)
  if ('said' in outcome) return outcome
  await untilOthersSeeIt(options.dataFolder)
  const { pid } = outcome
  return { running: { url: addressIn(sockets), pid, ended, stop: () => stop(child, pid, ended) } }
}

/** PostgreSQL says in its log that it is ready a moment before it writes that where {@link findPostgres} looks. */
async function untilOthersSeeIt(dataFolder: string): Promise<void> {
  for (let i = 0; i < 100 && !(await findPostgres(dataFolder)); i++) await pause(10)
}

async function ready(
  child: ChildProcess,
  ended: Promise<void>,
  log?: (line: string) => void,
): Promise<{ pid: number } | { said: string }> {
  let pid = 0
  let said = ''
  const started = new Promise<true>((resolve) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('PID ')) pid = Number(line.slice(4))
    })
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      log?.(line)
      said = `${said}${line}\n`.slice(-2000)
      if (line.includes('ready to accept connections')) resolve(true)
    })
  })
  child.on('error', (error) => {
    said += error.message
  })
  return (await Promise.race([started, ended])) ? { pid } : { said }
}

async function stop(child: ChildProcess, pid: number, ended: Promise<void>): Promise<void> {
  const pipe = child.stdio[3] as NodeJS.WritableStream & { destroy(): void }
  pipe.destroy()
  const inTime = await Promise.race([ended.then(() => true), pause(20_000, false, { ref: false })])
  // "Immediate": what was acknowledged comes back from the log at the next start.
  if (!inTime) endIfThere(pid)
  await ended
}

/** @throws when it may not be ended; that it ended by itself meanwhile is what was wanted. */
function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
