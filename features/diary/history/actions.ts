// A class's diary over the year and over a period, for whoever sees the class.
import { sharedSetOn } from '#features/homework'
import { classSeenBy, type SeenClass, schoolDay, type Who } from '#features/people'
import { groupsOf } from '#features/timetable'
import { addDays, type LocalDate } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { present as presentEntry } from '../actions.ts'
import { isAhead } from '../rules.ts'
import { type EntryRow, listEntries } from '../store.ts'
import type { Period, PeriodEntry, Year } from './contract.ts'
import { countEntries } from './store.ts'

/** A school year and its holidays: the most that is read or printed at once. */
const longestDays = 400

type Tag = { key: string; title: string } | undefined

/** The class with the groups that stand in its diary, and how what is of each is tagged. */
export async function partsOf(ctx: Ctx, { id, key, type }: SeenClass) {
  const groups = type === 'homeroom' ? await groupsOf(ctx, [id]) : []
  const whole = new Set([key, ...groups.filter((group) => group.whole).map((group) => group.key)])
  const tagOf = (group: Tag): { group?: NonNullable<Tag> } =>
    group && !whole.has(group.key) ? { group } : {}
  return { classes: [id, ...groups.map((group) => group.id)], tagOf }
}

/** The weeks of the year that have entries, and the subjects. @throws `absent` */
export async function yearOf(ctx: Ctx, who: Who, classId: ClassId): Promise<Year> {
  const seen = await classSeenBy(ctx, who, classId)
  const { classes } = await partsOf(ctx, seen)
  return { class: seen.title, ...(await countEntries(ctx.db, classes, schoolDay(ctx, seen.zone))) }
}

export type Wish = { from: LocalDate; to: LocalDate; subject?: string | undefined }

/** @throws `diary.period-too-long` */
export function checkPeriod({ from, to }: Wish): void {
  if (to < from || to > addDays(from, longestDays)) throw new Refused('diary.period-too-long')
}

/** An entry as a period has it. */
export function present(row: EntryRow, tagOf: (group: Tag) => { group?: NonNullable<Tag> }): PeriodEntry {
  const { group, shownOnDay: _, ...entry } = presentEntry(row)
  return { ...entry, ...tagOf(group) }
}

/** Everything that was done and set in a period, of one subject or all. @throws `absent`, `diary.period-too-long` */
export async function periodOf(ctx: Ctx, who: Who, classId: ClassId, wish: Wish): Promise<Period> {
  const seen = await classSeenBy(ctx, who, classId)
  const { from, to, subject } = wish
  checkPeriod(wish)
  const { classes, tagOf } = await partsOf(ctx, seen)
  const today = schoolDay(ctx, seen.zone)
  const ofSubject = (one: { subject: string }) => !subject || one.subject === subject
  const entries = (await listEntries(ctx.db, classes, from, to)).filter(
    (e) => ofSubject(e) && !isAhead(e, today),
  )
  const homework = (await sharedSetOn(ctx, classes, from, to)).filter(ofSubject)
  return {
    class: seen.title,
    school: seen.school,
    zone: seen.zone,
    from,
    to,
    entries: entries.map((entry) => present(entry, tagOf)),
    homework: homework.map((one) => {
      const { id, setOn, dueAt, subject, teacher, group, title, body } = one
      return { id, setOn, dueAt, subject, title, body, ...(teacher && { teacher }), ...tagOf(group) }
    }),
  }
}
