// Makes sheets: of a whole region, school by school in bounded memory; of the classes that changed; or of one key and
// day on demand.
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Sheet } from '#door/formats/feed'
import { holds } from '#door/formats/pass'
import { sharedDue, sharedHomework } from '#features/homework'
import { schoolDay, type Who } from '#features/people'
import { classesSharing, groupsOf } from '#features/timetable'
import { addDays, dateIn, isLocalDate, type LocalDate, mondayOf } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, HomeworkId, SchoolId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { dayFragment } from './fragment.ts'
import { type Cast, mattersOf } from './matters.ts'
import { daySheet, daysToPublish, lessonsAhead, type Matter, weekSheet } from './rules.ts'
import * as store from './store.ts'

/** A sheet, and the school under whose sheets it was made. */
export type SchoolSheet = { sheet: Sheet; school: SchoolId }

function sealed(key: string, name: string, content: unknown, html: string): Sheet {
  const json = JSON.stringify(content)
  const version = createHash('sha256').update(json).update(html).digest('base64url').slice(0, 16)
  return { key, name, version, json, html }
}

function dayOf(matter: Matter, date: LocalDate): Sheet {
  const content = daySheet(matter, date)
  const html = dayFragment(content, (instant) => dateIn(Date.parse(instant), matter.zone))
  return sealed(matter.key, `day/${date}`, content, html)
}

const weekOf = (matter: Matter, monday: LocalDate): Sheet =>
  sealed(matter.key, `week/${monday}`, weekSheet(matter, monday), '')

/** Homework due within so many days has a sheet of its own: what a class opens in the morning. */
const pagesAhead = 7

const pageOf = (key: string, homework: { id: string }): Sheet =>
  sealed(key, `homework/${homework.id}`, homework, '')

/** The classes whose homework stands under a class's key: itself and its groups. */
async function classesUnder(ctx: Ctx, classes: readonly ClassId[]): Promise<Map<ClassId, ClassId[]>> {
  const under = new Map(classes.map((id) => [id, [id]]))
  for (const group of await groupsOf(ctx, classes)) under.get(group.of)?.push(group.id)
  return under
}

/** Homework that is due soon, each whole, under the key of every class that it concerns. */
async function* pages(ctx: Ctx, classes: readonly store.ClassRow[], today: LocalDate): AsyncGenerator<Sheet> {
  if (classes.length === 0) return
  const under = await classesUnder(
    ctx,
    classes.map(({ id }) => id),
  )
  const all = [...new Set([...under.values()].flat())]
  const [from, to] = [0, pagesAhead + 1].map((days) => new Date(`${addDays(today, days)}T00:00:00Z`))
  const due = Map.groupBy(await sharedDue(ctx, all, from as Date, to as Date), ({ classId }) => classId)
  for (const { id, key } of classes)
    for (const of of under.get(id) ?? [])
      for (const { homework } of due.get(of) ?? []) yield pageOf(key, homework)
}

// So many sheets are made before others get their turn on the processor.
const sheetsAtOnce = 16

async function* publish(ctx: Ctx, cast: Cast, school: store.SchoolRow): AsyncGenerator<SchoolSheet> {
  const today = dateIn(ctx.clock.now(), school.zone)
  const monday = mondayOf(today)
  let made = 0
  for (const matter of await mattersOf(ctx, cast, monday, addDays(today, lessonsAhead))) {
    for (const date of daysToPublish(matter, today)) yield { sheet: dayOf(matter, date), school: school.id }
    for (const week of [monday, addDays(monday, 7)]) yield { sheet: weekOf(matter, week), school: school.id }
    made += 4
    if (made % sheetsAtOnce === 0) await setImmediate()
  }
  for await (const sheet of pages(ctx, cast.classes, today)) {
    yield { sheet, school: school.id }
    if (++made % sheetsAtOnce === 0) await setImmediate()
  }
}

const inSchool = (rows: readonly store.ClassRow[], { name, zone }: store.SchoolRow) =>
  rows.map((row) => ({ ...row, school: name, zone }))

/**
 * The sheets that the doors hold, of some schools or all: today, the next school day, this week and the next, and the
 * homework that is due soon.
 */
