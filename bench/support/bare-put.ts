// The physical limit for uploads: a process that does nothing but write what is PUT to it into a file, and sync it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { BenchOptions } from './report.ts'

const program = `
import { createServer } from 'node:http'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
const folder = process.argv[1]
const server = createServer(async (request, response) => {
  const path = folder + '/' + request.url.slice(1).replaceAll('/', '_')
  await pipeline(request, createWriteStream(path, { flush: true }))
  response.writeHead(201).end()
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

/** Starts it; gives its address and its process. */
export async function openBarePut(
  bench: BenchOptions,
  folder: string,
): Promise<{ url: string; pid: number }> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  bench.afterwards(async () => void child.kill())
  const [port] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return { url: `http://127.0.0.1:${String(port).trim()}`, pid: child.pid as number }
}
