// The addresses of setting homework in depth.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { Day, IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { ClassId, HomeworkId } from '#platform/ids'
import { ExtensionDraft, HomeworkSet, Publication } from './contract.ts'
import { listEarlier, reuseHomework } from './earlier-actions.ts'
import { viewEvenings } from './evening-actions.ts'
import * as actions from './setting-actions.ts'

const params = Type.Object({ homeworkId: IdOf<HomeworkId>() })
const OfClass = Type.Object({ classId: IdOf<ClassId>() })
const Days = Type.Object({ from: Day, to: Day, except: Type.Optional(IdOf<HomeworkId>()) })
const Search = Type.Object({
  whose: Type.Union([Type.Literal('mine'), Type.Literal('colleagues')]),
  words: Type.Optional(Type.String({ maxLength: 200 })),
})

/** Adds them. */
export function settingInDepth(app: App, ctx: Ctx): void {
  app.get('/api/homework/:homeworkId/setting', { schema: { params } }, (request) =>
    actions.viewSetting(ctx, whoOf(request), request.params.homeworkId),
  )
  app.put('/api/homework/:homeworkId/publication', { schema: { params, body: Publication } }, (request) =>
    actions.publishHomework(ctx, whoOf(request), request.params.homeworkId, request.body),
  )
  app.put('/api/homework/:homeworkId/extensions', { schema: { params, body: ExtensionDraft } }, (request) =>
    actions.extendHomework(ctx, whoOf(request), request.params.homeworkId, request.body),
  )
  app.post('/api/homework/sets', { schema: { body: HomeworkSet } }, (request) =>
    actions.setForClasses(ctx, whoOf(request), request.body),
  )
  app.get('/api/classes/:classId/evenings', { schema: { params: OfClass, querystring: Days } }, (request) =>
    viewEvenings(ctx, whoOf(request), request.params.classId, request.query),
  )
  app.get('/api/homework/earlier', { schema: { querystring: Search } }, (request) =>
    listEarlier(ctx, whoOf(request), request.query.whose, request.query.words ?? ''),
  )
  app.post('/api/homework/:homeworkId/reuse', { schema: { params } }, (request) =>
    reuseHomework(ctx, whoOf(request), request.params.homeworkId),
  )
}
