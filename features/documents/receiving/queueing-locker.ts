// One request at a time on an upload. Whoever comes second asks the first to let go and then waits in line; the
// library's own locker would look again at every turn of the event loop, and take a core for it.
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server'

const longestWait = 30_000

type Waiter = { take: () => void; askFirst: RequestRelease }
type Line = { holder: RequestRelease; asked: boolean; waiting: Waiter[] }

/** Locks by upload within this process: first come, first served. */
export class QueueingLocker implements Locker {
  readonly #lines = new Map<string, Line>()

  newLock(id: string): Lock {
    return {
      lock: (signal, release) => this.#lock(id, signal, release),
      unlock: async () => this.#unlock(id),
    }
  }

  /** @throws ERR_LOCK_TIMEOUT after 30 seconds, or when `signal` aborts */
  async #lock(id: string, signal: AbortSignal, release: RequestRelease): Promise<void> {
    const line = this.#lines.get(id)
    if (!line) return void this.#lines.set(id, { holder: release, asked: false, waiting: [] })
    const taken = this.#wait(line, signal, release)
    await this.#ask(line)
    await taken
  }

  #wait(line: Line, signal: AbortSignal, release: RequestRelease): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', leave)
      }
      const waiter: Waiter = {
        askFirst: release,
        take: () => {
          settle()
          resolve()
        },
      }
      const leave = () => {
        settle()
        line.waiting = line.waiting.filter((other) => other !== waiter)
        reject(ERRORS.ERR_LOCK_TIMEOUT)
      }
      const timer = setTimeout(leave, longestWait)
      signal.addEventListener('abort', leave)
      line.waiting.push(waiter)
      if (signal.aborted) leave()
    })
  }

  async #ask(line: Line): Promise<void> {
    if (line.asked) return
    line.asked = true
    await line.holder()
  }

  #unlock(id: string): void {
    const line = this.#lines.get(id)
    const next = line?.waiting.shift()
    if (!line || !next) return void this.#lines.delete(id)
    line.holder = next.askFirst
    line.asked = line.waiting.length > 0
    next.take()
    if (line.asked) void line.holder()
  }
}
