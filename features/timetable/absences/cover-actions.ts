// Covering the lessons of absent teachers: the day's list for those who run a school, and one cover at a time.
import { schoolDay, schoolRunBy, type Who, zoneOf } from '#features/people'
import type { LocalDate } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { type CoverId, newId, occurrenceIn, type PersonId, type SchoolId, type SlotId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import { lessonStanding, lessonsOf, presenterOf, type TakingPlace } from '../actions.ts'
import { takesPlace, teacherOf } from '../rules.ts'
import { listClassesSharing, listSharingEach, lockLessons } from '../store.ts'
import { absencesOn } from './actions.ts'
import type { AbsenceDay, AbsentLesson, CoverChoice, CoverDraft } from './contract.ts'
import * as covers from './cover-store.ts'
import {
  bySuitability,
  clashesOf,
  type DayBesides,
  isAwayAt,
  type Occupied,
  obstacleToCover,
  sameRoom,
} from './rules.ts'
import * as store from './store.ts'

type Day = { lessons: TakingPlace[]; occupied: Occupied[] }

/** A school's day, with what some teachers teach elsewhere: they are busy there, its rooms are none of this school's. */
async function dayOf(ctx: Ctx, schoolId: SchoolId, date: LocalDate, teachers: PersonId[] = []): Promise<Day> {
  const classes = await store.listClassIds(ctx.db, schoolId)
  const lessons = (await lessonsOf(ctx, { classes, teachers }, date, date)).get(date) ?? []
  const occupied = lessons.filter(takesPlace).map((taking) => ({
    id: taking.id,
    classId: taking.slot.classId,
    teacherId: teacherOf(taking),
    room: taking.slot.schoolId === schoolId ? taking.room : null,
    start: taking.start,
    end: taking.end,
  }))
  return { lessons, occupied }
}

const idsOf = (people: readonly { id: PersonId }[]) => people.map(({ id }) => id)

/** Who is away at some time of a day. */
const awayAt = (absences: AbsenceDay['absences'], date: LocalDate, start: string, end: string) =>
  new Set(
    absences
      .filter((absence) => !absence.withdrawn && isAwayAt(absence, date, start, end))
      .map(({ teacher }) => teacher.id),
  )

async function besides(
  ctx: Ctx,
  taking: TakingPlace,
  day: Day,
  absences: AbsenceDay['absences'],
): Promise<DayBesides> {
  const { slot, date, start, end } = taking
  const sharing = await listClassesSharing(ctx.db, [slot.classId], schoolDay(ctx, slot.zone))
  return { lessons: day.occupied, sharing: new Set(sharing), away: awayAt(absences, date, start, end) }
}

/** Some of a day's lessons, with what stands against their covers: as many queries for one as for all. */
async function presentAbsent(
  ctx: Ctx,
  takings: readonly TakingPlace[],
  day: Day,
  absences: AbsenceDay['absences'],
): Promise<AbsentLesson[]> {
  const present = await presenterOf(ctx, takings)
  const classes = takings.map(({ slot }) => slot.classId)
  const sharing = await listSharingEach(ctx.db, classes, schoolDay(ctx, takings[0]?.slot.zone))
  return takings.map((taking) => {
    const { slot, cover, date, id, room, start, end, planned = slot } = taking
    const otherTime = start !== planned.start || end !== planned.end
    const wanted = { id, teacherId: teacherOf(taking), room, start, end, otherTime }
    const away = awayAt(absences, date, start, end)
    const beside = { lessons: day.occupied, sharing: sharing.get(slot.classId) ?? new Set(), away }
    return {
      lesson: present(taking),
      planned: { start: planned.start, end: planned.end },
      teacherId: slot.teacherId as PersonId,
      ...(cover?.teacherId ? { coverTeacherId: cover.teacherId } : {}),
      clashes: cover && takesPlace(taking) ? clashesOf(wanted, beside) : [],
    }
  })
}

const uncoveredFirst = (a: AbsentLesson, b: AbsentLesson) =>
  Number(Boolean(a.lesson.cover)) - Number(Boolean(b.lesson.cover)) ||
  a.lesson.start.localeCompare(b.lesson.start) ||
  a.lesson.class.localeCompare(b.lesson.class)

/** A school's day: who is away, and what becomes of each of their lessons. @throws `absent` */
export async function absenceDay(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  date: LocalDate,
): Promise<AbsenceDay> {
  const absences = await absencesOn(ctx, who, schoolId, date)
  const teachers = await store.listTeachers(ctx.db, schoolId, schoolDay(ctx, await zoneOf(ctx, schoolId)))
  const teachersEnterAbsences = await store.teachersEnter(ctx.db, schoolId)
  const adrift = await covers.listAdrift(ctx.db, schoolId, date)
  let lessons: AbsentLesson[] = []
  if (absences.some(({ withdrawn }) => !withdrawn)) {
    const day = await dayOf(ctx, schoolId, date, idsOf(teachers))
    const off = day.lessons.filter(({ absent, slot }) => absent && slot.schoolId === schoolId)
    lessons = await presentAbsent(ctx, off, day, absences)
  }
  return {
    date,
    rules: { teachersEnterAbsences },
    teachers,
    absences,
    lessons: lessons.sort(uncoveredFirst),
    adrift: adrift.map(({ teacher, ...rest }) => ({ ...rest, ...(teacher && { teacher }) })),
  }
}

/** A lesson for those who run its school. @throws `absent` */
async function lessonRunBy(ctx: Ctx, who: Who, lessonId: string) {
  const named = occurrenceIn<SlotId>(lessonId)
  const taking = await lessonStanding(ctx, lessonId)
  if (!named || !taking) throw absent()
  await schoolRunBy(ctx, who, taking.slot.schoolId)
  return { taking, slotId: named.id, onDate: named.date }
}

/** The lesson as its cover would have it, and all that stands against it. */
async function clashesWith(ctx: Ctx, who: Who, taking: TakingPlace, draft: CoverDraft) {
  if (draft.kind === 'home') return []
  const { slot, date, id, planned = slot } = taking
  const { start = planned.start, end = planned.end, teacherId = null, room } = draft
  const day = await dayOf(ctx, slot.schoolId, date, teacherId ? [teacherId] : [])
  const absences = await absencesOn(ctx, who, slot.schoolId, date)
  const wanted = { id, teacherId, room: cleanLine(room ?? '') || slot.room, start, end }
  const otherTime = start !== planned.start || end !== planned.end
  return clashesOf({ ...wanted, otherTime }, await besides(ctx, { ...taking, start, end }, day, absences))
}

function cleaned(draft: CoverDraft): CoverDraft {
  const [subject, room, note] = [draft.subject, draft.room, draft.note].map((text) => cleanLine(text ?? ''))
  const { kind, teacherId, start, end } = draft
  const time = start && end && kind !== 'home' ? { start, end } : {}
  return {
    kind,
    ...(teacherId && kind !== 'home' && { teacherId }),
    ...(subject && kind === 'teacher' && { subject }),
    ...(room && kind !== 'home' && { room }),
    ...time,
    ...(note && { note }),
  }
}

/** Why a lesson cannot be covered in this way; null when it can. */
async function obstacleTo(
  ctx: Ctx,
  who: Who,
  taking: TakingPlace,
  draft: CoverDraft,
): Promise<string | null> {
  const { slot, absent: away, planned = slot } = taking
  if (!away) return 'cover.not-absent'
  const obstacle = obstacleToCover(draft, planned)
  if (obstacle) return obstacle
  if (draft.teacherId) {
    const teachers = await store.listTeachers(ctx.db, slot.schoolId, schoolDay(ctx, slot.zone))
    const suits = teachers.some(({ id }) => id === draft.teacherId && id !== slot.teacherId)
    if (!suits) return 'cover.teacher-unknown'
  }
  if (draft.anyway) return null
  return (await clashesWith(ctx, who, taking, draft))[0] ?? null
}

async function standingNow(ctx: Ctx, who: Who, lessonId: string): Promise<AbsentLesson> {
  const taking = await lessonStanding(ctx, lessonId)
  if (!taking) throw absent()
  const { schoolId } = taking.slot
  const absences = await absencesOn(ctx, who, schoolId, taking.date)
  const covering = taking.cover?.teacherId
  const day = await dayOf(ctx, schoolId, taking.date, covering ? [covering] : [])
  const [lesson] = await presentAbsent(ctx, [taking], day, absences)
  if (!lesson) throw absent()
  return lesson
}

/**
 * Covers a lesson of an absent teacher, in place of how it was covered before. Whoever is busy and rooms that are taken
 * stand against it unless it is wanted `anyway`.
 * @throws `absent`, `cover.not-absent`, `cover.teacher-missing`, `cover.teacher-unknown`, `cover.teacher-is-absent`,
 * `cover.teacher-is-busy`, `cover.room-is-taken`, `cover.class-is-busy`, `lesson.ends-before-it-starts`
 */
export async function coverLesson(
  ctx: Ctx,
  who: Who,
  lessonId: string,
  wish: CoverDraft,
): Promise<AbsentLesson> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    const first = await lessonRunBy(inside, who, lessonId)
    await lockLessons(tx, first.taking.slot.schoolId)
    const { taking, slotId, onDate } = await lessonRunBy(inside, who, lessonId)
    const { slot } = taking
    const draft = cleaned(wish)
    const obstacle = await obstacleTo(inside, who, taking, { ...draft, anyway: wish.anyway ?? false })
    if (obstacle) throw new Refused(obstacle)
    const at = { date: taking.date, ...(taking.planned ?? slot) }
    const absenceId = await covers.findAbsenceAt(tx, slot.schoolId, slot.teacherId as PersonId, at)
    if (!absenceId) throw new Refused('cover.not-absent')
    const now = ctx.clock.now()
    const lesson = { slotId, onDate, classId: slot.classId, startsAt: slot.start, title: slot.title }
    const id = newId<CoverId>(now)
    const cover = { id, schoolId: slot.schoolId, absenceId, by: who.account, ...lesson }
    await covers.putCover(tx, cover, draft, now)
    await news('class', [slot.classId])
    await news('school', [slot.schoolId])
    return standingNow(inside, who, lessonId)
  })
}

