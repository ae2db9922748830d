// Carrying what was done in one class over to its parallel classes: proposed by subject and nearness, done at once or
// not at all, undone the same way.
import { classSeenBy, schoolDay, type Who } from '#features/people'
import { lessonsOf, type TakingPlace } from '#features/timetable'
import { addDays, type LocalDate } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { type ClassId, type DiaryEntryId, newId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { entryWrittenBy, lessonWrittenBy } from '../actions.ts'
import { listEntries, lockEntry, setWithdrawn } from '../store.ts'
import type { Copied, Copies, Parallel, Parallels, Undo } from './contract.ts'
import { byNearness, proposals, reachDays, sameLevel, sameSubject } from './rules.ts'
import * as store from './store.ts'

/** A teacher's own lessons around some days, in order; those that are cancelled take no entry. */
async function lessonsOfMine(ctx: Ctx, who: Who, from: LocalDate, to: LocalDate): Promise<TakingPlace[]> {
  const span = [addDays(from, -reachDays), addDays(to, reachDays)] as const
  const days = await lessonsOf(ctx, { classes: [], teachers: [who.account] }, ...span)
  return [...days.keys()]
    .sort()
    .flatMap((day) => days.get(day) ?? [])
    .filter(({ slot, status, absent: away }) => {
      const off = status === 'moved-away' || (status === 'cancelled' && !away)
      return slot.teacherId === who.account && !off
    })
}

/**
 * What a teacher wrote in a class's week, each with the lessons of parallel classes that it may be carried over to.
 * Empty for whoever does not teach it. @throws `absent`
 */
export async function parallelsOf(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  monday: LocalDate,
): Promise<Parallels> {
  const lessons = await lessonsOfMine(ctx, who, monday, addDays(monday, 6))
  const own = new Set(lessons.filter(({ slot }) => slot.classId === classId).map(({ id }) => id))
  const seen = own.size > 0 ? lessons.find(({ slot }) => slot.classId === classId)?.slot.class : null
  const title = seen?.title ?? (await classSeenBy(ctx, who, classId)).title
  const entries = (await listEntries(ctx.db, [classId], monday, addDays(monday, 6))).filter((e) =>
    own.has(e.lessonId),
  )
  const classes = [...new Set(lessons.map(({ slot }) => slot.classId))]
  const written = await store.listWritten(
    ctx.db,
    classes,
    addDays(monday, -reachDays),
    addDays(monday, 6 + reachDays),
  )
  const carried = await store.listCarried(
    ctx.db,
    entries.map(({ id }) => id),
  )
  const found = entries.map((entry) => {
    const near = lessons
      .filter(
        ({ slot, date }) =>
          slot.classId !== classId &&
          sameSubject(slot.title, entry.subject) &&
          date >= addDays(entry.date, -reachDays) &&
          date <= addDays(entry.date, reachDays),
      )
      .map((lesson): Parallel => {
        const { slot, date, start, id: lessonId } = lesson
        const of = {
          classId: slot.classId,
          class: slot.class.title,
          sameLevel: sameLevel(slot.class.title, title),
        }
        return { lessonId, ...of, date, start, written: written.has(lessonId) }
      })
    return { entry, date: entry.date, lessons: near.sort(byNearness(entry)), carried: carried.get(entry.id) }
  })
  const proposed = proposals(found)
  return {
    class: title,
    monday,
    entries: found.map(({ entry, lessons: near }, i) => ({
      id: entry.id,
      version: entry.version,
      lessonId: entry.lessonId,
      date: entry.date,
      subject: entry.subject,
      body: entry.body,
      documents: entry.attachments.length,
      lessons: near,
      proposed: proposed[i] ?? [],
    })),
  }
}

/**
 * Copies entries with their documents into lessons of the same subject that one teaches, all of them or none. For a
 * lesson to come it is shown from its day on.
 * @throws `absent`, `diary.changed-meanwhile` when one of them is not what was read, `diary.not-parallel`,
 * `diary.lesson-cancelled`, `diary.already-written`
 */
export async function copyEntries(ctx: Ctx, who: Who, { copies }: Copies): Promise<Copied> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    const made: Copied['entries'] = []
    const classes = new Set<ClassId>()
    for (const { entryId, version, lessonId } of copies) {
      const entry = await entryWrittenBy(inside, who, entryId)
      const standing = entry.slotId && (await lockEntry(tx, entry.slotId, entry.onDate))
      if (!standing || standing.id !== entryId || standing.version !== version)
        throw new Refused('diary.changed-meanwhile')
      const lesson = await lessonWrittenBy(inside, who, lessonId)
      if (lesson.classId === entry.classId || !sameSubject(lesson.subject, entry.subject))
        throw new Refused('diary.not-parallel')
      if (lesson.cancelled) throw new Refused('diary.lesson-cancelled')
      const now = ctx.clock.now()
      const { schoolId, classId, slotId, date, subject, start, heldOn, zone } = lesson
      const copy = { id: newId<DiaryEntryId>(now), of: entryId, schoolId, classId, slotId, date, subject }
      const shownOnDay = heldOn > schoolDay(ctx, zone)
      const values = { ...copy, author: who.account, startsAt: start, shownOnDay }
      const first = await store.insertCopy(tx, values, now)
      if (first === null) throw new Refused('diary.already-written')
      made.push({ id: copy.id, version: first })
      classes.add(classId)
    }
    await news('class', [...classes])
    return { entries: made }
  })
}

/**
 * Withdraws what was copied, all of it or nothing. Asked for twice, it is withdrawn once.
 * @throws `absent`, `diary.copy-changed` when somebody has written over one since
 */
export async function undoCopies(ctx: Ctx, who: Who, { entries }: Undo): Promise<Undo> {
  return change(ctx, async (tx, news) => {
    const ids = new Set(entries.map(({ id }) => id))
    if ((await store.listCopies(tx, [...ids])).length < ids.size) throw absent()
    const classes = new Set<ClassId>()
    for (const { id, version } of entries) {
      const entry = await entryWrittenBy({ ...ctx, db: tx }, who, id)
      const standing = entry.slotId && (await lockEntry(tx, entry.slotId, entry.onDate))
      if (!standing || standing.id !== id) continue
      if (standing.version !== version) throw new Refused('diary.copy-changed')
      await setWithdrawn(tx, id, new Date(ctx.clock.now()))
      classes.add(entry.classId)
    }
    await news('class', [...classes])
    return { entries }
  })
}
