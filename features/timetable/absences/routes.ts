// The addresses of absences and of what covers their lessons.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { Day, IdOf, Time } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App, Routes } from '#platform/http'
import type { AbsenceId, SchoolId } from '#platform/ids'
import { LessonId } from '../contract.ts'
import * as actions from './actions.ts'
import { AbsenceDraft, AbsenceRules, AbsenceSpan, CoverDraft } from './contract.ts'
import { absenceDay, choiceFor, coverLesson, uncoverLesson } from './cover-actions.ts'

const OfSchool = { params: Type.Object({ schoolId: IdOf<SchoolId>() }) }
const OfAbsence = { params: Type.Object({ absenceId: IdOf<AbsenceId>() }) }
const OfLesson = { params: Type.Object({ lessonId: LessonId }) }
const AtTime = Type.Object({ start: Type.Optional(Time), end: Type.Optional(Time) })

export function absenceRoutes(ctx: Ctx): Routes {
  return (app) => {
    ofSchools(app, ctx)
    ofAbsences(app, ctx)
    ofLessons(app, ctx)
  }
}

function ofSchools(app: App, ctx: Ctx): void {
  const path = '/api/schools/:schoolId/absences'
  app.get(path, { schema: { ...OfSchool, querystring: Type.Object({ day: Day }) } }, (request) =>
    absenceDay(ctx, whoOf(request), request.params.schoolId, request.query.day),
  )
  app.post(path, { schema: { ...OfSchool, body: AbsenceDraft } }, (request) =>
    actions.enterAbsence(ctx, whoOf(request), request.params.schoolId, request.body),
  )
  app.put(`${path}/rules`, { schema: { ...OfSchool, body: AbsenceRules } }, (request) =>
    actions.setAbsenceRules(ctx, whoOf(request), request.params.schoolId, request.body),
  )
}

function ofAbsences(app: App, ctx: Ctx): void {
  app.get('/api/absences/mine', (request) => actions.myAbsences(ctx, whoOf(request)))
  const path = '/api/absences/:absenceId'
  app.put(path, { schema: { ...OfAbsence, body: AbsenceSpan } }, (request) =>
    actions.changeAbsence(ctx, whoOf(request), request.params.absenceId, request.body),
  )
  app.delete(path, { schema: OfAbsence }, (request) =>
    actions.withdrawAbsence(ctx, whoOf(request), request.params.absenceId, true),
  )
  app.post(`${path}/restore`, { schema: OfAbsence }, (request) =>
    actions.withdrawAbsence(ctx, whoOf(request), request.params.absenceId, false),
  )
}

function ofLessons(app: App, ctx: Ctx): void {
  const path = '/api/lessons/:lessonId/cover'
  app.get(path, { schema: { ...OfLesson, querystring: AtTime } }, (request) =>
    choiceFor(ctx, whoOf(request), request.params.lessonId, request.query),
  )
  app.put(path, { schema: { ...OfLesson, body: CoverDraft } }, (request) =>
    coverLesson(ctx, whoOf(request), request.params.lessonId, request.body),
  )
  app.delete(path, { schema: OfLesson }, (request) =>
    uncoverLesson(ctx, whoOf(request), request.params.lessonId),
  )
}
