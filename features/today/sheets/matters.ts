// Loads what stands on many sheets at once (a school's, or those of a few classes), in one query for each kind of thing.

import { type EntryRow, isAhead, listEntries } from '#features/diary'
import { type WorkRow, workOnSheets } from '#features/homework'
import { schoolDay } from '#features/people'
import { type RemotePeriod, remoteOn, remotePeriods, remoteTold } from '#features/school'
import { type Group, groupsOf, lessonsOf, shownOf, type TakingPlace } from '#features/timetable'
import { addDays, dateIn, type LocalDate } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import type { SheetLesson } from '../contract.ts'
import { type DatedWork, type Matter, workAhead } from './rules.ts'
import * as store from './store.ts'

/** Whose sheets are wanted. */
export type Cast = {
  classes: readonly (store.ClassRow & { school: string; zone: string })[]
  teachers: readonly store.TeacherRow[]
  schools: readonly store.SchoolRow[]
}

type Loaded = {
  groups: Map<ClassId, Group[]>
  byClass: Map<ClassId, TakingPlace[]>
  byTeacher: Map<PersonId, TakingPlace[]>
  bySchool: Map<SchoolId, TakingPlace[]>
  entries: Map<string, EntryRow>
  /** Those of the entries that classes see: not what was written ahead for a later day. */
  shown: Map<string, EntryRow>
  workOfClass: Map<ClassId, WorkRow[]>
  workOfTeacher: Map<PersonId, WorkRow[]>
  remote: Map<SchoolId, RemotePeriod[]>
}

function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K | null): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const key = keyOf(value)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

async function load(ctx: Ctx, cast: Cast, from: LocalDate, to: LocalDate): Promise<Loaded> {
  const own = cast.classes.map(({ id }) => id)
  const groups = own.length > 0 ? await groupsOf(ctx, own) : []
  const ofSchools = await Promise.all(cast.schools.map(({ id }) => store.listClassIds(ctx.db, id)))
  const teachers = cast.teachers.map(({ id }) => id)
  const taught = cast.teachers.flatMap((teacher) => teacher.classes)
  const classes = [...new Set([...own, ...groups.map(({ id }) => id), ...taught, ...ofSchools.flat()])]
  const lessons = [...(await lessonsOf(ctx, { classes, teachers }, from, to)).values()].flat()
  const withLessons = [...new Set(lessons.map(({ slot }) => slot.classId))]
  const entries = await listEntries(ctx.db, withLessons, from, to)
  const byLesson = (list: EntryRow[]) => new Map(list.map((entry) => [entry.lessonId, entry]))
  const today = schoolDay(ctx, cast.classes[0]?.zone)
  // A day more on both sides, since the schools' days are not those of UTC.
  const dueFrom = Date.parse(`${addDays(from, -1)}T00:00:00Z`)
  const dueTo = Date.parse(`${addDays(to, workAhead + 2)}T00:00:00Z`)
  const work = await workOnSheets(ctx, { classes, teachers }, dueFrom, dueTo)
  const schools = [
    ...cast.classes.map(({ schoolId }) => schoolId),
    ...cast.schools.map(({ id }) => id),
    ...lessons.map(({ slot }) => slot.schoolId),
  ]
  return {
    remote: await remotePeriods(ctx, [...new Set(schools)], from, to),
    groups: groupBy(groups, (group) => group.of),
    byClass: groupBy(lessons, ({ slot }) => slot.classId),
    byTeacher: lessonsByTeacher(lessons),
    bySchool: groupBy(lessons, ({ slot }) => slot.schoolId),
    entries: byLesson(entries),
    shown: byLesson(entries.filter((entry) => !isAhead(entry, today))),
    workOfClass: groupBy(work, ({ classId }) => classId),
    workOfTeacher: groupBy(work, ({ authorId }) => authorId),
  }
}

/** A lesson that is covered stands with its own teacher and with whoever covers it. */
function lessonsByTeacher(lessons: readonly TakingPlace[]): Map<PersonId, TakingPlace[]> {
  const own = groupBy(lessons, ({ slot }) => slot.teacherId)
  for (const lesson of lessons) {
    const { cover, slot } = lesson
    if (!cover?.teacherId || cover.teacherId === slot.teacherId) continue
    own.set(cover.teacherId, [...(own.get(cover.teacherId) ?? []), lesson])
  }
  return own
}

/** To a teacher whose lesson somebody else holds it is off. */
const asTheirs = (lesson: TakingPlace, teacher: PersonId): TakingPlace =>
  lesson.absent && lesson.slot.teacherId === teacher ? { ...lesson, status: 'cancelled' } : lesson

type Tag = Pick<SheetLesson, 'group' | 'class' | 'remote'>

function diaryOf(entry: EntryRow, kind: Matter['kind']): NonNullable<SheetLesson['diary']> {
  const { id, body, attachments, shownOnDay, version } = entry
  const read = { id, body, attachments, ...(shownOnDay ? { shownOnDay } : {}) }
  return kind === 'teacher' ? { ...read, version } : read
}

function present(taking: TakingPlace, tag: Tag, diary: SheetLesson['diary']): SheetLesson {
  const { id, start, end, status, room, movedFrom, movedTo, note, absent } = taking
  return {
    id,
    start,
    end,
    ...shownOf(taking),
    ...(room && !tag.remote ? { room } : {}),
    ...tag,
    status,
    ...(movedFrom ? { movedFrom } : {}),
    ...(movedTo ? { movedTo } : {}),
    ...(note ? { note } : {}),
    ...(absent ? { absent } : {}),
    ...(diary ? { diary } : {}),
  }
}

