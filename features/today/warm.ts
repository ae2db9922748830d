// Keeps personal parts warm: a returning pupil's page at eight asks the database nothing. Bounded in bytes; what
// changed is dropped at once and made anew, together with what changed in the same moment.
import { setImmediate as turn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { schoolDay } from '#features/people'
import { addDays } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { PersonId } from '#platform/ids'
import { personalParts } from './personal.ts'
import { listConcerned, listReturning, listTeachersOf } from './personal-store.ts'

const batch = 500
const returningDays = 14
const gatherMs = 100

export type Warm = {
  /** The encoded part of one account; null when the account is not in use. Asks the database only when it is cold. */
  partOf(account: PersonId): Promise<Encoded | null>
  /** Makes the parts of everybody who was here lately, until memory is full; once a day, and after an import. */
  warm(): Promise<number>
  /** To be called every minute or so: warms when a new day has begun. */
  tend(): Promise<void>
}

/** Opens the memory. `mostBytes` bounds what it keeps. */
export function openWarm(ctx: Ctx, mostBytes = 256 * 1024 * 1024): Warm {
  const kept = new LRUCache<PersonId, Encoded>({ maxSize: mostBytes, sizeCalculation: encodedBytes })
  /** What is being made; a change meanwhile removes it, and then the result is not kept. */
  const coming = new Map<PersonId, symbol>()
  let warmedOn = ''

  async function make(accounts: readonly PersonId[]): Promise<Map<PersonId, Encoded>> {
    const token = Symbol()
    for (const account of accounts) coming.set(account, token)
    const made = new Map<PersonId, Encoded>()
    let count = 0
    for (const [account, part] of await personalParts(ctx, accounts)) {
      // Requests go on while many are made.
      if (++count % 16 === 0) await turn()
      const encoded = encode(part)
      made.set(account, encoded)
      if (coming.get(account) === token) kept.set(account, encoded)
    }
    for (const account of accounts) if (coming.get(account) === token) coming.delete(account)
    return made
  }

  async function warm(): Promise<number> {
    warmedOn = schoolDay(ctx)
    const since = addDays(warmedOn, -returningDays)
    for (let offset = 0; ; offset += batch) {
      const accounts = await listReturning(ctx.db, since, offset, batch)
      await make(accounts)
      const full = (kept.calculatedSize ?? 0) > mostBytes * 0.9
      if (accounts.length < batch || full) return offset + accounts.length
    }
  }

  function drop(accounts: readonly PersonId[]): PersonId[] {
    return accounts.filter((account) => {
      const wasComing = coming.delete(account)
      return kept.delete(account) || wasComing
    })
  }

  refreshOnNews(ctx, { make, drop, warm, clear: () => void (coming.clear(), kept.clear()) })
  return {
    partOf: async (account) => kept.get(account) ?? (await make([account])).get(account) ?? null,
    warm,
    tend: async () => {
      if (warmedOn !== schoolDay(ctx)) await warm()
    },
  }
}

type Memory = {
  make(accounts: readonly PersonId[]): Promise<unknown>
  /** Forgets them; answers those that had been there. */
  drop(accounts: readonly PersonId[]): PersonId[]
  warm(): Promise<unknown>
  clear(): void
}

/** Listens to the news: drops at once whose own work changed, and makes anew what is gathered within a moment. */
function refreshOnNews(ctx: Ctx, memory: Memory): void {
  const pupils = new Set<PersonId>()
  const classes = new Set<string>()
  const stale = new Set<PersonId>()
  let waiting = false

  const gather = () => {
    if (waiting) return
    waiting = true
    setTimeout(
      () => void refresh().catch((error) => ctx.log.error({ err: error }, 'personal parts')),
      gatherMs,
    ).unref()
  }
  const refresh = async () => {
    waiting = false
    const [ofPupils, ofClasses, own] = [[...pupils], [...classes], [...stale]]
    for (const set of [pupils, classes, stale]) set.clear()
    const concerned = ofPupils.length > 0 ? await listConcerned(ctx.db, ofPupils) : []
    const teachers = ofClasses.length > 0 ? await listTeachersOf(ctx.db, ofClasses) : []
    const again = [...new Set([...own, ...memory.drop([...concerned, ...teachers])])]
    for (let i = 0; i < again.length; i += batch) await memory.make(again.slice(i, i + batch))
  }
  const anew = () => {
    memory.clear()
    void memory.warm().catch((error) => ctx.log.error({ err: error }, 'personal parts'))
  }

  ctx.bus.on('work', (ids) => {
    for (const id of memory.drop(ids as PersonId[])) stale.add(id)
    for (const id of ids) pupils.add(id as PersonId)
    gather()
  })
  ctx.bus.on('class', (ids) => {
    for (const id of ids) classes.add(id)
    gather()
  })
  ctx.bus.on('directory', anew)
  ctx.bus.onGap(anew)
}
