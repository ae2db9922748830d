// Whether the workspace answers, for those who watch the door. Asked at most once a second, however many watch; while
// it is away ten times a second, so that its coming back is seen at once.
import { Client } from 'undici'
import { ticks } from '#platform/clock'

export type Prober = {
  /** Whether the workspace's own `/readyz` says 200 within two seconds. */
  ready(): Promise<boolean>
  close(): Promise<void>
}

const freshMs = { ready: 1000, away: 100 }
const patienceMs = 2000

/** A probe over a connection of its own: it needs no place among the requests. */
export function prober(socket: string): Prober {
  const client = new Client('http://workspace', { socketPath: socket })
  let asked = Number.NEGATIVE_INFINITY
  let known: Promise<boolean> = Promise.resolve(false)
  let wasReady = false
  let asking = false

  async function ask(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(patienceMs)
      const { statusCode, body } = await client.request({ method: 'GET', path: '/readyz', signal })
      await body.dump()
      return statusCode === 200
    } catch {
      return false
    }
  }

  return {
    ready() {
      const now = ticks()
      if (!asking && now - asked >= (wasReady ? freshMs.ready : freshMs.away)) {
        asked = now
        asking = true
        known = ask().then((ready) => {
          asking = false
          wasReady = ready
          return ready
        })
      }
      return known
    },
    close: () => client.destroy(),
  }
}
