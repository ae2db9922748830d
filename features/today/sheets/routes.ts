// The address of sheets that no door holds: other days, other weeks, other homework. The door answers the rest from its
// memory.
import { Type } from 'typebox'
import { type Who, whoOf } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { encodeText, sendEncoded } from '#platform/encoded'
import type { Routes } from '#platform/http'
import { type HomeworkId, isId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { homeworkSheetFor, sheetFor } from './actions.ts'

const params = Type.Object({
  key: Type.String({ maxLength: 40 }),
  kind: Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('homework')]),
  /** A date, or homework's id. A day that does not exist has no sheet: absent, not wrong. */
  which: Type.String({ maxLength: 36 }),
})

export function sheetRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/sheets/:key/:kind/:which', { schema: { params } }, async (request, reply) => {
      const { key, kind, which } = request.params
      const { json, version } = await sheetNamed(ctx, whoOf(request), key, kind, which)
      // As the door has it, which sends the same sheet when it holds it.
      return sendEncoded(request, reply, { ...encodeText(json), etag: `W/"${version}"` })
    })
  }
}

function sheetNamed(ctx: Ctx, who: Who, key: string, kind: 'day' | 'week' | 'homework', which: string) {
  if (kind !== 'homework') return sheetFor(ctx, who, key, kind, which)
  if (!isId(which)) throw absent()
  return homeworkSheetFor(ctx, who, key, which as HomeworkId)
}
