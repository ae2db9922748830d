// Starts everything on one machine and keeps it running: PostgreSQL, the workspace, and the front door.
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#platform/config'
import { OperatorError, systemCode } from '#platform/operator-error'
import { refuseOtherVersion, shortFolder } from '#platform/postgres'
import { inCtx } from '../ctx.ts'
import { limitsFrom } from '../door/limits.ts'
import { keepBackups } from './backups.ts'
import { clusterFolder, refuseDatabase, startEmbedded, updateDatabase } from './database.ts'
import { demoNow, type SignIn } from './demo/now.ts'
import { addressOf, answers } from './door.ts'
import { type Kept, keep, launchProgram, type Running } from './keep.ts'
import { refuseHeld, takeLock } from './lock.ts'
import { freePort, refuseCertificate, refuseFolder, refuseHalfRestored, refuseStorage } from './refuse.ts'
import { relay } from './relay.ts'

export type Open = {
  /** Where a browser finds it. */
  url: string
  signIns: SignIn[]
  /** What backups are made, or that none are, as a sentence. */
  backups: string | undefined
}

const noBackups =
  'NO BACKUPS ARE MADE: set PREAU_BACKUP_TO to a folder on another disk. See docs/operations.md.'

export type Starting = {
  /** Settles when the door and the workspace answer, or with the reason why they never will. */
  open: Promise<Open>
  /** Ends everything in order, also in the middle of the start. */
  stop(): Promise<void>
  /** Ends everything at once; what was acknowledged is kept. */
  kill(): void
}

type Options = {
  /** Is told, line by line, what happens. */
  say: (line: string) => void
  /** Whether a person reads along: then the parts' logs are shown only where something is wrong. */
  terminal: boolean
}

/** What was started, in order, so that it ends in the opposite one; `asked` when it is to end. */
type Parts = { list: { stop(): Promise<void>; kill?(): void }[]; asked: AbortController }

/** Starts Préau. `open` rejects with an OperatorError when it cannot: nothing was touched, or nothing is left running. */
export function start(config: Config, options: Options): Starting {
  const parts: Parts = { list: [], asked: new AbortController() }
  const stopParts = async () => {
    for (const part of parts.list.splice(0).reverse()) await part.stop()
  }
  const open = refuseOrStart(config, options, parts).catch(async (error) => {
    await stopParts()
    throw error
  })
  return {
    open,
    async stop() {
      parts.asked.abort(new OperatorError('The start was interrupted.'))
      await open.catch(() => {})
      await stopParts()
    },
    kill: () => {
      for (const part of parts.list.toReversed()) part.kill?.()
    },
  }
}

async function refuseOrStart(config: Config, options: Options, parts: Parts): Promise<Open> {
  limitsFrom(process.env)
  if (config.tls) await refuseCertificate(config.tls)
  const port = await freePort(config.host, config.port)
  const warning = await refuseStorage(config)
  if (warning) options.say(warning)
  await refuseFolder(config.data)
  await refuseHeld(config.data)
  await refuseHalfRestored(config.data)
  if (config.databaseUrl) await refuseDatabase(config.databaseUrl)
  else await refuseOtherVersion(clusterFolder(config))
  return startParts({ ...config, port }, options, parts)
}

async function startParts(config: Config, options: Options, parts: Parts): Promise<Open> {
  const { say } = options
  const { list, asked } = parts
  await makeFolders(config.data)
  list.push({ stop: await takeLock(config.data) })
  const sockets = await shortFolder()
  list.push({ stop: () => rm(sockets, { recursive: true, force: true }) })
  const pids = pidFile(config.data)
  list.push({ stop: () => rm(pids.path, { force: true }) })

  await makeSecret(config)
  const env = environment(config, join(sockets, 'workspace.sock'))
  const run = async (name: 'door' | 'workspace', more = {}) => {
    asked.signal.throwIfAborted()
    const start = () => pids.noted(name, launch(name, { ...env, ...more }, options))
    const part = await keep(`The ${name}`, start, say)
    list.push(part)
    return part
  }
  // The door needs no database, so it opens meanwhile.
  const [ready, door] = await all([
    prepareDatabase(config, sockets, options, pids, parts),
    buildWeb(options).then(() => run('door')),
  ])
  const workspace = await run('workspace', { DATABASE_URL: ready.databaseUrl })
  // The door ends before it: what is under way is answered, and nobody meets a door whose workspace has gone.
  list.push(...list.splice(list.indexOf(door), 1))
  await untilOpen(config, [door, workspace], asked.signal)
  const backups = await keepBackups(config, {
    say,
    relay: options.terminal ? relay('backup', say) : undefined,
  })
  list.push(backups)
  // The demo school needs none.
  const none = ready.signIns.length > 0 ? undefined : noBackups
  return { url: addressOf(config), signIns: ready.signIns, backups: backups.sentence ?? none }
}

