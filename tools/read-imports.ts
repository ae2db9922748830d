// Reads a source file's imports as text, without a compiler, so that the whole house is checked in a tenth of a second.
import { posix } from 'node:path'

export type SourceFile = { path: string; text: string }

export type Import = {
  line: number
  /** As written. */
  spec: string
  /** The repository's file that is meant, or undefined for a package. */
  file?: string
  /** Erased before the program runs. */
  typeOnly: boolean
}

const statement = /^[ \t]*(import|export)\s+(type\s+)?(?:[^'"`;()]*?\bfrom\s+)?['"]([^'"\n]+)['"]/gm
const call = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)(\.[A-Za-z])?/g

/** Source without its comments, line by line as before; good enough to look for words in it. */
export function withoutComments(text: string): string {
  const keepLines = (piece: string) => piece.replace(/[^\n]/g, '')
  return text
    .replace(/\/\*[\s\S]*?\*\//g, keepLines)
    .replace(/<!--[\s\S]*?-->/g, keepLines)
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Every import and re-export of a file, dynamic ones included. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const source = withoutComments(text)
  const lineAt = (index: number) => source.slice(0, index).split('\n').length
  const found: Import[] = []
  for (const match of source.matchAll(statement)) {
    const [whole, , type, spec = ''] = match
    const line = lineAt(match.index + whole.length)
    found.push({ line, spec, file: resolve(path, spec), typeOnly: Boolean(type) })
  }
  for (const match of source.matchAll(call)) {
    const [, spec = '', member] = match
    // `import('node:http').Server` names a type; `(await import(…)).x` has its parenthesis first.
    found.push({ line: lineAt(match.index), spec, file: resolve(path, spec), typeOnly: Boolean(member) })
  }
  return found
}

/** The file behind an import, as package.json's "imports" maps it. */
function resolve(from: string, spec: string): string | undefined {
  if (spec.startsWith('.')) return posix.join(posix.dirname(from), spec)
  if (!spec.startsWith('#')) return undefined
  const [head = '', ...rest] = spec.slice(1).split('/')
  const tail = rest.join('/')
  if (head === 'features') return `features/${tail}/index.ts`
  if (head === 'feature') return `features/${tail}`
  if (head === 'web') return `web/${tail}`
  if (head === 'migrations' && !tail) return 'migrations/index.ts'
  return `${head}/${tail}.ts`
}

/** The cycles of a graph, each once, as paths that end where they begin. */
export function cyclesOf(graph: Map<string, string[]>): string[][] {
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const cycles: string[][] = []
  const visit = (node: string) => {
    if (state.get(node) === 'done') return
    if (state.get(node) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(node)), node])
      return
    }
    state.set(node, 'open')
    trail.push(node)
    for (const next of graph.get(node) ?? []) visit(next)
    trail.pop()
    state.set(node, 'done')
  }
  for (const node of graph.keys()) visit(node)
  return cycles
}
