// The workspace's application: every feature's routes over one context. Built here for the process and for tests.

import { sql } from 'kysely'
import { refusals as accounts } from '#feature/accounts/contract.ts'
import { refusals as diary } from '#feature/diary/contract.ts'
import { refusals as documents } from '#feature/documents/contract.ts'
import { refusals as feedRefusals } from '#feature/feeds/contract.ts'
import { refusals as guardians } from '#feature/guardians/contract.ts'
import { refusals as homework } from '#feature/homework/contract.ts'
import { refusals as school } from '#feature/school/contract.ts'
import { refusals as imports } from '#feature/school/imports/contract.ts'
import { refusals as spaces } from '#feature/spaces/contract.ts'
import { refusals as timetable } from '#feature/timetable/contract.ts'
import type { Accounts } from '#features/accounts'
import { routes as diaryRoutes } from '#features/diary'
import { routes as documentRoutes } from '#features/documents'
import { type FeedShelf, routes as feedRoutes } from '#features/feeds'
import { routes as guardianRoutes } from '#features/guardians'
import { routes as homeworkRoutes } from '#features/homework'
import { routes as people } from '#features/people'
import { routes as receipts } from '#features/receipts'
import { importRoutes, type RunImport, runImport, routes as schoolRoutes } from '#features/school'
import { routes as spaceRoutes } from '#features/spaces'
import { routes as timetableRoutes } from '#features/timetable'
import type { Today } from '#features/today'
import type { Ctx } from '#platform/ctx'
import { type App, openApp } from '#platform/http'

const refusals = {
  ...accounts,
  ...diary,
  ...documents,
  ...feedRefusals,
  ...guardians,
  ...homework,
  ...school,
  ...spaces,
  ...imports,
  ...timetable,
}

/** Features that live beside their routes: they keep things in memory and have something to do each minute. */
export type Parts = {
  accounts: Accounts
  today: Today
  feeds: FeedShelf
  /** Starts an import; in this process unless said otherwise. */
  run?: RunImport
}

/** Builds the application. Nothing listens yet and nothing runs in the background. */
export async function buildWorkspace(ctx: Ctx, { accounts, today, feeds, run }: Parts): Promise<App> {
  const app = openApp(ctx.log, refusals)
  accounts.authenticate(app)
  app.get('/readyz', async () => {
    await sql`select 1`.execute(ctx.db)
    return { ready: true }
  })
  accounts.routes(app)
  people(ctx)(app)
  guardianRoutes(ctx, accounts.gate)(app)
  documentRoutes(ctx)(app)
  spaceRoutes(ctx)(app)
  timetableRoutes(ctx)(app)
  diaryRoutes(ctx)(app)
  homeworkRoutes(ctx)(app)
  receipts(ctx)(app)
  schoolRoutes(ctx)(app)
  importRoutes(ctx, run ?? ((id) => void runImport(ctx, id)))(app)
  feedRoutes(ctx, feeds)(app)
  today.routes(app)
  return app
}
