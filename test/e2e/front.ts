// The pages before a workspace whose clock is fed: what a door does for one browser, without a process of its own.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type BrowserContext, chromium } from 'playwright-core'
import { afterAll } from 'vitest'
import type { TestWorkspace } from '#test/app'
import type { TestPerson } from '#test/world'
import { buildWeb } from '../../web/build.ts'
import { file } from './fixture-server.ts'

export type Front = {
  url: string
  /** A browser in which somebody is signed in. */
  device(person: TestPerson, width?: number): Promise<BrowserContext>
}

const root = new URL('../..', import.meta.url).pathname

/** Opens a front on a free port and a browser; both end with the test file. */
export async function openFront(w: TestWorkspace): Promise<Front> {
  const { folder } = await buildWeb({ root, log: () => {} })
  const server = createServer(async (request, response) => {
    response.sendDate = false
    response.setHeader('date', new Date(w.clock.now()).toUTCString())
    const path = request.url ?? '/'
    if (!/^\/(api|sheets|files)\//.test(path)) return file(folder, path.split('?')[0] ?? '/', response)
    const answer = await forward(w, request, path)
    const { date: _, connection: _c, 'transfer-encoding': _t, ...headers } = answer.headers
    response.writeHead(answer.statusCode, headers as Record<string, string>).end(answer.rawPayload)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath: process.env.PREAU_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
  })
  return {
    url,
    device: async (person, width = 360) => {
      const device = await browser.newContext({
        baseURL: url,
        viewport: { width, height: width < 600 ? 740 : 800 },
        ...{ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' },
      })
      const renewed = await (await w.as(person)).post('/api/session/renew')
      await device.addCookies(
        renewed.cookies.map(({ name, value }) => ({ name, value: encodeURIComponent(value), url })),
      )
      return device
    },
  }
}

async function forward({ app }: TestWorkspace, request: IncomingMessage, path: string) {
  const payload = await buffer(request)
  const method = (request.method ?? 'GET') as 'GET'
  const headers = request.headers as Record<string, string>
  return app.inject({ method, url: path, headers, ...(payload.length > 0 ? { payload } : {}) })
}