/** Like Promise.all, but waits for all of them before it fails, so that nothing starts behind our back. */
async function all<A, B>(promises: [A | Promise<A>, B | Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

const launch = (name: string, env: Record<string, string>, options: Options) =>
  launchProgram(`apps/${name}/main.ts`, env, options.terminal ? relay(name, options.say) : undefined)

/** Starts the embedded PostgreSQL, if it is to be used, and brings the database to where the workspace needs it. */
async function prepareDatabase(
  config: Config,
  sockets: string,
  options: Options,
  pids: ReturnType<typeof pidFile>,
  parts: Parts,
): Promise<{ databaseUrl: string; signIns: SignIn[] }> {
  const { say } = options
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, sockets, options, pids, parts))
  if (!config.databaseUrl) await refuseDatabase(databaseUrl)
  const applied = await updateDatabase(databaseUrl)
  if (applied.length) say(wordsFor(applied))
  parts.asked.signal.throwIfAborted()
  return { databaseUrl, signIns: await demo(config, databaseUrl, say) }
}

/** What was done to a database, new or older than this program. */
const wordsFor = (applied: string[]) =>
  applied[0] === '0001-people'
    ? 'The database is made.'
    : `The database was brought up to date: ${applied.join(', ')}.`

/** The demo school's accounts; where there is no school yet, it is made. Only then are the features loaded. */
async function demo(config: Config, databaseUrl: string, say: Options['say']): Promise<SignIn[]> {
  return inCtx(config, databaseUrl, async (ctx) => {
    return (await demoNow(ctx.db)) ?? (await import('./demo/main.ts')).makeDemo(ctx, say)
  })
}

async function startDatabase(
  config: Config,
  sockets: string,
  options: Options,
  pids: ReturnType<typeof pidFile>,
  parts: Parts,
): Promise<string> {
  let url = ''
  const log = (line: string) => {
    if (!options.terminal || /PANIC/.test(line)) options.say(`postgres: ${line}`)
  }
  const launchServer = async (): Promise<Running> => {
    const server = await startEmbedded(config, { sockets, log })
    url = server.url
    return { ...server, kill: () => process.kill(server.pid, 'SIGQUIT') }
  }
  parts.list.push(await keep('PostgreSQL', () => pids.noted('postgres', launchServer()), options.say))
  return url
}

/** Builds the pages if their sources changed; in a process of its own, since the builder is large. */
async function buildWeb({ say }: Options): Promise<void> {
  let said = ''
  const builder = await launchProgram('apps/start/build-web.ts', {}, (stderr) =>
    stderr.on('data', (piece) => {
      said += piece
      if (/^Building/.test(String(piece))) say(String(piece).trim())
    }),
  )
  await builder.ended
  if (builder.code() !== 0) throw new OperatorError(`The pages could not be built:\n${said.trim()}`)
}

async function makeFolders(data: string): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o711 })
  for (const name of ['run', 'files', 'uploads', 'door']) {
    await mkdir(join(data, name), { recursive: true, mode: 0o700 })
  }
}

/** What the doors show the workspace; made once. */
async function makeSecret({ data, feedSecret }: Config): Promise<void> {
  if (feedSecret) return
  const secret = `${randomBytes(32).toString('base64url')}\n`
  await writeFile(join(data, 'door.secret'), secret, { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
}

function environment(config: Config, socket: string): Record<string, string> {
  return {
    PREAU_DATA: config.data,
    PREAU_HOST: config.host,
    PREAU_PORT: String(config.port),
    PREAU_SOCKET: socket,
    PREAU_LOG: config.logLevel,
    PREAU_NOW_OFFSET_MS: String(config.clockOffset),
    ...(config.tls && { PREAU_TLS_CERT: config.tls.certificate, PREAU_TLS_KEY: config.tls.key }),
    ...(config.feedSecret && { PREAU_FEED_SECRET: config.feedSecret }),
  }
}

/** Resolves when the door answers and the workspace behind it; a part that ends before that is a failure. */
async function untilOpen(config: Config, kept: Kept[], asked: AbortSignal): Promise<void> {
  const over = new AbortController()
  const ended = Promise.race(kept.map((part) => part.firstEnd)).then(() => 'ended')
  const outcome = await Promise.race([ended, answers(config, AbortSignal.any([over.signal, asked]))])
  over.abort()
  asked.throwIfAborted()
  if (outcome === 'open') return
  throw new OperatorError(
    outcome === 'ended'
      ? 'Préau could not start: the workspace or the door ended at once; the reason stands above.'
      : 'Préau could not start: the door did not answer within a minute.',
  )
}

type Pids = Partial<Record<'start' | 'postgres' | 'workspace' | 'door', number>>

/** Who runs as which process, in run/pids.json: for operators, and for tests that kill. */
function pidFile(data: string) {
  const path = join(data, 'run', 'pids.json')
  const pids: Pids = { start: process.pid }
  let writing = Promise.resolve()
  const write = async () => {
    await writeFile(`${path}.new`, `${JSON.stringify(pids)}\n`)
    await rename(`${path}.new`, path)
  }
  return {
    path,
    async noted(name: keyof Pids, launching: Promise<Running>): Promise<Running> {
      const running = await launching
      pids[name] = running.pid
      // One after the other; and a list that cannot be written is no reason to lose sight of what runs.
      writing = writing.then(write).catch(() => {})
      await writing
      return running
    },
  }
}
