// Keeps the doors' sheets true: all of them at first, then those on which a change shows, and all again on a new day or
// when news may have been missed.
import type { FeedRecord, FeedSource } from '#door/formats/feed'
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

/** What the doors were told, by key and name, so that they are told only what is new and what is gone. */
function openLedger(tell: (record: FeedRecord) => void) {
  const told = new Map<string, Map<string, { version: string; school: SchoolId }>>()
  function namesOf(key: string) {
    const names = told.get(key) ?? new Map<string, { version: string; school: SchoolId }>()
    told.set(key, names)
    return names
  }
  function end(key: string, name: string): void {
    const names = namesOf(key)
    names.delete(name)
    if (names.size === 0) told.delete(key)
    tell({ type: 'sheet-gone', key, name })
  }
  return {
    /** A door read it in a snapshot: others may hold an older version still. */
    read({ sheet, school }: SchoolSheet): void {
      const names = namesOf(sheet.key)
      if (!names.has(sheet.name)) names.set(sheet.name, { version: '', school })
    },
    /** Tells the doors of a sheet, unless it is the one they were told. */
    publish({ sheet, school }: SchoolSheet): void {
      const names = namesOf(sheet.key)
      if (names.get(sheet.name)?.version === sheet.version) return
      names.set(sheet.name, { version: sheet.version, school })
      tell({ type: 'sheet', sheet })
    },
    /** Ends every sheet, of some schools or all, that was not made again. */
    endOthers(made: Made, schools: ReadonlySet<string> | null): void {
      for (const [key, names] of told)
        for (const [name, { school }] of names)
          if (!made.get(key)?.has(name) && (!schools || schools.has(school))) end(key, name)
    },
    /** Ends the homework of the keys whose sheets were made, where it was not made again: it was withdrawn. */
    endHomework(made: Made): void {
      for (const [key, again] of made)
        for (const name of told.get(key)?.keys() ?? [])
          if (name.startsWith('homework/') && !again.has(name)) end(key, name)
    },
  }
}

/** Names of sheets that were made, by key. */
type Made = Map<string, Set<string>>

async function publishAll(sheets: AsyncIterable<SchoolSheet>, ledger: Ledger): Promise<Made> {
  const made: Made = new Map()
  for await (const one of sheets) {
    const { key, name } = one.sheet
    made.set(key, (made.get(key) ?? new Set()).add(name))
    ledger.publish(one)
  }
  return made
}

type Ledger = ReturnType<typeof openLedger>

/** Makes again what the news concern, and tells the doors what differs. */
async function publishAgain(ctx: Ctx, news: News, ledger: Ledger): Promise<void> {
  const schools = news.all ? null : news.schools
  if (!schools || schools.size > 0) {
    const all = sheetsToPublish(ctx, schools ? ([...schools] as SchoolId[]) : 'all')
    ledger.endOthers(await publishAll(all, ledger), schools)
  }
  if (!schools) return
  ledger.endHomework(await publishAll(sheetsOfClasses(ctx, [...news.classes] as ClassId[]), ledger))
  await publishAll(sheetsOfSchools(ctx, [...news.ownSheets] as SchoolId[]), ledger)
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
