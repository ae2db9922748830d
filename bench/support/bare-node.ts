// The physical limit beside which we stand: a bare node:http server that answers the same bytes to everything.
// Bytes come on standard input as JSON { body: base64, headers }; the port goes out as a line.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

const { body, headers } = JSON.parse(await text(process.stdin)) as {
  body: string
  headers: Record<string, string>
}
const bytes = Buffer.from(body, 'base64')
const all = { ...headers, 'content-length': bytes.length }
const server = createServer((_request, response) => {
  response.writeHead(200, all)
  response.end(bytes)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
