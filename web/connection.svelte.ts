// What the last answers told about the way to the server: all is well, the workspace is away, or the line is cut.

export type Connection = 'ok' | 'away' | 'offline'

let state = $state<Connection>(navigator.onLine ? 'ok' : 'offline')
const whenBack = new Set<() => void>()

/** How things stand, by what was last seen; never guessed. */
export function connection(): Connection {
  return state
}

/** Tells what an answer (or its absence) showed. */
export function saw(next: Connection): void {
  const back = state !== 'ok' && next === 'ok'
  state = next
  if (back) for (const run of whenBack) run()
  if (next === 'away') askAgain()
}

let asking: ReturnType<typeof setTimeout> | undefined
let wait = 0

/** While the workspace is away, asks the door whether it is back: after some seconds, then ever more patiently. */
function askAgain(): void {
  if (asking) return
  wait = Math.min(60_000, wait ? wait * 1.6 : 4_000)
  asking = setTimeout(
    async () => {
      asking = undefined
      if (state !== 'away') return
      const ready = await fetch('/readyz').then(
        (answer) => answer.ok,
        () => false,
      )
      if (state !== 'away') return
      if (!ready) return askAgain()
      wait = 0
      saw('ok')
    },
    wait * (0.75 + Math.random() / 2),
  )
}

/** Runs something each time the workspace has come back; returns how to stop that. */
export function onceBack(run: () => void): () => void {
  whenBack.add(run)
  return () => whenBack.delete(run)
}

addEventListener('offline', () => saw('offline'))
