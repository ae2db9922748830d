// Tries again for as long as it takes, ever more rarely and never in step with the rest of the class.
import { jitter, Refusal } from '#web/api.ts'
import { onceBack } from '#web/connection.svelte.ts'

const doublings = 5

/** Whether trying again later may help: no line, a workspace that is away or full, an upload still held by its last try. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  const { code, status } = error
  if (code === 'file.disk-full') return false
  // A conflict without a code is tus's own: the offset has moved on.
  if (status === 409) return code === 'unexpected' || code === 'file.upload-unfinished'
  return (
    code === 'offline' || code === 'workspace.away' || [0, 408, 423, 425, 429, 502, 503, 504].includes(status)
  )
}

/** Waits up to `ms`, less when the line or the workspace is back. @throws the signal's reason */
export function pauseOrLine(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (then: () => void) => () => {
      clearTimeout(timer)
      removeEventListener('online', back)
      signal?.removeEventListener('abort', stop)
      unhook()
      then()
    }
    let timer = setTimeout(() => done(), ms)
    const done = end(resolve)
    const stop = end(() => reject(signal?.reason))
    const back = () => {
      clearTimeout(timer)
      timer = setTimeout(() => done(), jitter(0, Math.min(ms, 1_500)))
    }
    const unhook = onceBack(back)
    addEventListener('online', back)
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
  })
}

/**
 * Does `work` until it succeeds or is refused for good. `waiting` is told before each pause; `work` may call `moved`
 * when something got through, so that the pauses start short again.
 */
export async function untilDone<T>(
  work: (moved: () => void) => Promise<T>,
  options: { signal?: AbortSignal; waiting?: () => void } = {},
): Promise<T> {
  let tries = 0
  for (;;) {
    options.signal?.throwIfAborted()
    try {
      return await work(() => {
        tries = 0
      })
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!mayPass(error)) throw error
      options.waiting?.()
      const asked = error instanceof Refusal ? Number(error.facts.seconds) || 0 : 0
      await pauseOrLine(asked * 1000 + 300 + jitter(Math.min(tries++, doublings)), options.signal)
    }
  }
}
