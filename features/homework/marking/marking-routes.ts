// The addresses of marking, for the teachers of a class.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { GiveBack, ResultDraft } from '../contract.ts'
import * as actions from './marking-actions.ts'

const OfClass = Type.Object({ classId: IdOf<ClassId>() })
const OfHomework = Type.Object({ homeworkId: IdOf<HomeworkId>() })
const OfCopy = Type.Object({ homeworkId: IdOf<HomeworkId>(), pupilId: IdOf<PersonId>() })

/** Adds the routes. */
export function marking(app: App, ctx: Ctx): void {
  app.get('/api/classes/:classId/grid', { schema: { params: OfClass } }, (request) =>
    actions.viewGrid(ctx, whoOf(request), request.params.classId),
  )
  app.get('/api/homework/:homeworkId/pupils/:pupilId', { schema: { params: OfCopy } }, (request) =>
    actions.viewCopy(ctx, whoOf(request), request.params.homeworkId, request.params.pupilId),
  )
  app.put(
    '/api/homework/:homeworkId/pupils/:pupilId/result',
    { schema: { params: OfCopy, body: ResultDraft } },
    (request) => {
      const { homeworkId, pupilId } = request.params
      return actions.saveResult(ctx, whoOf(request), homeworkId, pupilId, request.body)
    },
  )
  app.post(
    '/api/homework/:homeworkId/give-back',
    { schema: { params: OfHomework, body: GiveBack } },
    (request) => actions.giveBack(ctx, whoOf(request), request.params.homeworkId, request.body),
  )
}
