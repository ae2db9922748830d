// Lessons for other features, and changes to single lessons by those who may make them.

import { classSeenBy, schoolDay, schoolRunBy, type Who } from '#features/people'
import { addDays, type LocalDate } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { type ClassId, occurrenceIn, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { listAway, listCovering, listCovers } from './absences/away-store.ts'
import type { Lesson, LessonChange } from './contract.ts'
import {
  type Absences,
  type Busy,
  furthestMoveDays,
  lessonsBetween,
  obstacleToChange,
  type Taking,
  takesPlace,
  teacherOf,
} from './rules.ts'
import * as store from './store.ts'

export type TakingPlace = Taking<store.FullSlot>

/** Every lesson of some classes or teachers in a span of days, by its day. The caller has checked who asks. */
export async function lessonsOf(
  ctx: Pick<Ctx, 'db'>,
  of: store.Of,
  from: LocalDate,
  to: LocalDate,
): Promise<Map<LocalDate, TakingPlace[]>> {
  const { teachers = [] } = of
  // What teachers cover of others' is theirs too, for that lesson.
  const covering = teachers.length > 0 ? await listCovering(ctx.db, teachers, from, to) : []
  const slots = await store.listSlots(ctx.db, { ...of, slots: covering }, from, to)
  const ids = slots.map((slot) => slot.id)
  const changes = await store.listChanges(ctx.db, ids, from, to)
  return lessonsBetween(slots, changes, from, to, await absencesFrom(ctx.db, ids, from, to))
}

/** Who of some slots' teachers is away in a span of days, and what covers their lessons then. */
async function absencesFrom(
  db: Db,
  slots: readonly SlotId[],
  from: LocalDate,
  to: LocalDate,
): Promise<Absences> {
  const away = await listAway(db, slots, from, to)
  if (away.length === 0) return { away, covers: [] }
  return { away, covers: await listCovers(db, [...new Set(away.map(({ slotId }) => slotId))]) }
}

/** The groups that pupils of some classes attend besides. The caller has checked who asks. */
export async function groupsOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  classes: readonly ClassId[],
): Promise<store.Group[]> {
  return store.listGroups(ctx.db, classes, schoolDay(ctx))
}

/** The classes on whose sheets a change in these may show: those that share a pupil, themselves included. */
export async function classesSharing(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  classes: readonly ClassId[],
): Promise<ClassId[]> {
  return store.listClassesSharing(ctx.db, classes, schoolDay(ctx))
}

/** The slot of a lesson that the timetable has on that day. @throws `absent` */
async function slotOf(ctx: Ctx, lessonId: string): Promise<{ slot: store.FullSlot; onDate: LocalDate }> {
  const lesson = occurrenceIn<SlotId>(lessonId)
  const slot = lesson && (await store.findSlot(ctx.db, lesson.id))
  if (!lesson || !slot?.dates.includes(lesson.date)) throw absent()
  return { slot, onDate: lesson.date }
}

/** Whether somebody is the slot's teacher; where the timetable names none, any teacher of the class. */
async function teaches(ctx: Ctx, who: Who, slot: store.FullSlot): Promise<boolean> {
  if (slot.teacherId) return slot.teacherId === who.account
  return (await classSeenBy(ctx, who, slot.classId)).relations.includes('teacher')
}

/** A lesson as it stands now, for its teacher. @throws `absent` */
export async function lessonTaughtBy(ctx: Ctx, who: Who, lessonId: string): Promise<TakingPlace> {
  const { slot, onDate } = await slotOf(ctx, lessonId)
  if (!(await teaches(ctx, who, slot))) throw absent()
  return standing(ctx, slot, onDate)
}

/** A lesson as it stands now, for a check of the caller's own; undefined when the timetable has none on that day. */
export async function lessonStanding(ctx: Ctx, lessonId: string): Promise<TakingPlace | undefined> {
  const lesson = occurrenceIn<SlotId>(lessonId)
  const slot = lesson && (await store.findSlot(ctx.db, lesson.id))
  return slot?.dates.includes(lesson?.date ?? '') ? standing(ctx, slot, lesson?.date ?? '') : undefined
}

/** Where a lesson stands: at its new place when it was moved. */
async function standing(ctx: Ctx, slot: store.FullSlot, onDate: LocalDate): Promise<TakingPlace> {
  const changes = await store.listChanges(ctx.db, [slot.id], onDate, onDate)
  const absences = await absencesFrom(
    ctx.db,
    [slot.id],
    addDays(onDate, -400),
    addDays(onDate, furthestMoveDays),
  )
  const days = lessonsBetween([{ ...slot, dates: [onDate] }], changes, '0001-01-01', '9999-12-31', absences)
  const all = [...days.values()].flat()
  const now = all.find(({ status }) => status !== 'moved-away')
  if (!now) throw absent()
  return now
}

