// What others may use of accounts: sign-in as a whole for the composition root, and ending passes for whoever has a reason.
import type { FeedSource } from '#door/formats/feed'
import { sessionPassSeconds } from '#door/formats/pass'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import { codeRoutes } from './codes/code-routes.ts'
import { linkRoutes } from './links/link-routes.ts'
import type { Office } from './office.ts'
import { authenticate, openSeen } from './passes/authenticate.ts'
import { type Gate, openGate } from './passes/gate.ts'
import { rotateKeys } from './passes/keys.ts'
import { deleteRevokedPasses } from './passes/pass-store.ts'
import { type Hasher, openHasher } from './passwords/hasher.ts'
import { openTries } from './passwords/tries.ts'
import { sessionRoutes } from './routes.ts'
import { forgetOld } from './store.ts'

export { listSchoolAccounts, makeCodeByOperator } from './codes/code-actions.ts'
export { endPasses } from './passes/ended.ts'
export type { Gate } from './passes/gate.ts'
export { sessionPass, viewsOf } from './passes/issue.ts'
export { rotateKeys } from './passes/keys.ts'
export { openHasher } from './passwords/hasher.ts'

export type Accounts = {
  /** Sets `request.who`; to be added before any route. */
  authenticate: Routes
  routes: Routes
  /** Keys and ended passes, for the doors. */
  feed: FeedSource
  gate: Gate
  hasher: Hasher
  /** What is due: a new key each month, who was seen, what may be forgotten. To be called every minute or so. */
  tend(): Promise<void>
  close(): Promise<void>
}

async function forget({ db, clock }: Ctx): Promise<void> {
  await forgetOld(db, new Date(clock.now()))
  await deleteRevokedPasses(db, new Date(clock.now() - sessionPassSeconds * 1000))
}

/** Opens sign-in: reads keys and ended passes, makes the first key. Nothing runs in the background but the bus. */
export async function openAccounts(ctx: Ctx, hasher: Hasher = openHasher(ctx.log)): Promise<Accounts> {
  const gate = await openGate(ctx)
  const seen = openSeen(ctx)
  const office: Office = { ...ctx, gate, hasher, tries: openTries(ctx.clock) }
  return {
    authenticate: authenticate(gate, seen),
    routes: (app) => {
      sessionRoutes(office)(app)
      codeRoutes(office)(app)
      linkRoutes(office)(app)
    },
    feed: gate.feed,
    gate,
    hasher,
    tend: async () => {
      await seen.flush()
      await rotateKeys(ctx.db, ctx.clock.now())
      await forget(ctx)
    },
    close: async () => {
      hasher.close()
      await seen
        .flush()
        .catch((error) => ctx.log.warn({ err: error }, 'who was seen last could not be written down'))
    },
  }
}
