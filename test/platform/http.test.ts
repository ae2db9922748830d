// Requests that are refused while their body is still on its way.
import { expect, test } from 'vitest'
import { openApp } from '#platform/http'
import { openLog } from '#platform/log'

test('a body that is too large is refused without closing the line on which the door still writes', async () => {
  const app = openApp(openLog('test', 'silent'), {})
  app.post('/', (request) => request.body)
  const { statusCode, headers, body } = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    payload: `"${'x'.repeat(2 * 1024 * 1024)}"`,
  })
  expect([statusCode, JSON.parse(body).code]).toEqual([413, 'request.too-large'])
  expect(headers.connection).not.toBe('close')
})
