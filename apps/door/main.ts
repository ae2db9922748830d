// The door process: reads its settings, opens the door, and listens for browsers. It needs no database, and neither the
// workspace nor the web shell has to be there when it starts.
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { openDoor } from '#door/door'
import { listen } from '#door/listen'
import { type Limits, type Options, usual } from '#door/options'
import { type Clock, systemClock } from '#platform/clock'
import { openLog } from '#platform/log'
import { OperatorError } from '#platform/operator-error'
import { partConfig, readSecret, runPart } from '../part.ts'

const env = process.env

function whole(name: string, fallback: number): number {
  const value = env[name] ? Number(env[name]) : fallback
  if (Number.isInteger(value) && value >= 0) return value
  throw new OperatorError(`${name} must be a whole number, not "${env[name]}".`)
}

function limitsSet(): Limits {
  const patience = whole('PREAU_DOOR_PATIENCE_MS', usual.sending.idleMs)
  return {
    ...usual,
    sending: { ...usual.sending, idleMs: patience },
    headersMs: Math.min(patience, usual.headersMs),
    checkMs: Math.min(patience / 2, usual.checkMs),
    zone: env.PREAU_ZONE || usual.zone,
    inFlight: whole('PREAU_DOOR_INFLIGHT', usual.inFlight),
    longInFlight: whole('PREAU_DOOR_LONG_INFLIGHT', usual.longInFlight),
    queue: whole('PREAU_DOOR_QUEUE', usual.queue),
    connections: whole('PREAU_DOOR_CONNECTIONS', usual.connections),
    sheetBytes: whole('PREAU_DOOR_SHEET_MB', usual.sheetBytes / 1024 ** 2) * 1024 ** 2,
  }
}

/** In a rehearsal at another time, answers carry that time: pages learn theirs from it. */
function dated(listener: RequestListener, clock: Clock): RequestListener {
  return (req, res) => {
    res.setHeader('date', new Date(clock.now()).toUTCString())
    listener(req, res)
  }
}

async function main(): Promise<{ end(): Promise<void> }> {
  const config = partConfig('door')
  const limits = limitsSet()
  const options: Options = {
    ...limits,
    socket: config.socket,
    folder: join(config.data, 'door'),
    web: env.PREAU_WEB || join(import.meta.dirname, '../../web/dist'),
    secret: () => readSecret(config),
    tls: config.tls !== undefined,
  }
  const log = openLog('door', config.logLevel)
  const clock = systemClock(config.clockOffset)
  const door = await openDoor(options, clock, log)
  const certificate = config.tls ? { cert: config.tls.certificate, key: config.tls.key } : null
  const listener = config.clockOffset === 0 ? door.listener : dated(door.listener, clock)
  const listening = await listen(listener, limits, { ...config, certificate }, log)
  log.info({ address: listening.address }, 'the door is open')
  process.on('SIGHUP', () => void Promise.all([door.reload(), listening.reload()]))
  return {
    async end() {
      await listening.close()
      await door.close()
    },
  }
}

runPart(main)
