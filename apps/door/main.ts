// The door process: reads its settings, opens the door, and listens for browsers. It needs no database, and neither the
// workspace nor the web shell has to be there when it starts.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDoor } from '#door/door'
import { listen } from '#door/listen'
import { type Limits, type Options, usual } from '#door/options'
import { systemClock } from '#platform/clock'
import { openLog } from '#platform/log'
import { OperatorError } from '#platform/operator-error'

const env = process.env

function text(name: string, fallback?: string): string {
  const value = env[name] || fallback
  if (value !== undefined) return value
  throw new OperatorError(`The door needs ${name}. See: npm run -s preau -- door --help`)
}

function whole(name: string, fallback: number): number {
  const value = env[name] ? Number(env[name]) : fallback
  if (Number.isInteger(value) && value >= 0) return value
  throw new OperatorError(`${name} must be a whole number, not "${env[name]}".`)
}

function settings() {
  const data = text('PREAU_DATA', './data')
  const [cert, key] = [env.PREAU_TLS_CERT, env.PREAU_TLS_KEY]
  if (Boolean(cert) !== Boolean(key))
    throw new OperatorError('PREAU_TLS_CERT and PREAU_TLS_KEY go together: set both or neither.')
  const patience = whole('PREAU_DOOR_PATIENCE_MS', usual.sending.idleMs)
  const limits: Limits = {
    ...usual,
    sending: { ...usual.sending, idleMs: patience },
    headersMs: Math.min(patience, usual.headersMs),
    checkMs: Math.min(patience / 2, usual.checkMs),
    zone: text('PREAU_ZONE', usual.zone),
    inFlight: whole('PREAU_DOOR_INFLIGHT', usual.inFlight),
    longInFlight: whole('PREAU_DOOR_LONG_INFLIGHT', usual.longInFlight),
    queue: whole('PREAU_DOOR_QUEUE', usual.queue),
    connections: whole('PREAU_DOOR_CONNECTIONS', usual.connections),
    sheetBytes: whole('PREAU_DOOR_SHEET_MB', usual.sheetBytes / 1024 ** 2) * 1024 ** 2,
  }
  const options: Options = {
    ...limits,
    socket: text('PREAU_SOCKET'),
    folder: join(data, 'door'),
    web: text('PREAU_WEB', join(import.meta.dirname, '../../web/dist')),
    secret: async () => env.PREAU_FEED_SECRET || (await readFile(join(data, 'door.secret'), 'utf8')).trim(),
    tls: Boolean(cert),
  }
  const at = {
    host: text('PREAU_HOST', '127.0.0.1'),
    port: whole('PREAU_PORT', 8080),
    certificate: cert && key ? { cert, key } : null,
  }
  return { limits, options, at }
}

async function main(): Promise<void> {
  const { limits, options, at } = settings()
  const log = openLog('door', text('PREAU_LOG', 'info'))
  const door = await openDoor(options, systemClock(Number(env.PREAU_NOW_OFFSET_MS || 0)), log)
  const listening = await listen(door.listener, limits, at, log)
  log.info({ address: listening.address }, 'the door is open')

  let ending = false
  async function end(): Promise<void> {
    if (ending) return
    ending = true
    await listening.close()
    await door.close()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', () => void Promise.all([door.reload(), listening.reload()]))
  // A supervisor that is gone leaves no orphan: it holds our standard input.
  if (env.PREAU_CHILD === '1') process.stdin.on('end', end).resume()
}

main().catch((error) => {
  if (error instanceof OperatorError) process.stderr.write(`${error.message}\n`)
  else console.error(error)
  process.exit(1)
})
