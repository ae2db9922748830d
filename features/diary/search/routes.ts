// The address of the search.
import { whoOf } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import { searchDiary } from './actions.ts'
import { Ask } from './contract.ts'

export function searchRoutes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/diary/search', { schema: { querystring: Ask } }, (request) =>
      searchDiary(ctx, whoOf(request), request.query),
    )
  }
}
