// The addresses of the room that people and schools have for their files.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { FileId, PersonId, SchoolId } from '#platform/ids'
import { PersonQuota, SchoolQuotas } from '../contract.ts'
import { releaseSetAside, roomOf, setPersonQuota, setSchoolQuotas, viewStorage } from './quota-actions.ts'

const OfSchool = Type.Object({ schoolId: IdOf<SchoolId>() })
const OfSetAside = Type.Object({ schoolId: IdOf<SchoolId>(), fileId: IdOf<FileId>() })
const OfPerson = Type.Object({ schoolId: IdOf<SchoolId>(), personId: IdOf<PersonId>() })

export function quotaRoutes(app: App, ctx: Ctx): void {
  app.get('/api/files/room', (request) => roomOf(ctx, whoOf(request)))
  app.get('/api/schools/:schoolId/storage', { schema: { params: OfSchool } }, (request) =>
    viewStorage(ctx, whoOf(request), request.params.schoolId),
  )
  app.put('/api/schools/:schoolId/storage', { schema: { params: OfSchool, body: SchoolQuotas } }, (request) =>
    setSchoolQuotas(ctx, whoOf(request), request.params.schoolId, request.body),
  )
  app.post(
    '/api/schools/:schoolId/set-aside/:fileId/release',
    { schema: { params: OfSetAside } },
    (request) => releaseSetAside(ctx, whoOf(request), request.params.schoolId, request.params.fileId),
  )
  app.put(
    '/api/schools/:schoolId/storage/:personId',
    { schema: { params: OfPerson, body: PersonQuota } },
    (request) => {
      const { schoolId, personId } = request.params
      return setPersonQuota(ctx, whoOf(request), schoolId, personId, request.body.bytes)
    },
  )
}
