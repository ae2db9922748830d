// Passes that were ended before their time, in memory: single ones, and all of an account up to an instant.
import type { FeedRecord } from '#door/formats/feed'
import { type Revocations, sessionPassSeconds } from '#door/formats/pass'
import { announce } from '#platform/bus'
import type { Ctx, Db } from '#platform/ctx'
import { isId, type PersonId } from '#platform/ids'
import { topic } from './keys.ts'
import * as store from './pass-store.ts'

/** Ends passes: single ones by id, all of an account by its id. To be called in the transaction that is the reason. */
export async function endPasses(
  db: Db,
  now: number,
  { passes = [], accounts = [] }: { passes?: readonly string[]; accounts?: readonly PersonId[] },
): Promise<string[]> {
  await store.insertRevokedPasses(db, passes, new Date(now))
  // Whole seconds, and the next one: whatever was issued in this second ends too.
  await store.setPassesFrom(db, accounts, new Date((Math.floor(now / 1000) + 1) * 1000))
  const ids = [...passes, ...accounts]
  if (ids.length > 0) await announce(db, topic, ids)
  return ids
}

export type Ended = {
  now: Revocations
  /** Reads all of them, or those of the named accounts and passes, and tells which are new. */
  read(ids?: readonly string[]): Promise<void>
  snapshot(): FeedRecord[]
}

/** Nothing is known before the first `read`. */
export function openEnded({ db, clock }: Ctx, tell: (record: FeedRecord) => void): Ended {
  const passes = new Set<string>()
  const accounts = new Map<string, number>()

  function endPass(id: string): void {
    if (passes.has(id)) return
    passes.add(id)
    tell({ type: 'pass-revoked', pass: id })
  }

  async function readAccounts(ids?: readonly string[]): Promise<void> {
    const since = new Date(clock.now() - sessionPassSeconds * 1000)
    for (const { account, from } of await store.listPassesFrom(db, since, ids)) {
      if ((accounts.get(account) ?? 0) >= from) continue
      accounts.set(account, from)
      tell({ type: 'account-revoked', account, from })
    }
  }

  return {
    now: { passes, accounts },
    read: async (ids) => {
      for (const id of ids?.filter((i) => !isId(i)) ?? (await store.listRevokedPasses(db))) endPass(id)
      const people = ids?.filter(isId)
      if (people?.length !== 0) await readAccounts(people)
    },
    snapshot: () => [
      ...[...accounts].map(([account, from]) => ({ type: 'account-revoked', account, from }) as const),
      ...[...passes].map((pass) => ({ type: 'pass-revoked', pass }) as const),
    ],
  }
}
