// Keeps the doors' sheets true: all of them at first, then those on which a change shows, and all again on a new day or
// when news may have been missed.
import type { FeedRecord, FeedSource, Sheet } from '#door/formats/feed'
import { dateIn } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, SchoolId } from '#platform/ids'
import { type SchoolSheet, sheetsOfClasses, sheetsOfSchools, sheetsToPublish } from './actions.ts'
import { listZones } from './store.ts'

/** Runs something once, after so many milliseconds. */
export type Later = (ms: number, run: () => void) => void

export type Publisher = FeedSource & {
  /** Moves on when it has become another day at school. To be called every few seconds. */
  turn(): Promise<void>
  /** Resolves when everything heard so far is published. */
  settled(): Promise<void>
}

/** Changes are gathered for so long before their sheets are made: a class of thirty is one rebuild. */
const gather = 200
const afterFailure = 5000

/** What to make again: all; schools; only schools' own sheets; classes. */
type News = { all: boolean; schools: Set<string>; ownSheets: Set<string>; classes: Set<string> }
const nothing = (): News => ({ all: false, schools: new Set(), ownSheets: new Set(), classes: new Set() })

const realLater: Later = (ms, run) => void setTimeout(run, ms).unref()

/** What the doors were told, so that they are told only what is new and what is gone. */
function openLedger(tell: (record: FeedRecord) => void) {
  const told = new Map<string, { version: string; school: SchoolId }>()
  const nameOf = ({ key, name }: Sheet) => `${key} ${name}`
  return {
    /** A door read it in a snapshot: others may hold an older version still. */
    read({ sheet, school }: SchoolSheet): void {
      if (!told.has(nameOf(sheet))) told.set(nameOf(sheet), { version: '', school })
    },
    /** Tells the doors of a sheet, unless it is the one they were told. */
    publish({ sheet, school }: SchoolSheet): string {
      const name = nameOf(sheet)
      if (told.get(name)?.version !== sheet.version) {
        told.set(name, { version: sheet.version, school })
        tell({ type: 'sheet', sheet })
      }
      return name
    },
    /** Ends every sheet, of some schools or all, that was not made again. */
    endOthers(made: ReadonlySet<string>, schools: ReadonlySet<string> | null): void {
      for (const [name, { school }] of told) {
        if (made.has(name) || (schools && !schools.has(school))) continue
        told.delete(name)
        const [key = '', ...rest] = name.split(' ')
        tell({ type: 'sheet-gone', key, name: rest.join(' ') })
      }
    },
  }
}

type Ledger = ReturnType<typeof openLedger>

/** Makes again what the news concern, and tells the doors what differs. */
async function publishAgain(ctx: Ctx, news: News, ledger: Ledger): Promise<void> {
  const schools = news.all ? null : news.schools
  if (!schools || schools.size > 0) {
    const made = new Set<string>()
    for await (const sheet of sheetsToPublish(ctx, schools ? ([...schools] as SchoolId[]) : 'all'))
      made.add(ledger.publish(sheet))
    ledger.endOthers(made, schools)
  }
  if (!schools) return
  for await (const sheet of sheetsOfClasses(ctx, [...news.classes] as ClassId[])) ledger.publish(sheet)
  for await (const sheet of sheetsOfSchools(ctx, [...news.ownSheets] as SchoolId[])) ledger.publish(sheet)
}

type Gathered = {
  hear(part: keyof Omit<News, 'all'>): (ids: readonly string[]) => void
  settled(): Promise<void>
}

/** Gathers news for a moment and has them worked off one lot after the other; what failed is tried again. */
function gatherNews(
  ctx: Ctx,
  later: Later,
  wanted: () => boolean,
  work: (news: News) => Promise<void>,
): Gathered {
  let pending = nothing()
  let planned = false
  let working: Promise<void> = Promise.resolve()

  function plan(ms: number): void {
    if (planned || !wanted()) return
    planned = true
    later(ms, () => {
      planned = false
      working = working.then(run)
    })
  }

  async function run(): Promise<void> {
    const now = pending
    pending = nothing()
    try {
      await work(now)
    } catch (error) {
      ctx.log.error({ err: error }, 'sheets could not be made; trying again')
      pending.all ||= now.all
      for (const part of ['schools', 'ownSheets', 'classes'] as const)
        for (const id of now[part]) pending[part].add(id)
      plan(afterFailure)
    }
  }

  return {
    hear: (part) => (ids) => {
      // Nobody holds a sheet: whoever comes begins with all of them.
      if (!wanted()) return
      if (ids.length === 0) pending.all = true
      for (const id of ids) pending[part].add(id)
      plan(gather)
    },
    settled: async () => {
      for (let seen: Promise<void> | null = null; seen !== working; ) {
        seen = working
        await seen
      }
    },
  }
}

/** Opens the publisher. While no door listens, nothing is made. */
export function openPublisher(ctx: Ctx, later: Later = realLater): Publisher {
  const listeners = new Set<(record: FeedRecord) => void>()
  const ledger = openLedger((record) => {
    for (const listener of listeners) listener(record)
  })
  let days = ''
  const { hear, settled } = gatherNews(
    ctx,
    later,
    () => listeners.size > 0,
    (news) => publishAgain(ctx, news, ledger),
  )
  const hearAll = () => hear('schools')([])
  ctx.bus.on('class', hear('classes'))
  ctx.bus.on('school', hear('ownSheets'))
  ctx.bus.on('timetable', hear('schools'))
  ctx.bus.on('directory', hearAll)
  ctx.bus.onGap(hearAll)

  async function today(): Promise<string> {
    return (await listZones(ctx.db)).map((zone) => dateIn(ctx.clock.now(), zone)).join(' ')
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: async function* () {
      // Only the first: doors that were told earlier are told of a new day by its turn.
      days ||= await today()
      for await (const made of sheetsToPublish(ctx)) {
        ledger.read(made)
        yield { type: 'sheet', sheet: made.sheet }
      }
    },
    turn: async () => {
      const before = days
      days = await today()
      if (before !== '' && before !== days) hearAll()
    },
    settled,
  }
}
