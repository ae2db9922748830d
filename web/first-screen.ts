// Puts what the first screen needs into one file: many small ones compress worse, and a bundler left alone makes a file
// of its own for every set of parts that two later pages share.
import { fileURLToPath } from 'node:url'

type Graph = { getModuleInfo(id: string): { importedIds: readonly string[]; isEntry: boolean } | null }

let reached: Set<string> | undefined

function reachedFrom(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry])
  for (const id of found) {
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  }
  return found
}

/** A group for the bundler: all that main.ts reaches without a dynamic import. */
export const firstScreenInOnePiece = {
  debugName: 'first screen',
  name(id: string, graph: Graph): string | null {
    reached ??= reachedFrom(fileURLToPath(new URL('./main.ts', import.meta.url)), graph)
    return reached.has(id) ? 'first' : null
  },
}
