// Which headers pass the door, in both directions. Pure. What is not about the message but about one connection stays
// on its side (RFC 9110 §7.6.1), and nobody outside may say what only the door knows.

// Hop by hop; `expect` is answered by the door itself.
const ofOneConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'http2-settings',
])
const spoofable = /^(x-forwarded|x-preau-|x-real-ip$|x-request-id$|forwarded$|via$|x-client-|true-client)/

/** The names that a Connection header lists: they end with the connection, too. */
export function namedByConnection(connection: string | undefined): ReadonlySet<string> | null {
  if (!connection || connection.length < 12) {
    // The two values that browsers send name nothing.
    if (!connection || /^(keep-alive|close)$/i.test(connection)) return null
  }
  return new Set(connection.toLowerCase().split(/\s*,\s*/))
}

/** What the door adds to a request. */
export type Added = { proto: 'http' | 'https'; requestId: string }

const hostName = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

/**
 * The headers that go to the workspace, as name, value, name, value …; null when the request names no host, two, or
 * a strange one. `raw` as Node gives it: nothing of it is lost or joined.
 */
export function toWorkspace(
  raw: readonly string[],
  connection: string | undefined,
  added: Added,
): string[] | null {
  const named = namedByConnection(connection)
  const out: string[] = []
  let host: string | undefined
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase()
    const value = raw[i + 1] as string
    if (name === 'host') {
      if (host !== undefined) return null
      host = value
    } else if (ofOneConnection.has(name) || spoofable.test(name) || named?.has(name)) continue
    out.push(name, value)
  }
  if (host === undefined || !hostName.test(host)) return null
  out.push('x-forwarded-proto', added.proto, 'x-forwarded-host', host, 'x-request-id', added.requestId)
  return out
}

type Answered = Readonly<Record<string, string | string[] | undefined>>

/** The headers of the workspace's answer that go to the browser, and the door's own `extra` where it set none. */
export function toBrowser(answered: Answered, extra: readonly string[]): string[] {
  const named = namedByConnection(answered.connection as string | undefined)
  const out: string[] = []
  for (const name in answered) {
    if (ofOneConnection.has(name) || named?.has(name)) continue
    const value = answered[name]
    if (Array.isArray(value)) for (const one of value) out.push(name, one)
    else if (value !== undefined) out.push(name, value)
  }
  for (let i = 0; i < extra.length; i += 2) {
    const name = extra[i] as string
    if (answered[name] === undefined) out.push(name, extra[i + 1] as string)
  }
  return out
}
