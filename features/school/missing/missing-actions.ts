// Who has not connected: for those who run the school, and for a class's teachers.
import {
  careFor,
  classLedBy,
  guardianRoles,
  schoolDay,
  schoolRunBy,
  type Who,
  zoneOf,
} from '#features/people'
import { addDays, mondayOf } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { cleanLine } from '#platform/text'
import type { Missing, MissingWho, Since } from '../contract.ts'
import { settingsOf } from '../settings/settings-actions.ts'
import { byNeed, missingCsv } from './missing-rules.ts'
import * as store from './missing-store.ts'

type Of = { school: SchoolId } | { class: ClassId }

async function missingOf(
  ctx: Ctx,
  kind: MissingWho,
  of: Of,
  since: Since,
  { zone, withContacts }: { zone: string; withContacts: boolean },
): Promise<Missing> {
  const today = schoolDay(ctx, zone)
  const week = mondayOf(today)
  const from = since === 'day' ? today : week
  const rows = await store.listConnections(ctx.db, kind, of, guardianRoles, { today, since: from, week })
  const presented = rows.map(({ email, contacts, givenName, familyName, ...row }) => {
    const own = kind === 'student' ? contacts : [{ name: `${givenName} ${familyName}`, email }]
    const shown = own.map((one) => (withContacts ? one : { ...one, email: null }))
    return { ...row, givenName, familyName, contacts: shown }
  })
  return byNeed(presented, from)
}

/** Who of a school has not connected since Monday, or today. @throws `absent` */
export async function missingInSchool(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  kind: MissingWho,
  since: Since,
): Promise<Missing> {
  await schoolRunBy(ctx, who, schoolId)
  const zone = await zoneOf(ctx, schoolId)
  return missingOf(ctx, kind, { school: schoolId }, since, { zone, withContacts: true })
}

/** The same of one class's pupils; e-mail addresses only where the school lets its teachers see them. @throws `absent` */
export async function missingInClass(ctx: Ctx, who: Who, classId: ClassId, since: Since): Promise<Missing> {
  const led = await classLedBy(ctx, who, classId)
  const runs = led.relations.includes('administrator')
  const withContacts = runs || (await settingsOf(ctx, led.schoolId)).teachersSeeContacts
  return missingOf(ctx, 'student', { class: classId }, since, { zone: led.zone, withContacts })
}

/** The school's list as a file, and what it is called. @throws `absent` */
export async function missingAsCsv(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  { kind, since, language }: { kind: MissingWho; since: Since; language: 'fr' | 'en' },
): Promise<{ name: string; text: string }> {
  const missing = await missingInSchool(ctx, who, schoolId, kind, since)
  const school = await store.findSchoolName(ctx.db, schoolId)
  const title = language === 'fr' ? 'Sans connexion' : 'Not connected'
  const today = schoolDay(ctx, await zoneOf(ctx, schoolId))
  return { name: `${title} ${today} ${school}.csv`, text: missingCsv(missing, language) }
}

async function calledBy(ctx: Ctx, who: Who, person: PersonId): Promise<void> {
  if ((await careFor(ctx, who, person)) === 'guardian') throw absent()
}

/** The Monday of this week where a person goes to school. */
async function weekOf(ctx: Ctx, person: PersonId): Promise<string> {
  return mondayOf(schoolDay(ctx, await store.findZoneOf(ctx.db, person)))
}

/** Notes that somebody was called; kept until the week is over. @throws `absent` */
export async function noteCall(ctx: Ctx, who: Who, person: PersonId, note: string): Promise<void> {
  await calledBy(ctx, who, person)
  const week = await weekOf(ctx, person)
  const now = new Date(ctx.clock.now())
  await store.upsertCall(ctx.db, person, week, cleanLine(note), who.account, guardianRoles, now)
}

/** Takes that back. @throws `absent` */
export async function takeBackCall(ctx: Ctx, who: Who, person: PersonId): Promise<void> {
  await calledBy(ctx, who, person)
  await store.deleteCall(ctx.db, person, await weekOf(ctx, person), who.account, guardianRoles)
}

/** Forgets the calls of weeks that are over. To be called now and then. */
export async function forgetCalls(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<void> {
  // On Monday morning it is Sunday evening still in the Antilles.
  await store.deleteOldCalls(ctx.db, mondayOf(addDays(schoolDay(ctx), -1)))
}
