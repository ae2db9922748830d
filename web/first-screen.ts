// Puts what the first screen needs into one file: many small ones compress worse, and a bundler left alone makes a file
// of its own for every set of parts that two later pages share.
import { fileURLToPath } from 'node:url'

type Graph = { getModuleInfo(id: string): { importedIds: readonly string[] } | null }

let reached: Set<string> | undefined

function reachedFrom(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry])
  for (const id of found) {
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  }
  return found
}

/**
 * What Svelte's index re-exports and only forms and other later pages use. If the first screen ever needs one of them,
 * it is fetched beside it, and the size test tells.
 */
const forLaterPages =
  /svelte\/src\/(?:internal\/client\/dom\/(?:elements\/(?:custom-element|bindings\/(?:select|input|size))|blocks\/html)|legacy\/|internal\/shared\/clone)/

/** A group for the bundler: all that main.ts reaches without a dynamic import. */
export const firstScreenInOnePiece = {
  debugName: 'first screen',
  name(id: string, graph: Graph): string | null {
    reached ??= reachedFrom(fileURLToPath(new URL('./main.ts', import.meta.url)), graph)
    return reached.has(id) && !forLaterPages.test(id) ? 'first' : null
  },
}

const components = fileURLToPath(new URL('./components/', import.meta.url))

/** A group for the bundler: the small components of later pages in one file, instead of one or two files for each. */
export const componentsInOnePiece = {
  debugName: 'components',
  name(id: string): string | null {
    return id.startsWith(components) && !id.includes('RichTextEditor') ? 'components' : null
  },
}
