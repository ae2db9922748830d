// The address of what was written ahead.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { ClassId } from '#platform/ids'
import { Span } from '../history/contract.ts'
import { aheadOf } from './actions.ts'

const schema = { params: Type.Object({ classId: IdOf<ClassId>() }), querystring: Span }

export function aheadRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/classes/:classId/diary/ahead', { schema }, (request) =>
      aheadOf(ctx, whoOf(request), request.params.classId, request.query),
    )
  }
}
