// Today's page as a whole, for the composition root.
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import { personalRoutes } from './personal-routes.ts'
import { openPublisher, type Publisher } from './sheets/publisher.ts'
import { sheetRoutes } from './sheets/routes.ts'
import { openWarm, type Warm } from './warm.ts'

export type Today = {
  routes: Routes
  warm: Warm
  /** What the doors hold, as part of their feed. */
  sheets: Publisher
  /** What is due: a new day. To be called every minute or so, and once at the start. */
  tend(): Promise<void>
}

/** Opens today's page over one context. */
export function openToday(ctx: Ctx): Today {
  const warm = openWarm(ctx)
  const sheets = openPublisher(ctx)
  return {
    routes: (app) => {
      personalRoutes(warm)(app)
      sheetRoutes(ctx)(app)
    },
    warm,
    sheets,
    tend: async () => {
      await sheets.turn()
      await warm.tend()
    },
  }
}
