// The addresses of a pupil's history.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { ClassId, PersonId } from '#platform/ids'
import { viewHistory, viewHistoryInClass } from './history-actions.ts'

const year = Type.Optional(Type.Integer({ minimum: 1990, maximum: 2200 }))
const Asked = Type.Object({ child: Type.Optional(IdOf<PersonId>()), year })
const OfPupil = Type.Object({ classId: IdOf<ClassId>(), pupilId: IdOf<PersonId>() })

/** Adds them. */
export function history(app: App, ctx: Ctx): void {
  app.get('/api/history', { schema: { querystring: Asked } }, (request) =>
    viewHistory(ctx, whoOf(request), request.query.child, request.query.year),
  )
  app.get(
    '/api/classes/:classId/pupils/:pupilId/history',
    { schema: { params: OfPupil, querystring: Type.Object({ year }) } },
    (request) => {
      const { classId, pupilId } = request.params
      return viewHistoryInClass(ctx, whoOf(request), classId, pupilId, request.query.year)
    },
  )
}
