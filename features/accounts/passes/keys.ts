// The keys that sign passes: made on the first start, a new one each month, older ones accepted while their passes last.
import { randomBytes } from 'node:crypto'
import type { FeedRecord } from '#door/formats/feed'
import { devicePassSeconds, type KeyRing, keyRing, type Pass, sealPass } from '#door/formats/pass'
import { announce } from '#platform/bus'
import type { Db } from '#platform/ctx'
import * as store from './pass-store.ts'

/** On the bus: ids of accounts and of passes that were ended; none: keys changed, read everything anew. */
export const topic = 'passes'
/** A new key signs only when every door has heard of it. */
const keyRestSeconds = 10
const keyLifeSeconds = 30 * 86_400

/** Makes a new key for passes when the newest is older than `age` seconds (0: in any case), and forgets those that nothing needs. */
export async function rotateKeys(db: Db, now: number, age = keyLifeSeconds): Promise<boolean> {
  return db.transaction().execute(async (tx: Db) => {
    await store.lockKeys(tx)
    const newest = (await store.listKeys(tx)).at(-1)
    const due = !newest || age === 0 || now - newest.createdAt >= age * 1000
    // Never before the newest one, also on a clock that was set back.
    const from = new Date(Math.max(now, (newest?.createdAt ?? 0) + 1))
    const gone = await store.deleteKeys(tx, new Date(now - devicePassSeconds * 1000))
    if (due) await store.insertKey(tx, randomBytes(6).toString('base64url'), randomBytes(32), from)
    if (due || gone > 0) await announce(tx, topic)
    return due
  })
}

/** The key that signs at an instant: the newest that had its rest, or the first there is. */
function signing(keys: readonly store.KeyRow[], now: number): string {
  const rested = keys.filter((k) => k.createdAt + keyRestSeconds * 1000 <= now)
  return (rested.at(-1) ?? keys[0])?.kid ?? ''
}

const toldOf = ({ kid, secret }: store.KeyRow): FeedRecord => ({
  type: 'key',
  kid,
  secret: secret.toString('base64url'),
})

export type Keys = {
  ring(): KeyRing
  seal(pass: Pass, now: number): string
  /** Reads them anew and tells what changed. */
  read(): Promise<void>
  snapshot(): FeedRecord[]
}

/** The keys in memory; makes the first one when there is none. */
export async function openKeys(db: Db, now: number, tell: (record: FeedRecord) => void): Promise<Keys> {
  let keys = await store.listKeys(db)
  if (keys.length === 0) {
    await rotateKeys(db, now)
    keys = await store.listKeys(db)
  }
  let ring = keyRing(keys.map((k) => [k.kid, k.secret] as const))
  return {
    ring: () => ring,
    seal: (pass, at) => sealPass(pass, { ...ring, current: signing(keys, at) }),
    read: async () => {
      const before = ring
      const fresh = await store.listKeys(db)
      keys = fresh
      ring = keyRing(fresh.map((k) => [k.kid, k.secret] as const))
      for (const key of fresh) if (!before.all.has(key.kid)) tell(toldOf(key))
      for (const kid of before.all.keys()) if (!ring.all.has(kid)) tell({ type: 'key-retired', kid })
    },
    snapshot: () => keys.map(toldOf),
  }
}
