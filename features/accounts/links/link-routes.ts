// The addresses at which somebody makes records of several schools one account.
import { Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { Routes } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { browserOf, tell } from '../browser.ts'
import type { Office } from '../office.ts'
import { LinkProof } from './contract.ts'
import { link, listLinks, unlink } from './link-actions.ts'

const OfRecord = { params: Type.Object({ recordId: IdOf<PersonId>() }) }

export function linkRoutes(o: Office): Routes {
  return (app) => {
    app.get('/api/session/links', (request) => listLinks(o, browserOf(o, request)))
    app.post('/api/session/links', { schema: { body: LinkProof } }, async (request, reply) =>
      tell(request, reply, await link(o, browserOf(o, request), request.body)),
    )
    app.delete('/api/session/links/:recordId', { schema: OfRecord }, async (request, reply) =>
      tell(request, reply, await unlink(o, browserOf(o, request), request.params.recordId)),
    )
  }
}
