// The addresses of the diary's history.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { ClassId } from '#platform/ids'
import { periodOf, yearOf } from './actions.ts'
import { Span } from './contract.ts'

const params = Type.Object({ classId: IdOf<ClassId>() })
export function historyRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/classes/:classId/diary/year', { schema: { params } }, (request) =>
      yearOf(ctx, whoOf(request), request.params.classId),
    )
    app.get('/api/classes/:classId/diary/period', { schema: { params, querystring: Span } }, (request) =>
      periodOf(ctx, whoOf(request), request.params.classId, request.query),
    )
  }
}
