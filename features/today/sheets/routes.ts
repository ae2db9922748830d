// The address of sheets that no door holds: other days, other weeks. The door answers the rest from its memory.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { encodeText, sendEncoded } from '#platform/encoded'
import type { Routes } from '#platform/http'
import { sheetFor } from './actions.ts'

const params = Type.Object({
  key: Type.String({ maxLength: 40 }),
  kind: Type.Union([Type.Literal('day'), Type.Literal('week')]),
  // A day that does not exist has no sheet: absent, not wrong.
  date: Type.String({ maxLength: 10 }),
})

export function sheetRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/sheets/:key/:kind/:date', { schema: { params } }, async (request, reply) => {
      const { key, kind, date } = request.params
      const { json, version } = await sheetFor(ctx, whoOf(request), key, kind, date)
      // As the door has it, which sends the same sheet when it holds it.
      return sendEncoded(request, reply, { ...encodeText(json), etag: `W/"${version}"` })
    })
  }
}
