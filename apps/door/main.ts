// The door process: reads its settings, opens the door, and listens for browsers. It needs no database, and neither the
// workspace nor the web shell has to be there when it starts.
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { openDoor } from '#door/door'
import { listen } from '#door/listen'
import type { Options } from '#door/options'
import { type Clock, systemClock } from '#platform/clock'
import { openLog } from '#platform/log'
import { partConfig, readSecret, runPart } from '../part.ts'
import { limitsFrom } from './limits.ts'

/** In a rehearsal at another time, answers carry that time: pages learn theirs from it. */
function dated(listener: RequestListener, clock: Clock): RequestListener {
  return (req, res) => {
    res.setHeader('date', new Date(clock.now()).toUTCString())
    listener(req, res)
  }
}

async function main(): Promise<{ end(): Promise<void> }> {
  const config = partConfig('door')
  const limits = limitsFrom(process.env)
  const options: Options = {
    ...limits,
    socket: config.socket,
    folder: join(config.data, 'door'),
    web: process.env.PREAU_WEB || join(import.meta.dirname, '../../web/dist'),
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
