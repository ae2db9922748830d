// The sockets of the door: HTTP, or HTTPS with a certificate that may change; and the limits against slow clients.
import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Log } from '#platform/log'
import { OperatorError, systemCode } from '#platform/operator-error'
import type { Limits } from './options.ts'

export type Certificate = { cert: string; key: string }

export type Listening = {
  /** Where it listens, for people. */
  address: string
  /** Reads the certificate anew. */
  reload(): Promise<void>
  /** Takes no new requests, and ends those that are on within two seconds. */
  close(): Promise<void>
}

const closeAfterMs = 2000
const certificateEveryMs = 5000

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** The last words to a client whose bytes are not HTTP as we read it, or came too slowly. */
export function lastWords(code: string | undefined): string {
  const status = statuses[code ?? ''] ?? '400 Bad Request'
  return `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`
}

function serverOptions(limits: Limits) {
  return {
    // Two lengths, folded lines and the like are refused by the parser: they are how requests are smuggled.
    insecureHTTPParser: false,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    // A body may take as long as it makes progress, which the door watches itself.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
    noDelay: true,
    highWaterMark: 64 * 1024,
  }
}

async function readCertificate({ cert, key }: Certificate): Promise<{ cert: Buffer; key: Buffer }> {
  return { cert: await readFile(cert), key: await readFile(key) }
}

async function openServer(listener: RequestListener, limits: Limits, certificate: Certificate | null) {
  const options = serverOptions(limits)
  if (!certificate) return createServer(options, listener)
  try {
    const pair = await readCertificate(certificate)
    return createSecureServer({ ...options, ...pair, handshakeTimeout: limits.headersMs }, listener)
  } catch (error) {
    const why = (error as Error).message
    throw new OperatorError(`The door cannot use the certificate ${certificate.cert}: ${why}.`)
  }
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = systemCode(error) === 'EADDRINUSE'
      const why = taken ? 'another program listens there' : error.message
      reject(
        new OperatorError(`The door cannot open ${host}:${port}: ${why}. Set PREAU_PORT to another port.`),
      )
    })
    server.listen({ port, host, backlog: 4096 }, resolve)
  })
}

function watchCertificate(server: SecureServer, certificate: Certificate, log: Log) {
  // A half renewed pair does not fit together: the old one stays until the new one is whole.
  const reload = async () => {
    try {
      server.setSecureContext(await readCertificate(certificate))
      log.info('the certificate is read anew')
    } catch (error) {
      log.warn({ err: error }, 'the new certificate cannot be used yet')
    }
  }
  const files = [certificate.cert, certificate.key]
  for (const file of files)
    watchFile(file, { interval: certificateEveryMs, persistent: false }, () => void reload())
  const end = () => {
    for (const file of files) unwatchFile(file)
  }
  return { reload, end }
}

/** No browser sends a request before the last one is answered; who sends thousands wants to be answered thousands. */
const mostPipelined = 8

/**
 * Lets few requests through that were sent before earlier ones of their connection were answered, and then cuts it:
 * each would be read, and its answer kept in memory, as fast as bytes can be sent.
 */
export function withoutPipelines(listener: RequestListener): RequestListener {
  const counts = new WeakMap<Socket, number>()
  return (req, res) => {
    const { socket } = req
    if (socket.destroyed) return
    // An answer without a socket waits for another one to end.
    if (res.socket === null) {
      const count = (counts.get(socket) ?? 0) + 1
      if (count > mostPipelined) {
        socket.destroy()
        return
      }
      counts.set(socket, count)
      res.once('close', () => counts.set(socket, (counts.get(socket) ?? 1) - 1))
    }
    listener(req, res)
  }
}

/** Opens the door to browsers. @throws OperatorError when the port or the certificate cannot be used. */
export async function listen(
  listener: RequestListener,
  limits: Limits,
  at: { host: string; port: number; certificate: Certificate | null },
  log: Log,
): Promise<Listening> {
  const server = await openServer(withoutPipelines(listener), limits, at.certificate)
  server.maxConnections = limits.connections
  server.timeout = limits.stillMs
  server.on('clientError', (error, socket) => {
    const open = socket as Socket
    if (open.writable && systemCode(error) !== 'ECONNRESET') open.end(lastWords(systemCode(error)))
    else open.destroy()
  })
  await bind(server, at.host, at.port)
  const watched = at.certificate
    ? watchCertificate(server as SecureServer, at.certificate, log)
    : { reload: async () => {}, end: () => {} }
  const bound = server.address() as { address: string; port: number }
  const host = bound.address.includes(':') ? `[${bound.address}]` : bound.address
  return {
    address: `${at.certificate ? 'https' : 'http'}://${host}:${bound.port}`,
    reload: watched.reload,
    close: () => close(server, watched.end),
  }
}

function close(server: Server, end: () => void): Promise<void> {
  end()
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), closeAfterMs)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
