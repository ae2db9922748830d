// Calendar addresses made, renewed and ended, and the calendar that one of them reads.
import { createHash, randomBytes } from 'node:crypto'
import { workOnSheets } from '#features/homework'
import { type Keyed, type Profile, profileOf, schoolDay, type Who } from '#features/people'
import { remoteOn, remotePeriods, settingsOf } from '#features/school'
import { lessonsOf, shownOf, type TakingPlace } from '#features/timetable'
import { addDays, dateIn, mondayOf } from '#platform/calendar'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import { type ClassId, type Id, newId, type PersonId, type SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { calendarText, type FeedLesson } from './calendar-rules.ts'
import type { FeedDraft, Feeds, NewFeed } from './contract.ts'
import * as store from './store.ts'

const mostFeeds = 20
const weeksBefore = 2
const weeksAhead = 16

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()
const newSecret = () => randomBytes(20).toString('base64url')
const pathOf = (secret: string) => `/api/calendars/${secret}.ics`

const nameOf = (one: { givenName: string; familyName: string }) => `${one.givenName} ${one.familyName}`

/** Who has a timetable to read: oneself, and each child of whom one sees the school day. */
function whoseOf(profile: Profile): Feeds['whose'] {
  const own = profile.attends.length + profile.teaches.length > 0
  return [
    ...(own ? [{ child: null, name: nameOf(profile.person) }] : []),
    ...profile.children.map((child) => ({ child: child.id, name: nameOf(child) })),
  ]
}

async function profileFor(ctx: Ctx, who: Who): Promise<Profile> {
  const profile = await profileOf(ctx, who.account)
  if (!profile) throw absent()
  return profile
}

/** One's own addresses, without their secrets. @throws `absent` */
export async function listOwnFeeds(ctx: Ctx, who: Who): Promise<Feeds> {
  const whose = whoseOf(await profileFor(ctx, who))
  const rows = await store.listFeeds(ctx.db, who.account)
  const feeds = rows.map(({ id, childId, homework, madeAt, lastUsedOn }) => ({
    id,
    child: childId && (whose.find(({ child }) => child === childId)?.name ?? ''),
    homework,
    madeAt: madeAt.toISOString(),
    lastUsedOn,
  }))
  return { feeds, whose }
}

/** Makes an address; it is told this once. @throws `absent`, `feed.too-many` */
export async function makeFeed(ctx: Ctx, who: Who, draft: FeedDraft): Promise<NewFeed> {
  const whose = whoseOf(await profileFor(ctx, who))
  if (!whose.some(({ child }) => child === (draft.child ?? null))) throw absent()
  const now = ctx.clock.now()
  const id = newId<Id<'feed'>>(now)
  const secret = newSecret()
  const { homework, language } = draft
  const feed = {
    id,
    personId: who.account,
    childId: draft.child ?? null,
    homework,
    language,
    hash: hashOf(secret),
  }
  await change(ctx, async (tx, news) => {
    await store.lockFeeds(tx, who.account)
    if ((await store.listFeeds(tx, who.account)).length >= mostFeeds) throw new Refused('feed.too-many')
    await store.insertFeed(tx, feed, new Date(now))
    await news('feed', [who.account])
  })
  return { id, path: pathOf(secret) }
}

/** Another address in place of one that others may know. @throws `absent` */
export async function renewOwnFeed(ctx: Ctx, who: Who, id: string): Promise<NewFeed> {
  const secret = newSecret()
  await change(ctx, async (tx, news) => {
    if (!(await store.renewFeed(tx, who.account, id, hashOf(secret)))) throw absent()
    await news('feed', [who.account])
  })
  return { id, path: pathOf(secret) }
}

/** Ends an address at once. @throws `absent` */
export async function endFeed(ctx: Ctx, who: Who, id: string): Promise<void> {
  await change(ctx, async (tx, news) => {
    if (!(await store.deleteFeed(tx, who.account, id))) throw absent()
    await news('feed', [who.account])
  })
}

/** The tag of calendars of a school's teachers. */
export const ofStaff = (school: string): string => `staff ${school}`

/** What an address reads, and what it depends on: classes, schools and its person, by their ids. */
export type Read = { id: string; text: string; tags: string[] }

/** The calendar at a secret; null when there is none for whatever reason. */
export async function readFeed(ctx: Ctx, secret: string): Promise<Read | null> {
  const feed = await store.findFeed(ctx.db, hashOf(secret))
  const profile = feed && (await profileOf(ctx, feed.personId))
  if (!feed || !profile) return null
  const child = feed.childId ? profile.children.find(({ id }) => id === feed.childId) : undefined
  if (feed.childId && !child) return null
  const attends = child?.attends ?? profile.attends
  const teaches = child ? [] : profile.teaches
  const schools = [...new Set([...attends, ...teaches].map(({ schoolId }) => schoolId))]
  for (const school of schools) if (!(await settingsOf(ctx, school)).calendarFeeds) return null
  const text = await calendarOf(ctx, feed, {
    attends,
    teaches,
    teacher: child ? null : profile.person.id,
    schools,
    name: nameOf(child ?? profile.person),
  })
  const classes = [...attends, ...teaches].map(({ id }) => id as string)
  return {
    id: feed.id,
    text,
    tags: [
      feed.personId,
      ...(child ? [child.id] : []),
      ...classes,
      ...schools,
      ...(teaches.length > 0 ? schools.map(ofStaff) : []),
    ],
  }
}

type Whose = {
  attends: readonly Keyed[]
  teaches: readonly Keyed[]
  teacher: PersonId | null
  schools: readonly SchoolId[]
  name: string
}

async function calendarOf(ctx: Ctx, feed: store.FeedRow, whose: Whose): Promise<string> {
  const monday = mondayOf(schoolDay(ctx))
  const [from, to] = [addDays(monday, -7 * weeksBefore), addDays(monday, 7 * weeksAhead)]
  const classes = whose.attends.map(({ id }) => id)
  const teachers = whose.teacher && whose.teaches.length > 0 ? [whose.teacher] : []
  const taught = whose.teaches.map(({ id }) => id)
  const days = await lessonsOf(ctx, { classes: [...classes, ...taught], teachers }, from, to)
  const mine = [...days.values()].flat().filter((lesson) => isMine(lesson, classes, whose))
  const periods = await remotePeriods(ctx, [...new Set(mine.map(({ slot }) => slot.schoolId))], from, to)
  const remote = ({ slot, date }: TakingPlace) =>
    remoteOn(periods.get(slot.schoolId) ?? [], slot.classId, date) !== null ||
    (classes.length > 0 &&
      classes.some((id) => remoteOn(periods.get(slot.schoolId) ?? [], id, date) !== null))
  const lessons = mine.map((lesson) => present(lesson, remote(lesson), classes.includes(lesson.slot.classId)))
  lessons.sort((a, b) => (`${a.date}${a.start}${a.id}` < `${b.date}${b.start}${b.id}` ? -1 : 1))
  // A day more on both sides, since the schools' days are not those of UTC.
  const dueFrom = Date.parse(`${addDays(from, -1)}T00:00:00Z`)
  const dueTo = Date.parse(`${addDays(to, 1)}T00:00:00Z`)
  const rows = feed.homework === 'none' ? [] : await workOnSheets(ctx, { classes, teachers }, dueFrom, dueTo)
  const work = rows.map(({ id, title, subject, dueAt, zone }) => ({
    id,
    title,
    subject,
    dueAt: dueAt.getTime(),
    dueOn: dateIn(dueAt.getTime(), zone),
  }))
  const { language, homework } = feed
  return calendarText({ name: `Préau · ${whose.name}`, language, stamp: monday, lessons, work, homework })
}

/** Attended, taught by name, or of a class one teaches where the timetable names nobody. */
function isMine(
  { slot, status, cover }: TakingPlace,
  classes: readonly ClassId[],
  { teacher }: Whose,
): boolean {
  if (status === 'moved-away') return false
  if (classes.includes(slot.classId)) return true
  return !slot.teacherId || slot.teacherId === teacher || cover?.teacherId === teacher
}

function present(lesson: TakingPlace, remote: boolean, attended: boolean): FeedLesson {
  const { id, date, start, end, room, status, note = '', slot } = lesson
  const { subject, teacher } = shownOf(lesson)
  const detail = attended ? (teacher ?? '') : slot.class.title
  const cancelled = status === 'cancelled'
  return {
    id,
    date,
    start,
    end,
    subject,
    room: room ?? null,
    remote,
    detail,
    cancelled,
    note,
    zone: slot.zone,
  }
}