/** Takes away how a lesson is covered: it is off, as long as its teacher is away. @throws `absent` */
export async function uncoverLesson(ctx: Ctx, who: Who, lessonId: string): Promise<AbsentLesson> {
  return change(ctx, async (tx, news) => {
    const inside = { ...ctx, db: tx }
    const { taking, slotId, onDate } = await lessonRunBy(inside, who, lessonId)
    await covers.withdrawCover(tx, slotId, onDate, new Date(ctx.clock.now()))
    await news('class', [taking.slot.classId])
    await news('school', [taking.slot.schoolId])
    return standingNow(inside, who, lessonId)
  })
}

/** Who could cover a lesson and which rooms are free, at its own time or another one of its day. @throws `absent` */
export async function choiceFor(
  ctx: Ctx,
  who: Who,
  lessonId: string,
  time: { start?: string | undefined; end?: string | undefined },
): Promise<CoverChoice> {
  const { taking } = await lessonRunBy(ctx, who, lessonId)
  const { slot, date, planned = slot } = taking
  const { start = planned.start, end = planned.end } = time
  const teachers = await store.listTeachers(ctx.db, slot.schoolId, schoolDay(ctx, slot.zone))
  const day = await dayOf(ctx, slot.schoolId, date, idsOf(teachers))
  const away = awayAt(await absencesOn(ctx, who, slot.schoolId, date), date, start, end)
  const beside = day.occupied.filter((l) => l.id !== taking.id && l.start < end && start < l.end)
  const busy = new Set(beside.map(({ teacherId }) => teacherId))
  const taught = new Map((await store.listTaught(ctx.db, slot.schoolId)).map((t) => [t.teacherId, t]))
  const rooms = await store.listRooms(ctx.db, slot.schoolId)
  return {
    teachers: teachers
      .filter(({ id }) => id !== slot.teacherId)
      .map((teacher) => ({
        ...teacher,
        free: !busy.has(teacher.id) && !away.has(teacher.id),
        ofClass: taught.get(teacher.id)?.classIds.includes(slot.classId) ?? false,
        ofSubject: taught.get(teacher.id)?.subjects.includes(slot.title) ?? false,
      }))
      .sort(bySuitability),
    rooms: rooms.map((name) => ({ name, free: !beside.some(({ room }) => sameRoom(room, name)) })),
  }
}

/** Whether somebody teaches at a lesson's school today: who has left covers nothing there any more. */
export async function isOnStaff(
  ctx: Ctx,
  { schoolId, zone }: Pick<TakingPlace['slot'], 'schoolId' | 'zone'>,
  person: PersonId,
): Promise<boolean> {
  const teachers = await store.listTeachers(ctx.db, schoolId, schoolDay(ctx, zone))
  return teachers.some(({ id }) => id === person)
}
