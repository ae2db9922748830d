// The addresses of scales, of what homework is marked by, and of kept remarks.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { HomeworkId, SchoolId } from '#platform/ids'
import { Marking, RemarkDraft, type RemarkId, Scales } from './contract.ts'
import * as remarks from './remark-actions.ts'
import * as actions from './scale-actions.ts'

const OfSchool = Type.Object({ schoolId: IdOf<SchoolId>() })
const OfHomework = Type.Object({ homeworkId: IdOf<HomeworkId>() })
const OfRemark = Type.Object({ remarkId: IdOf<RemarkId>() })

/** Adds them. */
export function scales(app: App, ctx: Ctx): void {
  app.get('/api/schools/:schoolId/scales', { schema: { params: OfSchool } }, (request) =>
    actions.viewScales(ctx, whoOf(request), request.params.schoolId),
  )
  app.put('/api/schools/:schoolId/scales', { schema: { params: OfSchool, body: Scales } }, (request) =>
    actions.decideScales(ctx, whoOf(request), request.params.schoolId, request.body),
  )
  app.get('/api/homework/:homeworkId/marking', { schema: { params: OfHomework } }, (request) =>
    actions.viewMarking(ctx, whoOf(request), request.params.homeworkId),
  )
  app.put('/api/homework/:homeworkId/marking', { schema: { params: OfHomework, body: Marking } }, (request) =>
    actions.decideMarking(ctx, whoOf(request), request.params.homeworkId, request.body),
  )
  app.get('/api/remarks', (request) => remarks.viewRemarks(ctx, whoOf(request)))
  app.post('/api/remarks', { schema: { body: RemarkDraft } }, (request) =>
    remarks.keepRemark(ctx, whoOf(request), request.body),
  )
  app.put('/api/remarks/:remarkId', { schema: { params: OfRemark, body: RemarkDraft } }, (request) =>
    remarks.changeRemark(ctx, whoOf(request), request.params.remarkId, request.body),
  )
  app.delete('/api/remarks/:remarkId', { schema: { params: OfRemark } }, async (request, reply) => {
    await remarks.forgetRemark(ctx, whoOf(request), request.params.remarkId)
    return reply.code(204).send()
  })
}
