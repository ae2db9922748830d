// What was written ahead, for those who may write it: apart from the class's own weeks, which are kept for all of it alike.
import { classSeenBy, type SeenClass, schoolDay, type Who } from '#features/people'
import { lessonsOf } from '#features/timetable'
import { addDays } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId } from '#platform/ids'
import { checkPeriod, partsOf, present, type Wish } from '../history/actions.ts'
import { isAhead, seesAhead } from '../rules.ts'
import { type EntryRow, listEntries } from '../store.ts'
import type { Ahead } from './contract.ts'

/**
 * Entries of a class and its groups that are to be shown on a later day, of lessons whose entry the reader may write.
 * Nothing for whoever only reads. @throws `absent`, `diary.period-too-long`
 */
export async function aheadOf(ctx: Ctx, who: Who, classId: ClassId, wish: Wish): Promise<Ahead> {
  const seen = await classSeenBy(ctx, who, classId)
  checkPeriod(wish)
  const today = schoolDay(ctx, seen.zone)
  const from = wish.from > today ? wish.from : addDays(today, 1)
  if (wish.to < from) return { entries: [] }
  const { classes, tagOf } = await partsOf(ctx, seen)
  const found = (await listEntries(ctx.db, classes, from, wish.to)).filter(
    (entry) => isAhead(entry, today) && (!wish.subject || entry.subject === wish.subject),
  )
  const own = found.length > 0 ? await ownAmong(ctx, who, seen, found) : []
  return { entries: own.map((entry) => present(entry, tagOf)) }
}

/** Those of a class's coming entries that the reader may write. */
async function ownAmong(ctx: Ctx, who: Who, seen: SeenClass, entries: EntryRow[]): Promise<EntryRow[]> {
  const days = entries.map(({ date }) => date).sort()
  const classes = [...new Set(entries.map((entry) => entry.classId))]
  const lessons = await lessonsOf(ctx, { classes }, days[0] ?? '', days.at(-1) ?? '')
  const byId = new Map([...lessons.values()].flat().map((taking) => [taking.id, taking]))
  const unnamed = classes.filter((id) =>
    [...byId.values()].some(({ slot }) => slot.classId === id && slot.teacherId === null),
  )
  const taught = new Set<ClassId>()
  for (const id of unnamed) if (await teaches(ctx, who, seen, id)) taught.add(id)
  const today = schoolDay(ctx, seen.zone)
  return entries.filter((entry) => {
    const taking = byId.get(entry.lessonId)
    const lesson = taking && {
      teacherId: taking.slot.teacherId,
      coverTeacherId: taking.cover?.teacherId ?? null,
      date: taking.date,
    }
    return seesAhead(
      entry,
      lesson ?? null,
      { account: who.account, teachesClass: taught.has(entry.classId) },
      today,
    )
  })
}

async function teaches(ctx: Ctx, who: Who, seen: SeenClass, id: ClassId): Promise<boolean> {
  if (id === seen.id) return seen.relations.includes('teacher')
  const group = await classSeenBy(ctx, who, id).catch(() => null)
  return group?.relations.includes('teacher') ?? false
}
