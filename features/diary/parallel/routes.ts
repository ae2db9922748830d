// The addresses for carrying lessons over to parallel classes.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { mondayOf } from '#platform/calendar'
import { Day, IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { ClassId } from '#platform/ids'
import { copyEntries, parallelsOf, undoCopies } from './actions.ts'
import { Copies, Undo } from './contract.ts'

const OfWeek = {
  params: Type.Object({ classId: IdOf<ClassId>() }),
  querystring: Type.Object({ week: Day }),
}

export function parallelRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/classes/:classId/diary/parallels', { schema: OfWeek }, (request) =>
      parallelsOf(ctx, whoOf(request), request.params.classId, mondayOf(request.query.week)),
    )
    app.post('/api/entries/copies', { schema: { body: Copies } }, (request) =>
      copyEntries(ctx, whoOf(request), request.body),
    )
    app.post('/api/entries/copies/undo', { schema: { body: Undo } }, (request) =>
      undoCopies(ctx, whoOf(request), request.body),
    )
  }
}
