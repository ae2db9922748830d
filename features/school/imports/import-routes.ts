// The addresses of imports in the browser.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { Id, SchoolId } from '#platform/ids'
import { ApplyDraft, ImportDraft } from './contract.ts'
import {
  applyImport,
  discardImport,
  listImports,
  type RunImport,
  tryAgain,
  tryImport,
  viewImport,
} from './import-actions.ts'

const params = { schoolId: IdOf<SchoolId>() }
const OfSchool = { params: Type.Object(params) }
const OfImport = { params: Type.Object({ ...params, importId: IdOf<Id<'import'>>() }) }
const Lang = Type.Optional(Type.Union([Type.Literal('fr'), Type.Literal('en')]))
const InWords = { querystring: Type.Object({ lang: Lang }) }

/** Adds the routes; `run` starts the process that does the work. */
export function importRoutes(ctx: Ctx, run: RunImport): Routes {
  const all = '/api/schools/:schoolId/imports'
  const one = `${all}/:importId`
  return (app) => {
    app.get(all, { schema: { ...OfSchool, ...InWords } }, (request) =>
      listImports(ctx, whoOf(request), request.params.schoolId, request.query.lang ?? 'fr'),
    )
    app.post(all, { schema: { ...OfSchool, body: ImportDraft } }, (request) =>
      tryImport(ctx, whoOf(request), request.params.schoolId, request.body.upload, run),
    )
    app.get(one, { schema: { ...OfImport, ...InWords } }, (request) => {
      const { schoolId, importId } = request.params
      return viewImport(ctx, whoOf(request), schoolId, importId, request.query.lang ?? 'fr')
    })
    app.post(`${one}/apply`, { schema: { ...OfImport, body: ApplyDraft } }, (request) => {
      const { schoolId, importId } = request.params
      return applyImport(ctx, whoOf(request), schoolId, importId, request.body.disabled, run)
    })
    app.post(`${one}/again`, { schema: OfImport }, (request) => {
      const { schoolId, importId } = request.params
      return tryAgain(ctx, whoOf(request), schoolId, importId, run)
    })
    app.delete(one, { schema: OfImport }, async (request, reply) => {
      await discardImport(ctx, whoOf(request), request.params.schoolId, request.params.importId)
      return reply.code(204).send()
    })
  }
}
