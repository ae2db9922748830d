// The workspace's application: every feature's routes over one context. Built here for the process and for tests.

import { cookieNames, type KeyRing, openPass } from '#door/formats/pass'
import { refusals as accounts } from '#feature/accounts/contract.ts'
import { refusals as diary } from '#feature/diary/contract.ts'
import { refusals as documents } from '#feature/documents/contract.ts'
import { refusals as homework } from '#feature/homework/contract.ts'
import { refusals as timetable } from '#feature/timetable/contract.ts'
import { routes as documentRoutes } from '#features/documents'
import { routes as people } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type App, openApp } from '#platform/http'
import type { PersonId } from '#platform/ids'

const refusals = { ...accounts, ...diary, ...documents, ...homework, ...timetable }

/** Builds the application. Nothing listens yet and nothing runs in the background. */
export async function buildWorkspace(ctx: Ctx, ring: KeyRing): Promise<App> {
  const app = openApp(ctx.log, refusals)
  app.decorateRequest('who', null)
  app.decorateRequest('device', null)
  app.addHook('onRequest', async (request) => {
    const cookie = request.headers.cookie?.match(new RegExp(`(?:^|; )${cookieNames.session}=([^;]+)`))?.[1]
    const pass = cookie ? openPass(cookie, ring, ctx.clock.now()) : null
    if (pass?.kind === 'session') {
      request.who = {
        account: pass.account as PersonId,
        keys: pass.keys,
        passId: pass.id,
        issuedAt: pass.issuedAt,
        device: null,
      }
    }
  })
  app.get('/readyz', async () => ({ ready: true }))
  people(ctx)(app)
  documentRoutes(ctx)(app)
  return app
}
