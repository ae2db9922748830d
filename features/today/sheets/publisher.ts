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

type Pending = { all: boolean; schools: Set<string>; ownSheets: Set<string>; classes: Set<string> }
const nothing = (): Pending => ({ all: false, schools: new Set(), ownSheets: new Set(), classes: new Set() })

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

/** Opens the publisher. While no door listens, nothing is made. */
export function openPublisher(ctx: Ctx, later: Later = realLater): Publisher {
  const listeners = new Set<(record: FeedRecord) => void>()
  const ledger = openLedger((record) => {
    for (const listener of listeners) listener(record)
  })
  let pending = nothing()
  let planned = false
  let days = ''
  let work: Promise<void> = Promise.resolve()

  function plan(ms = gather): void {
    if (planned || listeners.size === 0) return
    planned = true
    later(ms, () => {
      planned = false
      work = work.then(run)
    })
  }

  async function make(now: Pending): Promise<void> {
    const wide = now.all ? null : now.schools
    if (!wide || wide.size > 0) {
      const made = new Set<string>()
      for await (const sheet of sheetsToPublish(ctx, wide ? ([...wide] as SchoolId[]) : 'all'))
        made.add(ledger.publish(sheet))
      ledger.endOthers(made, wide)
    }
    if (!wide) return
    for await (const sheet of sheetsOfClasses(ctx, [...now.classes] as ClassId[])) ledger.publish(sheet)
    for await (const sheet of sheetsOfSchools(ctx, [...now.ownSheets] as SchoolId[])) ledger.publish(sheet)
  }

  async function run(): Promise<void> {
    const now = pending
    pending = nothing()
    try {
      await make(now)
    } catch (error) {
      ctx.log.error({ err: error }, 'sheets could not be made; trying again')
      pending.all ||= now.all
      for (const part of ['schools', 'ownSheets', 'classes'] as const)
        for (const id of now[part]) pending[part].add(id)
      plan(afterFailure)
    }
  }

  const hear = (part: 'schools' | 'ownSheets' | 'classes') => (ids: readonly string[]) => {
    if (ids.length === 0) pending.all = true
    for (const id of ids) pending[part].add(id)
    plan()
  }
  ctx.bus.on('class', hear('classes'))
  ctx.bus.on('school', hear('ownSheets'))
  ctx.bus.on('timetable', hear('schools'))
  // An import of the directory names nothing, or what others need to know of it.
  ctx.bus.on('directory', () => hear('schools')([]))
  ctx.bus.onGap(() => hear('schools')([]))

  async function today(): Promise<string> {
    return (await listZones(ctx.db)).map((zone) => dateIn(ctx.clock.now(), zone)).join(' ')
  }

  async function turn(): Promise<void> {
    const now = await today()
    if (now === days) return
    const begun = days === ''
    days = now
    if (!begun) hear('schools')([])
  }

  async function* snapshot(): AsyncGenerator<FeedRecord> {
    days = await today()
    for await (const made of sheetsToPublish(ctx)) {
      ledger.read(made)
      yield { type: 'sheet', sheet: made.sheet }
    }
  }

  async function settled(): Promise<void> {
    let seen: Promise<void> | null = null
    while (seen !== work) {
      seen = work
      await seen
    }
  }

  return {
    snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    turn,
    settled,
  }
}
