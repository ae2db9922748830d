// The addresses of changes to lessons. The timetable itself is read in the sheets of today's feature.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import { absenceRoutes } from './absences/routes.ts'
import { changeLesson, takeBackChange } from './actions.ts'
import { LessonChange, LessonId } from './contract.ts'

const OfLesson = { params: Type.Object({ lessonId: LessonId }) }

export function routes(ctx: Ctx): Routes {
  return (app) => {
    const path = '/api/lessons/:lessonId/change'
    app.put(path, { schema: { ...OfLesson, body: LessonChange } }, (request) =>
      changeLesson(ctx, whoOf(request), request.params.lessonId, request.body),
    )
    app.delete(path, { schema: OfLesson }, (request) =>
      takeBackChange(ctx, whoOf(request), request.params.lessonId),
    )
    absenceRoutes(ctx)(app)
  }
}
