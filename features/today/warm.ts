// Keeps personal parts warm: a returning pupil's page at eight asks the database nothing. Bounded in bytes; what
// changed is dropped at once and made anew, together with what changed in the same moment.
import { setImmediate as turn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { administratorRoles, schoolDay } from '#features/people'
import { addDays } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import { type Encoded, encode, encodedBytes } from '#platform/encoded'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { personalParts } from './personal.ts'
import { listAuthors, listFamilies, listMembers, listReturning, listRunners } from './personal-store.ts'

const batch = 500
const returningDays = 14
const gatherMs = 100
const afterFailureMs = 2000

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
    try {
      for (const [account, part] of await personalParts(ctx, accounts)) {
        // Requests go on while many are made.
        if (++count % 16 === 0) await turn()
        const encoded = encode(part)
        made.set(account, encoded)
        if (coming.get(account) === token) kept.set(account, encoded)
      }
      return made
    } finally {
      for (const account of accounts) if (coming.get(account) === token) coming.delete(account)
    }
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

/** What is gathered until parts are made anew: of whom and of what it is known that something changed. */
type Gathered = {
  pupils: Set<PersonId>
  copies: Set<HomeworkId>
  /** Classes that were set homework: their teachers' parts show it. */
  taught: Set<ClassId>
  /** Classes whose homework was changed or withdrawn: everybody's parts show what became of it. */
  whole: Set<ClassId>
  /** Who chose their first password: their administrators' parts count who has none. */
  activated: Set<PersonId>
  /** Were dropped already. */
  stale: Set<PersonId>
}
const nothing = (): Gathered => ({
  pupils: new Set(),
  copies: new Set(),
  taught: new Set(),
  whole: new Set(),
  activated: new Set(),
  stale: new Set(),
})

/** Listens to the news: drops at once whose own work changed, and makes anew what is gathered within a moment. */
function refreshOnNews(ctx: Ctx, memory: Memory): void {
  let gathered = nothing()
  let waiting = false

  function plan(delay = gatherMs): void {
    if (waiting) return
    waiting = true
    setTimeout(() => void refresh(), delay).unref()
  }

  async function refresh(): Promise<void> {
    waiting = false
    const now = gathered
    gathered = nothing()
    try {
      await makeAgain(ctx, memory, now)
    } catch (error) {
      ctx.log.error({ err: error }, 'personal parts could not be made; trying again')
      for (const part of Object.keys(now) as (keyof Gathered)[])
        for (const id of now[part]) (gathered[part] as Set<string>).add(id)
      plan(afterFailureMs)
    }
  }

  const hear =
    <Part extends keyof Gathered>(part: Part) =>
    (ids: readonly string[]) => {
      for (const id of ids) (gathered[part] as Set<string>).add(id)
      plan()
    }
  const anew = () => {
    memory.clear()
    void memory.warm().catch((error) => ctx.log.error({ err: error }, 'personal parts'))
  }
  const hearPupils = hear('pupils')
  ctx.bus.on('work', (ids) => {
    for (const id of memory.drop(ids as PersonId[])) gathered.stale.add(id)
    hearPupils(ids)
  })
  ctx.bus.on('copies', hear('copies'))
  ctx.bus.on('homework-set', hear('taught'))
  ctx.bus.on('homework-changed', hear('whole'))
  ctx.bus.on('activated', hear('activated'))
  ctx.bus.on('directory', anew)
  ctx.bus.onGap(anew)
}

/** Finds whose parts are concerned, and makes those anew that are kept. */
async function makeAgain(ctx: Pick<Ctx, 'db' | 'clock'>, memory: Memory, now: Gathered): Promise<void> {
  const { db } = ctx
  const { pupils, copies, taught, whole, activated, stale } = now
  const members = whole.size > 0 ? await listMembers(db, [...whole], ['student']) : []
  const families = pupils.size + members.length > 0 ? await listFamilies(db, [...pupils, ...members]) : []
  const authors = copies.size > 0 ? await listAuthors(db, [...copies]) : []
  const classes = [...taught, ...whole]
  const teachers = classes.length > 0 ? await listMembers(db, classes, ['teacher']) : []
  const runners =
    activated.size > 0 ? await listRunners(db, [...activated], administratorRoles, schoolDay(ctx)) : []
  const concerned = [...families, ...authors, ...teachers, ...runners]
  const again = [...new Set([...stale, ...memory.drop(concerned)])]
  for (let i = 0; i < again.length; i += batch) await memory.make(again.slice(i, i + batch))
}
