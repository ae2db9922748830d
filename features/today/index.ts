// Today's page as a whole, for the composition root.
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import { personalRoutes } from './personal-routes.ts'
import { openWarm, type Warm } from './warm.ts'

export type Today = {
  routes: Routes
  warm: Warm
  /** What is due: a new day. To be called every minute or so, and once at the start. */
  tend(): Promise<void>
}

/** Opens today's page over one context. */
export function openToday(ctx: Ctx): Today {
  const warm = openWarm(ctx)
  return { routes: personalRoutes(warm), warm, tend: warm.tend }
}
