// The addresses of marking, for the teachers of a class.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { disposition } from '#features/documents'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { ClassId, HomeworkId, PersonId, SchoolId } from '#platform/ids'
import { GiveBack, ResultDraft } from '../contract.ts'
import { copiesArchive, marksFile } from './export-actions.ts'
import * as actions from './marking-actions.ts'
import { classPackage, schoolPackage } from './oneroster-actions.ts'

const OfClass = Type.Object({ classId: IdOf<ClassId>() })
const OfSchool = Type.Object({ schoolId: IdOf<SchoolId>() })
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
  exporting(app, ctx)
}

const Exported = {
  params: OfHomework,
  querystring: Type.Object({ lang: Type.Optional(Type.Union([Type.Literal('fr'), Type.Literal('en')])) }),
}

/** Under /files, where the door lets answers take their time. */
function exporting(app: App, ctx: Ctx): void {
  app.get('/files/homework/:homeworkId/copies.zip', { schema: Exported }, async (request, reply) => {
    const { params, query } = request
    const { name, bytes } = await copiesArchive(ctx, whoOf(request), params.homeworkId, query.lang ?? 'fr')
    return asDownload(reply, name).type('application/zip').send(bytes)
  })
  app.get('/files/homework/:homeworkId/marks.csv', { schema: Exported }, async (request, reply) => {
    const { params, query } = request
    const { name, text } = await marksFile(ctx, whoOf(request), params.homeworkId, query.lang ?? 'fr')
    return asDownload(reply, name).type('text/csv; charset=utf-8').send(text)
  })
  const oneroster = (reply: FastifyReply) => asDownload(reply, 'oneroster.zip').type('application/zip')
  app.get('/files/classes/:classId/oneroster.zip', { schema: { params: OfClass } }, async (request, reply) =>
    oneroster(reply).send(await classPackage(ctx, whoOf(request), request.params.classId)),
  )
  app.get(
    '/files/schools/:schoolId/oneroster.zip',
    { schema: { params: OfSchool } },
    async (request, reply) =>
      oneroster(reply).send(await schoolPackage(ctx, whoOf(request), request.params.schoolId)),
  )
}

function asDownload(reply: FastifyReply, name: string): FastifyReply {
  return reply.headers({
    'content-disposition': disposition(false, name),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
}