function dated(row: WorkRow, zone: string, tag: Tag): DatedWork {
  const { id, subject, title, teacher, setOn, dueAt, handIn, minutes, documents } = row
  return {
    id,
    subject,
    title,
    ...(teacher ? { teacher } : {}),
    ...tag,
    setOn,
    dueAt: dueAt.toISOString(),
    handIn,
    ...(minutes === null ? {} : { minutes }),
    documents,
    dueOn: dateIn(dueAt.getTime(), zone),
  }
}

type Tagged<T> = { of: T; tag: Tag }

function matter(
  head: Omit<Matter, 'days' | 'work'>,
  lessons: readonly Tagged<TakingPlace>[],
  work: readonly Tagged<WorkRow>[],
  entries: Loaded['entries'],
): Matter {
  const days = new Map<LocalDate, SheetLesson[]>()
  const inOrder = [...lessons].sort((a, b) =>
    a.of.start < b.of.start ? -1 : a.of.start > b.of.start ? 1 : 0,
  )
  for (const { of, tag } of inOrder) {
    const entry = head.kind === 'school' || of.status === 'moved-away' ? undefined : entries.get(of.id)
    const lesson = present(of, tag, entry && diaryOf(entry, head.kind))
    const day = days.get(of.date)
    if (day) day.push(lesson)
    else days.set(of.date, [lesson])
  }
  const due = work.map(({ of, tag }) => dated(of, head.zone, tag))
  return { ...head, days, work: due.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0)) }
}

function ofClass(row: Cast['classes'][number], all: Loaded): Matter {
  const parts: [ClassId, Tag][] = [[row.id, {}]]
  for (const { id, key, title, whole } of all.groups.get(row.id) ?? [])
    parts.push([id, whole ? {} : { group: { key, title } }])
  const tagged = <T>(from: Map<ClassId, T[]>): Tagged<T>[] =>
    parts.flatMap(([id, tag]) => (from.get(id) ?? []).map((of) => ({ of, tag })))
  const remote = (date: LocalDate) => remoteOn(all.remote.get(row.schoolId) ?? [], row.id, date)
  const lessons = tagged(all.byClass).map(({ of, tag }) => ({
    of,
    tag: remote(of.date) ? { ...tag, remote: true as const } : tag,
  }))
  const { key, title, school, zone } = row
  const told = (date: LocalDate) => remoteTold(all.remote.get(row.schoolId) ?? [], row.id, date)
  return matter(
    { kind: 'class', key, title, school, zone, remote: told },
    lessons,
    tagged(all.workOfClass),
    all.shown,
  )
}

/** The period at a distance that a lesson falls into, by the class that attends it. */
const remoteAt = ({ remote }: Loaded, { slot, date }: TakingPlace) =>
  remoteOn(remote.get(slot.schoolId) ?? [], slot.classId, date)

const inClass = (all: Loaded, of: TakingPlace): Tag => ({
  class: { id: of.slot.classId, title: of.slot.class.title },
  ...(remoteAt(all, of) ? { remote: true } : {}),
})

function ofTeacher(row: store.TeacherRow, all: Loaded): Matter {
  const unnamed = row.classes.flatMap((id) => all.byClass.get(id) ?? []).filter(({ slot }) => !slot.teacherId)
  const own = (all.byTeacher.get(row.id) ?? []).map((of) => asTheirs(of, row.id))
  const lessons = [...own, ...unnamed].map((of) => ({ of, tag: inClass(all, of) }))
  const work = (all.workOfTeacher.get(row.id) ?? []).map((of) => ({
    of,
    tag: { class: { id: of.classId, title: of.class } },
  }))
  const { key, name: title, school, zone } = row
  const remote = (date: LocalDate) => {
    const told = lessons
      .filter(({ of, tag }) => tag.remote && of.date >= date && of.date <= addDays(date, 7))
      .sort((a, b) => (a.of.date < b.of.date ? -1 : 1))[0]
    return told ? remoteAt(all, told.of) : null
  }
  return matter({ kind: 'teacher', key, title, school, zone, remote }, lessons, work, all.entries)
}

function ofSchool(row: store.SchoolRow, all: Loaded): Matter {
  const lessons = (all.bySchool.get(row.id) ?? []).map((of) => ({ of, tag: inClass(all, of) }))
  const { key, name, zone } = row
  const remote = (date: LocalDate) => remoteTold(all.remote.get(row.id) ?? [], null, date)
  return matter({ kind: 'school', key, title: name, school: name, zone, remote }, lessons, [], all.entries)
}

/** All that the sheets of some classes, teachers and schools show from one day to another, one after the other. */
export async function mattersOf(
  ctx: Ctx,
  cast: Cast,
  from: LocalDate,
  to: LocalDate,
): Promise<Iterable<Matter>> {
  const all = await load(ctx, cast, from, to)
  return (function* () {
    for (const row of cast.classes) yield ofClass(row, all)
    for (const row of cast.teachers) yield ofTeacher(row, all)
    for (const row of cast.schools) yield ofSchool(row, all)
  })()
}
