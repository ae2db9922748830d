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
}

/** Runs something each time the workspace has come back; returns how to stop that. */
export function onceBack(run: () => void): () => void {
  whenBack.add(run)
  return () => whenBack.delete(run)
}

addEventListener('offline', () => saw('offline'))