export async function* sheetsToPublish(
  ctx: Ctx,
  schools: readonly SchoolId[] | 'all' = 'all',
): AsyncGenerator<SchoolSheet> {
  for (const school of await store.listSchools(ctx.db, schools)) {
    const today = schoolDay(ctx, school.zone)
    const cast = {
      classes: inSchool(await store.listSheetClasses(ctx.db, { school: school.id }, today), school),
      teachers: await store.listTeachers(ctx.db, { school: school.id }, today),
      schools: [school],
    }
    yield* publish(ctx, cast, school)
  }
}

/** The sheets on which a change in some classes may show: theirs, those that share pupils, and their teachers'. */
export async function* sheetsOfClasses(ctx: Ctx, classes: readonly ClassId[]): AsyncGenerator<SchoolSheet> {
  const today = schoolDay(ctx)
  const sharing = await classesSharing(ctx, classes)
  const rows = await store.listSheetClasses(ctx.db, { among: sharing }, today)
  const schoolOf = await store.listSchoolsOf(ctx.db, { classes: [...classes, ...rows.map(({ id }) => id)] })
  for (const school of await store.listSchools(ctx.db, [...new Set(schoolOf.values())])) {
    const here = (id: ClassId) => schoolOf.get(id) === school.id
    const cast = {
      classes: inSchool(
        rows.filter(({ id }) => here(id)),
        school,
      ),
      teachers: await store.listTeachers(ctx.db, { classes: classes.filter(here) }, today),
      schools: [],
    }
    yield* publish(ctx, cast, school)
  }
}

/** Schools' own sheets, after a change to their timetables. */
export async function* sheetsOfSchools(ctx: Ctx, schools: readonly SchoolId[]): AsyncGenerator<SchoolSheet> {
  for (const school of await store.listSchools(ctx.db, schools))
    yield* publish(ctx, { classes: [], teachers: [], schools: [school] }, school)
}

async function castOf(ctx: Ctx, key: string): Promise<Cast> {
  const none: Cast = { classes: [], teachers: [], schools: [] }
  const holder = await store.findHolder(ctx.db, key)
  if (!holder) throw absent()
  const today = schoolDay(ctx)
  if (holder.kind === 'teacher')
    return { ...none, teachers: await store.listTeachers(ctx.db, { ids: [holder.id] }, today) }
  if (holder.kind === 'school') return { ...none, schools: await store.listSchools(ctx.db, [holder.id]) }
  const schools = await store.listSchools(ctx.db, [holder.schoolId])
  const classes = await store.listSheetClasses(ctx.db, { among: [holder.id] }, today)
  return { ...none, classes: schools.flatMap((school) => inSchool(classes, school)) }
}

const furthest = 500

/**
 * The sheet of any day or week, for whoever holds its key. Of a group whose pupils all have homerooms there is none:
 * what it does stands on theirs. @throws `absent`
 */
export async function sheetFor(
  ctx: Ctx,
  who: Who,
  key: string,
  kind: 'day' | 'week',
  date: LocalDate,
): Promise<Sheet> {
  const now = schoolDay(ctx)
  if (!holds(who, key) || !isLocalDate(date) || (kind === 'week' && mondayOf(date) !== date)) throw absent()
  if (date < addDays(now, -furthest) || date > addDays(now, furthest)) throw absent()
  const to = addDays(date, kind === 'week' ? 6 : lessonsAhead)
  const [matter] = await mattersOf(ctx, await castOf(ctx, key), date, to)
  if (!matter) throw absent()
  return kind === 'day' ? dayOf(matter, date) : weekOf(matter, date)
}

/** One piece of homework of a class or its groups, for whoever holds the class's key. @throws `absent` */
export async function homeworkSheetFor(ctx: Ctx, who: Who, key: string, id: HomeworkId): Promise<Sheet> {
  if (!holds(who, key)) throw absent()
  const { classes } = await castOf(ctx, key)
  const found = await sharedHomework(ctx, id)
  if (!found) throw absent()
  const under = await classesUnder(
    ctx,
    classes.map((row) => row.id),
  )
  if (![...under.values()].flat().includes(found.classId)) throw absent()
  return pageOf(key, found.homework)
}
