// A Node request as the web's Request, and a web Response as Node's answer: the library speaks web. Its own adapter copies
// every chunk of a body once more, which is a fifth of what an upload costs.

import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The chunks of a request as they come, without copying them; breaks off when the sender does. */
function bodyOf(req: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = req.iterator({ destroyOnReturn: false })
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value as Buffer)
      },
      async cancel() {
        await chunks.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The web's Request; `runtime.node` on it is what the tus server looks at to notice a sender who leaves. */
export function webRequest(req: IncomingMessage, res: ServerResponse): Request {
  const url = new URL(req.url ?? '/', `http://${req.headers.host ?? 'localhost'}`)
  const headers = Object.entries(req.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const withBody = req.method === 'PATCH' || req.method === 'POST'
  const request = new Request(url, {
    method: req.method ?? 'GET',
    headers,
    ...(withBody ? { body: bodyOf(req), duplex: 'half' } : {}),
  })
  return Object.assign(request, { runtime: { name: 'node', node: { req, res } } })
}

/** Sends a web Response whose body is small. */
export async function answerNode(response: Response, res: ServerResponse): Promise<void> {
  if (res.destroyed) return
  res.writeHead(response.status, Object.fromEntries(response.headers))
  res.end(Buffer.from(await response.arrayBuffer()))
  await once(res, 'close').catch(() => {})
}
