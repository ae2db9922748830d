// What a request asks for, by its address alone. Pure: the first thing that a stranger's bytes meet.

/** Who answers a request. */
export type Kind =
  | 'health'
  | 'ready'
  | 'receipts'
  | 'waiting'
  | 'day'
  | 'asset'
  | 'shell'
  | 'sheet'
  | 'hidden'
  | 'workspace'

const longest = 8192
const printable = /^\/[\x21-\x7e]*$/
const neverRaw = /[\\#]|^\/\//
const neverDecoded = /[\x00-\x1f\x7f\\]|\/\/|\/\.\.?(\/|$)/

/**
 * The decoded path of a request target, or null when it is one that no browser of ours sends: another site's address
 * (absolute form), damaged escapes, control characters, `..`, or a slash in disguise.
 */
export function pathOf(target: string): string | null {
  if (target.length > longest || !printable.test(target) || neverRaw.test(target)) return null
  const query = target.indexOf('?')
  const raw = query < 0 ? target : target.slice(0, query)
  if (!raw.includes('%')) return neverDecoded.test(raw) ? null : raw
  if (/%2f/i.test(raw)) return null
  try {
    const path = decodeURIComponent(raw)
    return neverDecoded.test(path) ? null : path
  } catch {
    return null
  }
}

const own: Readonly<Record<string, Kind>> = {
  '/healthz': 'health',
  '/readyz': 'ready',
  '/.well-known/preau-receipts.json': 'receipts',
  '/waiting': 'waiting',
  '/today/plain': 'day',
  // Browsers ask for it by themselves: answered here, there or not.
  '/favicon.ico': 'asset',
}
const ofTheWorkspace = /^\/(api|files|\.well-known)(\/|$)/

/**
 * Who answers. `path` is decoded, `isFile` says whether the web shell's folder has it. Only reading can be the door's
 * own business; whatever else is sent goes to the workspace, except what is hidden.
 */
export function kindOf(method: string, path: string, acceptsHtml: boolean, isFile: boolean): Kind {
  if (/^\/internal(\/|$)/i.test(path)) return 'hidden'
  const special = own[path]
  if (special) return special
  if (path.startsWith('/sheets/')) return 'sheet'
  if (path.startsWith('/assets/')) return 'asset'
  if (ofTheWorkspace.test(path) || !isReading(method)) return 'workspace'
  if (isFile) return 'asset'
  return acceptsHtml ? 'shell' : 'workspace'
}

/** Whether a method only reads, and may be sent twice. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Methods that are passed on; anything else is answered 405. */
export const methods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
])
