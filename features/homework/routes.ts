// The addresses of homework, for those who set it and those who do it.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import { sendEncoded } from '#platform/encoded'
import type { App, Routes } from '#platform/http'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import * as actions from './actions.ts'
import { annotating } from './annotating/annotating-routes.ts'
import { HomeworkDraft, SubmissionDraft } from './contract.ts'
import { history } from './history/history-routes.ts'
import { marking } from './marking/marking-routes.ts'
import { scales } from './scales/scale-routes.ts'
import { settingInDepth } from './setting/setting-routes.ts'
import { openShelf, type Shelf } from './shelf.ts'
import * as work from './work-actions.ts'

const OfClass = Type.Object({ classId: IdOf<ClassId>() })
const OfHomework = Type.Object({ homeworkId: IdOf<HomeworkId>() })
const ForChild = Type.Object({ child: Type.Optional(IdOf<PersonId>()) })

export function routes(ctx: Ctx): Routes {
  return (app) => {
    const shelf = openShelf(ctx)
    setting(app, ctx, shelf)
    settingInDepth(app, ctx)
    working(app, ctx, shelf)
    marking(app, ctx)
    annotating(app, ctx)
    scales(app, ctx)
    history(app, ctx)
  }
}

function setting(app: App, ctx: Ctx, shelf: Shelf): void {
  app.post(
    '/api/classes/:classId/homework',
    { schema: { params: OfClass, body: HomeworkDraft } },
    (request) => actions.setHomework(ctx, whoOf(request), request.params.classId, request.body),
  )
  app.put('/api/homework/:homeworkId', { schema: { params: OfHomework, body: HomeworkDraft } }, (request) =>
    actions.changeHomework(ctx, whoOf(request), request.params.homeworkId, request.body),
  )
  app.delete('/api/homework/:homeworkId', { schema: { params: OfHomework } }, async (request, reply) => {
    await actions.withdrawHomework(ctx, whoOf(request), request.params.homeworkId, true)
    return reply.code(204).send()
  })
  app.post('/api/homework/:homeworkId/restore', { schema: { params: OfHomework } }, (request) =>
    actions.withdrawHomework(ctx, whoOf(request), request.params.homeworkId, false),
  )
  app.get('/api/homework/:homeworkId', { schema: { params: OfHomework } }, async (request, reply) => {
    const { answer } = await actions.readHomework(ctx, shelf, whoOf(request), request.params.homeworkId)
    return sendEncoded(request, reply, answer)
  })
}

function working(app: App, ctx: Ctx, shelf: Shelf): void {
  app.get('/api/homework', { schema: { querystring: ForChild } }, (request) =>
    work.listMine(ctx, whoOf(request), request.query.child),
  )
  app.get(
    '/api/homework/:homeworkId/mine',
    { schema: { params: OfHomework, querystring: ForChild } },
    (request) => work.viewMine(ctx, shelf, whoOf(request), request.params.homeworkId, request.query.child),
  )
  app.get('/api/homework/:homeworkId/whose', { schema: { params: OfHomework } }, (request) =>
    work.whoseWork(ctx, whoOf(request), request.params.homeworkId),
  )
  app.put('/api/homework/:homeworkId/tick', { schema: { params: OfHomework } }, (request) =>
    work.tick(ctx, shelf, whoOf(request), request.params.homeworkId, true),
  )
  app.delete('/api/homework/:homeworkId/tick', { schema: { params: OfHomework } }, (request) =>
    work.tick(ctx, shelf, whoOf(request), request.params.homeworkId, false),
  )
  app.post(
    '/api/homework/:homeworkId/submissions',
    { schema: { params: OfHomework, body: SubmissionDraft } },
    (request) => work.handIn(ctx, shelf, whoOf(request), request.params.homeworkId, request.body),
  )
}
