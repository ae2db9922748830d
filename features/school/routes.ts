// The addresses of a school's own page; imports have theirs in imports/.
import { Type } from 'typebox'
import { disposition } from '#features/documents'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App, Routes } from '#platform/http'
import type { ClassId, Id, PersonId, SchoolId } from '#platform/ids'
import { CallDraft, MissingWho, RemoteDraft, SettingsWish, Since } from './contract.ts'
import {
  missingAsCsv,
  missingInClass,
  missingInSchool,
  noteCall,
  takeBackCall,
} from './missing/missing-actions.ts'
import { endRemote, planRemote, viewRemote } from './remote/remote-actions.ts'
import { saveSettings, viewSettings } from './settings/settings-actions.ts'

const OfSchool = { params: Type.Object({ schoolId: IdOf<SchoolId>() }) }
const OfPeriod = {
  params: Type.Object({ schoolId: IdOf<SchoolId>(), periodId: IdOf<Id<'remote period'>>() }),
}
const OfClass = { params: Type.Object({ classId: IdOf<ClassId>() }) }
const OfPerson = { params: Type.Object({ personId: IdOf<PersonId>() }) }
const list = {
  who: Type.Optional(MissingWho),
  since: Type.Optional(Since),
  lang: Type.Optional(Type.Union([Type.Literal('fr'), Type.Literal('en')])),
}
const Asked = { querystring: Type.Object(list) }

export function routes(ctx: Ctx): Routes {
  return (app) => {
    settingRoutes(app, ctx)
    missingRoutes(app, ctx)
  }
}

function settingRoutes(app: App, ctx: Ctx): void {
  const settings = '/api/schools/:schoolId/settings'
  app.get(settings, { schema: OfSchool }, (request) =>
    viewSettings(ctx, whoOf(request), request.params.schoolId),
  )
  app.put(settings, { schema: { ...OfSchool, body: SettingsWish } }, (request) =>
    saveSettings(ctx, whoOf(request), request.params.schoolId, request.body),
  )
  const remote = '/api/schools/:schoolId/remote'
  app.get(remote, { schema: OfSchool }, (request) => viewRemote(ctx, whoOf(request), request.params.schoolId))
  app.post(remote, { schema: { ...OfSchool, body: RemoteDraft } }, (request) =>
    planRemote(ctx, whoOf(request), request.params.schoolId, request.body),
  )
  app.delete(`${remote}/:periodId`, { schema: OfPeriod }, (request) =>
    endRemote(ctx, whoOf(request), request.params.schoolId, request.params.periodId),
  )
}

function missingRoutes(app: App, ctx: Ctx): void {
  app.get('/api/schools/:schoolId/missing', { schema: { ...OfSchool, ...Asked } }, (request) => {
    const { who = 'student', since = 'week' } = request.query
    return missingInSchool(ctx, whoOf(request), request.params.schoolId, who, since)
  })
  app.get('/api/classes/:classId/missing', { schema: { ...OfClass, ...Asked } }, (request) =>
    missingInClass(ctx, whoOf(request), request.params.classId, request.query.since ?? 'week'),
  )
  app.get(
    '/files/schools/:schoolId/missing.csv',
    { schema: { ...OfSchool, ...Asked } },
    async (request, reply) => {
      const { who: kind = 'student', since = 'week', lang: language = 'fr' } = request.query
      const asked = { kind, since, language }
      const { name, text } = await missingAsCsv(ctx, whoOf(request), request.params.schoolId, asked)
      return reply
        .header('content-disposition', disposition(false, name))
        .header('cache-control', 'private, no-store')
        .type('text/csv; charset=utf-8')
        .send(text)
    },
  )
  app.put(
    '/api/people/:personId/call',
    { schema: { ...OfPerson, body: CallDraft } },
    async (request, reply) => {
      await noteCall(ctx, whoOf(request), request.params.personId, request.body.note)
      return reply.code(204).send()
    },
  )
  app.delete('/api/people/:personId/call', { schema: OfPerson }, async (request, reply) => {
    await takeBackCall(ctx, whoOf(request), request.params.personId)
    return reply.code(204).send()
  })
}
