// A workspace that does nothing but answer: the least that a door can have behind it. Fastify on a Unix socket, with a
// feed of one key and one sheet. What to say comes on standard input as JSON.
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'

export type SmallWorkspace = { socket: string; records: unknown[]; answer: unknown }

const { socket, records, answer } = JSON.parse(await text(process.stdin)) as SmallWorkspace
const app = fastify({ keepAliveTimeout: 0, requestTimeout: 0 })
app.get('/internal/feed', (_request, reply) => {
  reply.hijack()
  reply.raw.writeHead(200)
  for (const record of records) reply.raw.write(`${JSON.stringify(record)}\n`)
})
app.get('/readyz', async () => ({ ready: true }))
app.get('/api/today', async () => answer)
await app.listen({ path: socket })
console.log('listening')