async function slotLedBy(ctx: Ctx, who: Who, lessonId: string) {
  const found = await slotOf(ctx, lessonId)
  if (!(await teaches(ctx, who, found.slot))) await schoolRunBy(ctx, who, found.slot.schoolId)
  return found
}

/** Who cannot be elsewhere on that day: the lesson's teacher, and all who share a pupil with its class. */
async function othersOn(ctx: Ctx, slot: store.FullSlot, date: LocalDate): Promise<Busy[]> {
  const classes = await store.listClassesSharing(ctx.db, [slot.classId], schoolDay(ctx, slot.zone))
  const teachers = slot.teacherId ? [slot.teacherId] : []
  const day = (await lessonsOf(ctx, { classes, teachers }, date, date)).get(date) ?? []
  return day.filter(takesPlace).map((taking) => ({
    id: taking.id,
    classId: taking.slot.classId,
    teacherId: teacherOf(taking),
    start: taking.start,
    end: taking.end,
  }))
}

/**
 * Cancels or moves one lesson, in place of an earlier change to it.
 * @throws `absent`, `lesson.ends-before-it-starts`, `lesson.moved-to-the-past`, `lesson.moved-too-far`,
 * `lesson.teacher-is-busy`, `lesson.class-is-busy`
 */
export async function changeLesson(
  ctx: Ctx,
  who: Who,
  lessonId: string,
  wish: LessonChange,
): Promise<Lesson> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    const { slot, onDate } = await slotLedBy(inside, who, lessonId)
    await store.lockLessons(tx, slot.schoolId)
    const now = ctx.clock.now()
    const others = wish.kind === 'moved' ? await othersOn(inside, slot, wish.toDate) : []
    const obstacle = obstacleToChange(
      { id: lessonId, onDate, teacherId: slot.teacherId },
      wish,
      others,
      now,
      slot.zone,
    )
    if (obstacle) throw new Refused(obstacle)
    await store.upsertChange(tx, slot.id, onDate, cleaned(wish), who.account, now)
    await news('class', [slot.classId])
    await news('school', [slot.schoolId])
    return presentLesson(inside, await standing(inside, slot, onDate))
  })
}

/** Notes and rooms are one line, without what no text holds. */
function cleaned(wish: LessonChange): LessonChange {
  const note = cleanLine(wish.note ?? '')
  const toRoom = wish.kind === 'moved' ? cleanLine(wish.toRoom ?? '') : ''
  const { note: _note, ...rest } = wish
  if (rest.kind === 'cancelled') return { ...rest, ...(note && { note }) }
  const { toRoom: _room, ...moved } = rest
  return { ...moved, ...(toRoom && { toRoom }), ...(note && { note }) }
}

/** Takes a change back: the lesson is where the timetable has it. @throws `absent` */
export async function takeBackChange(ctx: Ctx, who: Who, lessonId: string): Promise<Lesson> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    const { slot, onDate } = await slotLedBy(inside, who, lessonId)
    await store.deleteChange(tx, slot.id, onDate)
    await news('class', [slot.classId])
    await news('school', [slot.schoolId])
    return presentLesson(inside, await standing(inside, slot, onDate))
  })
}

/** A lesson as it crosses the wire. The caller has checked who asks. */
export async function presentLesson(ctx: Ctx, taking: TakingPlace): Promise<Lesson> {
  return (await presenterOf(ctx, [taking]))(taking)
}

/** Presents any of a school's lessons, with what it needs of them read once. The caller has checked who asks. */
export async function presenterOf(
  ctx: Ctx,
  takings: readonly TakingPlace[],
): Promise<(taking: TakingPlace) => Lesson> {
  const classes = [...new Set(takings.map(({ slot }) => slot.classId))]
  const homerooms = await store.listHomerooms(ctx.db, classes, schoolDay(ctx, takings[0]?.slot.zone))
  const groups = await groupsOf(ctx, homerooms)
  const whole = new Set(groups.filter((group) => group.whole).map(({ id }) => id))
  return ({ slot, room, cover, planned: _, ...rest }) => {
    const { key, title, type } = slot.class
    return {
      ...rest,
      classId: slot.classId,
      class: title,
      ...(type === 'homeroom' || whole.has(slot.classId) ? {} : { group: { key, title } }),
      ...shownOf({ slot, cover }),
      ...(room ? { room } : {}),
    }
  }
}

/** What and who a lesson shows: as it is covered, with the name of whose lesson it is. */
export function shownOf({ slot, cover }: Pick<TakingPlace, 'slot' | 'cover'>): Shown {
  const subject = cover?.subject ?? slot.title
  if (!cover || cover.kind === 'home')
    return { subject, ...(slot.teacher && { teacher: slot.teacher }), ...(cover && { cover: cover.kind }) }
  return {
    subject,
    cover: cover.kind,
    ...(cover.teacher && { teacher: cover.teacher }),
    ...(slot.teacher && { insteadOf: slot.teacher }),
  }
}

type Shown = Pick<Lesson, 'subject' | 'teacher' | 'cover' | 'insteadOf'>
