// The checks through which every other feature obtains a class, a pupil or a school: absent and forbidden look alike.
import { dateIn, usualZone } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { absent } from '#platform/refusal'
import type {
  Child,
  ClassBrief,
  ClassView,
  Me,
  Name,
  Pupils,
  Relation,
  SchoolBrief,
  SchoolClasses,
  Sees,
} from './contract.ts'
import { administratorRoles, bestRelation } from './rules.ts'
import * as store from './store.ts'
import type { Who } from './who.ts'

/**
 * The day it is at school. What is shown or dated by it needs the school's `zone`; without one it does for whether
 * somebody's enrolment or role is in force, which ends with a school year.
 */
export function schoolDay(ctx: Pick<Ctx, 'clock'>, zone: string = usualZone): string {
  return dateIn(ctx.clock.now(), zone)
}

export type SeenClass = store.ClassRow & { relation: Relation; relations: string[] }

/** The class, for whoever is in it, has a child in it or runs its school. @throws `absent` */
export async function classSeenBy(ctx: Ctx, who: Who, classId: ClassId): Promise<SeenClass> {
  const found = await store.findClass(ctx.db, classId)
  if (!found) throw absent()
  const relations = await store.findRelations(ctx.db, classId, who.account, schoolDay(ctx, found.zone))
  const relation = bestRelation(relations)
  if (!relation) throw absent()
  return { ...found, relation, relations }
}

/** The class, for its teachers alone. @throws `absent` */
export async function classTaughtBy(ctx: Ctx, who: Who, classId: ClassId): Promise<SeenClass> {
  const seen = await classSeenBy(ctx, who, classId)
  if (!seen.relations.includes('teacher')) throw absent()
  return seen
}

/** The class, for its teachers and for those who run its school. @throws `absent` */
export async function classLedBy(ctx: Ctx, who: Who, classId: ClassId): Promise<SeenClass> {
  const seen = await classSeenBy(ctx, who, classId)
  if (!seen.relations.includes('teacher') && !seen.relations.includes('administrator')) throw absent()
  return seen
}

/** The class, for its pupils alone. @throws `absent` */
export async function classAttendedBy(ctx: Ctx, who: Who, classId: ClassId): Promise<SeenClass> {
  const seen = await classSeenBy(ctx, who, classId)
  if (!seen.relations.includes('student')) throw absent()
  return seen
}

/** Passes when `who` runs the school. @throws `absent` */
export async function schoolRunBy(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<SchoolId> {
  if (!(await store.runsSchool(ctx.db, schoolId, who.account, schoolDay(ctx)))) throw absent()
  return schoolId
}

/** The time zone that a school lies in. @throws `absent` */
export async function zoneOf(ctx: Pick<Ctx, 'db'>, schoolId: SchoolId): Promise<string> {
  const zone = await store.findZone(ctx.db, schoolId)
  if (!zone) throw absent()
  return zone
}

/** A guardian's child, with what the school lets the guardian see. @throws `absent` */
export async function childOf(ctx: Ctx, who: Who, childId: PersonId): Promise<Name & { sees: Sees }> {
  const child = (await store.listChildren(ctx.db, who.account)).find((c) => c.id === childId)
  if (!child) throw absent()
  return child
}

export type Care = 'administrator' | 'teacher' | 'guardian'

/**
 * In what capacity `who` may look after somebody's account: as administrator of one of their schools, as a teacher of
 * that pupil, or as a guardian who sees everything of the child. @throws `absent`
 */
export async function careFor(ctx: Ctx, who: Who, person: PersonId): Promise<Care> {
  const today = schoolDay(ctx)
  for (const school of await store.listSchoolsOf(ctx.db, person, today)) {
    if (await store.runsSchool(ctx.db, school, who.account, today)) return 'administrator'
  }
  if (await store.teachesPupil(ctx.db, who.account, person, today)) return 'teacher'
  const children = await store.listChildren(ctx.db, who.account)
  if (children.some((c) => c.id === person && c.sees === 'all')) return 'guardian'
  throw absent()
}

/** Everybody who attends a class that a check has let through, in the order of the school's list. */
export async function pupilsOf(ctx: Ctx, { id, zone }: SeenClass): Promise<Pupils> {
  return store.listPupils(ctx.db, id, schoolDay(ctx, zone))
}

/** The classes of a school with sizes and teachers, for those who run it. @throws `absent` */
export async function classesOfSchool(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<SchoolClasses> {
  await schoolRunBy(ctx, who, schoolId)
  return store.listSchoolClasses(ctx.db, schoolId, schoolDay(ctx))
}

/** A class as its page shows it. @throws `absent` */
export async function viewClass(ctx: Ctx, who: Who, classId: ClassId): Promise<ClassView> {
  const seen = await classSeenBy(ctx, who, classId)
  const { id, schoolId, title, type, subject, school, relation } = seen
  const pupils = (await pupilsOf(ctx, seen)).length
  return { id, schoolId, title, type, subject, school, relation, pupils }
}

/** Everything that one person is at school. `null` when the account is not in use. */
export async function profileOf(ctx: Ctx, account: PersonId): Promise<Profile | null> {
  const today = schoolDay(ctx)
  const person = await store.findPerson(ctx.db, account)
  if (!person) return null
  const children = await store.listChildren(ctx.db, account)
  const memberships = await store.listMemberships(ctx.db, [account, ...children.map((c) => c.id)], today)
  const roles = await store.listSchoolRoles(ctx.db, account, today)
  const of = (id: PersonId, role: string) => memberships.filter((m) => m.person === id && m.role === role)
  return {
    person,
    roles,
    runs: roles.filter((r) => administratorRoles.includes(r.role)),
    attends: of(account, 'student'),
    teaches: of(account, 'teacher'),
    children: children.map((child) => ({ ...child, attends: of(child.id, 'student') })),
  }
}

export type Keyed = ClassBrief & { key: string }
export type Profile = {
  person: Name & { username: string; key: string }
  roles: { id: SchoolId; name: string; role: string; key: string }[]
  runs: { id: SchoolId; name: string; role: string; key: string }[]
  attends: Keyed[]
  teaches: Keyed[]
  children: (Name & { sees: Sees; attends: Keyed[] })[]
}

const brief = ({ id, schoolId, title, type, subject }: ClassBrief): ClassBrief => ({
  id,
  schoolId,
  title,
  type,
  subject,
})

function schoolsIn(profile: Profile): SchoolBrief[] {
  const runs = new Set(profile.runs.map((r) => r.id))
  const schools = new Map<SchoolId, SchoolBrief>()
  for (const { id, name, role } of profile.roles) {
    const relation: Relation = runs.has(id)
      ? 'administrator'
      : role === 'student' || role === 'teacher'
        ? role
        : 'guardian'
    if (relation !== 'guardian' || profile.children.length > 0) schools.set(id, { id, name, relation })
  }
  return [...schools.values()]
}

/** The signed-in person's own page. @throws `absent` when the account is no longer in use. */
export async function viewMe(ctx: Ctx, who: Who): Promise<Me> {
  const profile = await profileOf(ctx, who.account)
  if (!profile) throw absent()
  const { id, givenName, familyName, username } = profile.person
  const children: Child[] = profile.children.map((c) => ({
    id: c.id,
    givenName: c.givenName,
    familyName: c.familyName,
    sees: c.sees,
    classes: c.attends.map(brief),
  }))
  return {
    id,
    givenName,
    familyName,
    username,
    schools: schoolsIn(profile),
    attends: profile.attends.map(brief),
    teaches: profile.teaches.map(brief),
    children,
  }
}
