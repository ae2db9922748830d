// The addresses of people and classes.
import { Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { ClassId, SchoolId } from '#platform/ids'
import { classesOfSchool, classLedBy, pupilsOf, viewClass, viewMe } from './actions.ts'
import { whoOf } from './who.ts'

const OfClass = { params: Type.Object({ classId: IdOf<ClassId>() }) }
const OfSchool = { params: Type.Object({ schoolId: IdOf<SchoolId>() }) }

export function routes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/me', (request) => viewMe(ctx, whoOf(request)))
    app.get('/api/classes/:classId', { schema: OfClass }, (request) =>
      viewClass(ctx, whoOf(request), request.params.classId),
    )
    app.get('/api/classes/:classId/pupils', { schema: OfClass }, async (request) =>
      pupilsOf(ctx, await classLedBy(ctx, whoOf(request), request.params.classId)),
    )
    app.get('/api/schools/:schoolId/classes', { schema: OfSchool }, (request) =>
      classesOfSchool(ctx, whoOf(request), request.params.schoolId),
    )
  }
}
