// The addresses of the class diary.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { mondayOf } from '#platform/calendar'
import { Day, IdOf, Occurrence } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import { sendEncoded } from '#platform/encoded'
import type { Routes } from '#platform/http'
import type { ClassId, DiaryEntryId } from '#platform/ids'
import { restoreEntry, standingEntry, withdrawEntry, writeEntry } from './actions.ts'
import { aheadRoutes } from './ahead/routes.ts'
import { EntryDraft } from './contract.ts'
import { historyRoutes } from './history/routes.ts'
import { parallelRoutes } from './parallel/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { openWeeks } from './weeks.ts'

const OfLesson = { params: Type.Object({ lessonId: Occurrence }) }
const OfVersion = Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) })
const OfEntry = { params: Type.Object({ entryId: IdOf<DiaryEntryId>() }) }

/** Adds the routes; weeks are kept in memory for as long as the app lives. */
export function routes(ctx: Ctx): Routes {
  const weeks = openWeeks(ctx)
  return (app) => {
    app.get(
      '/api/classes/:classId/diary',
      {
        schema: {
          params: Type.Object({ classId: IdOf<ClassId>() }),
          querystring: Type.Object({ week: Day }),
        },
      },
      async (request, reply) => {
        const monday = mondayOf(request.query.week)
        return sendEncoded(request, reply, await weeks(whoOf(request), request.params.classId, monday))
      },
    )
    app.get('/api/lessons/:lessonId/entry', { schema: OfLesson }, (request) =>
      standingEntry(ctx, whoOf(request), request.params.lessonId),
    )
    app.put('/api/lessons/:lessonId/entry', { schema: { ...OfLesson, body: EntryDraft } }, (request) =>
      writeEntry(ctx, whoOf(request), request.params.lessonId, request.body),
    )
    app.delete(
      '/api/entries/:entryId',
      { schema: { ...OfEntry, querystring: OfVersion } },
      async (request, reply) => {
        await withdrawEntry(ctx, whoOf(request), request.params.entryId, request.query.version)
        return reply.code(204).send()
      },
    )
    app.post('/api/entries/:entryId/restore', { schema: OfEntry }, (request) =>
      restoreEntry(ctx, whoOf(request), request.params.entryId),
    )
    searchRoutes(ctx)(app)
    parallelRoutes(ctx)(app)
    historyRoutes(ctx)(app)
    aheadRoutes(ctx)(app)
  }
}
