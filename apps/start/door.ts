// How the supervisor sees the door from outside: its address, and whether it and the workspace behind it answer.
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '#platform/config'

const everywhere = new Set(['0.0.0.0', '::'])
const here = new Set(['127.0.0.1', '::1', ...everywhere])

/** Where a browser on this machine finds the door. */
export function addressOf({ host, port, tls }: Pick<Config, 'host' | 'port' | 'tls'>): string {
  const name = here.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

function status(config: Config, path: string): Promise<number> {
  const host = everywhere.has(config.host) ? '127.0.0.1' : config.host
  // Only whether it answers matters here; its certificate names the outside world's name.
  const options = { host, port: config.port, path, agent: false, timeout: 5000, rejectUnauthorized: false }
  return new Promise((resolve) => {
    const request = (config.tls ? secure : plain)(options, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(0))
    request.end()
  })
}

/** Waits until the door says that the workspace answers too: "open", or "late" after a minute. */
export async function answers(config: Config, signal: AbortSignal): Promise<'open' | 'late'> {
  for (let asked = 0; asked < 1200 && !signal.aborted; asked++) {
    if ((await status(config, '/readyz')) === 200) return 'open'
    await pause(50)
  }
  return 'late'
}
