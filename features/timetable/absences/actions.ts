// Entering, changing and withdrawing a teacher's absence. The lessons it touches are not written anywhere: they follow
// from it whenever the timetable is read, so that no import can lose them and withdrawing needs no repair.
import { schoolDay, schoolRunBy, type Who, zoneOf } from '#features/people'
import type { LocalDate } from '#platform/calendar'
import { change, type News } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { type AbsenceId, newId, type PersonId, type SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { lockLessons } from '../store.ts'
import type { Absence, AbsenceDraft, AbsenceRules, AbsenceSpan, MyAbsences } from './contract.ts'
import { obstacleToAbsence } from './rules.ts'
import * as store from './store.ts'

/** So many of a teacher's own absences are shown. */
const mostOwn = 100

const presentTo =
  (mine: boolean) =>
  ({ by: _, ...absence }: store.AbsenceRow): Absence => ({ ...absence, mine })

function refuse(span: AbsenceSpan): void {
  const obstacle = obstacleToAbsence(span)
  if (obstacle) throw new Refused(obstacle)
}

/** Passes for those who run the school, and for a teacher's own absence where the school allows it. @throws `absent` */
async function mayEnter(ctx: Ctx, who: Who, schoolId: SchoolId, teacher: PersonId): Promise<void> {
  if (teacher === who.account && (await store.teachersEnter(ctx.db, schoolId))) {
    const today = schoolDay(ctx, await zoneOf(ctx, schoolId))
    const schools = await store.listTeachersSchools(ctx.db, teacher, today)
    if (schools.some(({ id }) => id === schoolId)) return
  }
  await schoolRunBy(ctx, who, schoolId)
}

/** An absence for whoever may change it: a teacher only what they entered themself. @throws `absent` */
async function absenceLedBy(ctx: Ctx, who: Who, id: AbsenceId): Promise<store.AbsenceRow> {
  const found = await store.lockAbsence(ctx.db, id)
  if (!found) throw absent()
  const own = found.by === who.account ? found.teacher.id : (null as PersonId | null)
  if (own === who.account) await mayEnter(ctx, who, found.schoolId, own)
  else await schoolRunBy(ctx, who, found.schoolId)
  return found
}

type Days = { from: LocalDate; to: LocalDate }

/** One announcement for however many lessons: the classes that have any, and the school. */
async function tell(tx: Db, news: News, schoolId: SchoolId, teacher: PersonId, days: Days): Promise<void> {
  const classes = await store.listClassesTaught(tx, schoolId, teacher, days.from, days.to)
  if (classes.length > 0) await news('class', classes)
  await news('school', [schoolId])
}

const daysOf = (...spans: Pick<AbsenceSpan, 'from' | 'to'>[]): Days => ({
  from: spans.map(({ from }) => from.date).sort()[0] ?? '',
  to:
    spans
      .map(({ to }) => to.date)
      .sort()
      .at(-1) ?? '',
})

async function found(db: Db, id: AbsenceId): Promise<Absence> {
  const row = await store.findAbsence(db, id)
  if (!row) throw absent()
  return presentTo(true)(row)
}

/**
 * Enters a teacher's absence: all lessons in it are off at once.
 * @throws `absent`, `absence.teacher-unknown`, `absence.ends-before-it-starts`, `absence.too-long`
 */
export async function enterAbsence(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  draft: AbsenceDraft,
): Promise<Absence> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    await mayEnter(inside, who, schoolId, draft.teacherId)
    refuse(draft)
    const today = schoolDay(ctx, await zoneOf(inside, schoolId))
    const teachers = await store.listTeachers(tx, schoolId, today)
    if (!teachers.some(({ id }) => id === draft.teacherId)) throw new Refused('absence.teacher-unknown')
    await lockLessons(tx, schoolId)
    const now = ctx.clock.now()
    const id = newId<AbsenceId>(now)
    const reason = cleanLine(draft.reason ?? '') || null
    await store.insertAbsence(
      tx,
      { id, schoolId, teacher: draft.teacherId, reason, by: who.account },
      draft,
      now,
    )
    await store.insertEvent(tx, id, 'entered', who.account, now)
    await tell(tx, news, schoolId, draft.teacherId, daysOf(draft))
    return found(tx, id)
  })
}

/**
 * Makes an absence shorter or longer; lessons that are no longer in it are as planned, those that are in it again as
 * they were covered. @throws `absent`, `absence.ends-before-it-starts`, `absence.too-long`
 */
export async function changeAbsence(ctx: Ctx, who: Who, id: AbsenceId, span: AbsenceSpan): Promise<Absence> {
  return change(ctx, async (tx, news) => {
    const before = await absenceLedBy({ ...ctx, db: tx }, who, id)
    refuse(span)
    await store.updateSpan(tx, id, span, cleanLine(span.reason ?? '') || null)
    await store.insertEvent(tx, id, 'changed', who.account, ctx.clock.now())
    await tell(tx, news, before.schoolId, before.teacher.id, daysOf(before, span))
    return found(tx, id)
  })
}

/** Withdraws an absence, or brings it back: lessons are as planned, or as they were covered. @throws `absent` */
export async function withdrawAbsence(
  ctx: Ctx,
  who: Who,
  id: AbsenceId,
  withdrawn: boolean,
): Promise<Absence> {
  return change(ctx, async (tx, news) => {
    const before = await absenceLedBy({ ...ctx, db: tx }, who, id)
    if (before.withdrawn !== withdrawn) {
      const now = ctx.clock.now()
      await store.setWithdrawn(tx, id, withdrawn ? new Date(now) : null)
      await store.insertEvent(tx, id, withdrawn ? 'withdrawn' : 'restored', who.account, now)
      await tell(tx, news, before.schoolId, before.teacher.id, daysOf(before))
    }
    return found(tx, id)
  })
}

/** A teacher's own absences, and where they may enter one. Nothing for whoever teaches nowhere. */
export async function myAbsences(ctx: Ctx, who: Who): Promise<MyAbsences> {
  const schools = await store.listTeachersSchools(ctx.db, who.account, schoolDay(ctx))
  const rows = await store.listOfTeacher(ctx.db, who.account, mostOwn)
  const may = new Set(schools.filter((school) => school.mayEnter).map(({ id }) => id))
  const absences = rows.map((row) => presentTo(row.by === who.account && may.has(row.schoolId))(row))
  return { account: who.account, schools, absences }
}

/** Lets teachers enter their own absences, or not. @throws `absent` */
export async function setAbsenceRules(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  rules: AbsenceRules,
): Promise<AbsenceRules> {
  await schoolRunBy(ctx, who, schoolId)
  await store.setTeachersEnter(ctx.db, schoolId, rules.teachersEnterAbsences)
  return rules
}

/** A school's absences of a day for those who run it, withdrawn ones last. @throws `absent` */
export async function absencesOn(ctx: Ctx, who: Who, schoolId: SchoolId, day: LocalDate): Promise<Absence[]> {
  await schoolRunBy(ctx, who, schoolId)
  return (await store.listOnDay(ctx.db, schoolId, day)).map(presentTo(true))
}
