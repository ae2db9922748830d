// The address of the personal part: the workspace's hottest, so it does nothing but look up and send.
import { whoOf } from '#features/people'
import { sendEncoded } from '#platform/encoded'
import type { Routes } from '#platform/http'
import { absent } from '#platform/refusal'
import type { Warm } from './warm.ts'

export function personalRoutes(warm: Warm): Routes {
  return (app) => {
    app.get('/api/today', async (request, reply) => {
      const part = await warm.partOf(whoOf(request).account)
      if (!part) throw absent()
      return sendEncoded(request, reply, part)
    })
  }
}
