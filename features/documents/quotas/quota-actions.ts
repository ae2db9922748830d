// What people are told of the room they have, what stops an upload that has none, and what a school's administrator
// sees and sets.
import { schoolDay, schoolRunBy, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import type { FileId, PersonId, SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { listSetAside, releaseFile } from '../antivirus/scan-store.ts'
import { tellShown } from '../antivirus/scanner.ts'
import type { Room, SchoolQuotas, SchoolStorage } from '../contract.ts'
import { findSchoolOf } from '../store.ts'
import {
  obstacleToBytes,
  personQuota,
  reserveHours,
  schoolQuota,
  type Use,
  usualQuotas,
} from './quota-rules.ts'
import * as store from './quota-store.ts'

const mostInList = 2000

/** From when on what is uploaded for hand-ins counts for their reserve. */
const reserveFrom = (ctx: Pick<Ctx, 'clock'>) => new Date(ctx.clock.now() - reserveHours * 3_600_000)

async function useOf(ctx: Pick<Ctx, 'clock'>, db: Db, person: PersonId): Promise<Use> {
  const school = await findSchoolOf(db, person)
  if (!school) throw absent()
  return store.findUse(db, school, person, { reserveFrom: reserveFrom(ctx), today: schoolDay(ctx) })
}

/** How much room the person has: what is used of how much, in bytes. @throws `absent` for who belongs to no school */
export async function roomOf(ctx: Ctx, who: Who): Promise<Room> {
  const use = await useOf(ctx, ctx.db, who.account)
  return { used: use.own, quota: personQuota(use) }
}

/**
 * Refuses bytes for which the person or the school has no room. `underWay`: announced by uploads that are not claimed.
 * @throws `quota.person-full`, `quota.school-full`, `quota.hand-ins-full`, `absent`
 */
export async function refuseOverQuota(
  ctx: Pick<Ctx, 'clock'>,
  db: Db,
  person: PersonId,
  { bytes, forHandIn, underWay = 0 }: { bytes: number; forHandIn: boolean; underWay?: number },
): Promise<void> {
  const obstacle = obstacleToBytes(await useOf(ctx, db, person), bytes, forHandIn, underWay)
  if (obstacle) throw new Refused(obstacle.code, obstacle.facts)
}

/** Who keeps how much at a school, its quotas, and the files in which a virus was found. @throws `absent` */
export async function viewStorage(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<SchoolStorage> {
  await schoolRunBy(ctx, who, schoolId)
  return storageOf(ctx, schoolId)
}

/** The same for the operator. */
export async function storageOf(ctx: Pick<Ctx, 'db'>, schoolId: SchoolId): Promise<SchoolStorage> {
  const { used, quotas } = await store.findSchoolUse(ctx.db, schoolId)
  const all = { ...quotas, person: null }
  const people = await store.listUse(ctx.db, schoolId, mostInList)
  const setAside = await listSetAside(ctx.db, schoolId, mostInList)
  return {
    used,
    quota: schoolQuota({ quotas: all }),
    own: quotas,
    usual: usualQuotas,
    people: people.map(({ quota, ...person }) => ({
      ...person,
      ownQuota: quota,
      quota: personQuota({ pupil: person.pupil, quotas: { ...all, person: quota } }),
    })),
    setAside: setAside.map(({ at, ...file }) => ({ ...file, at: at.toISOString() })),
  }
}

/**
 * Has a file that was set aside served again, with all of the school's that hold the same bytes: a false alarm, says the
 * school's administrator. The scanner's next look may set it aside again. @throws `absent`
 */
export async function releaseSetAside(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  file: FileId,
): Promise<SchoolStorage> {
  await schoolRunBy(ctx, who, schoolId)
  await change(ctx, async (tx, news) => {
    const released = await releaseFile(tx, schoolId, file)
    if (released.length === 0) throw absent()
    await tellShown(tx, news, released)
  })
  ctx.log.warn({ file, by: who.account }, 'a file that was set aside is served again')
  return storageOf(ctx, schoolId)
}

/** Sets a school's own quotas, by its administrator. @throws `absent` */
export async function setSchoolQuotas(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  values: SchoolQuotas,
): Promise<SchoolStorage> {
  await schoolRunBy(ctx, who, schoolId)
  return setSchoolQuotasByOperator(ctx, schoolId, values)
}

/** The same for the operator. */
export async function setSchoolQuotasByOperator(
  ctx: Pick<Ctx, 'db'>,
  schoolId: SchoolId,
  values: SchoolQuotas,
): Promise<SchoolStorage> {
  await store.setSchoolQuota(ctx.db, schoolId, values)
  return storageOf(ctx, schoolId)
}

/** Sets a person's own quota, or takes it away with null, by the school's administrator. @throws `absent` */
export async function setPersonQuota(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  person: PersonId,
  bytes: number | null,
): Promise<SchoolStorage> {
  await schoolRunBy(ctx, who, schoolId)
  return setPersonQuotaByOperator(ctx, schoolId, person, bytes)
}

/** The same for the operator. @throws `absent` when the person does not belong to the school */
export async function setPersonQuotaByOperator(
  ctx: Pick<Ctx, 'db'>,
  schoolId: SchoolId,
  person: PersonId,
  bytes: number | null,
): Promise<SchoolStorage> {
  if (!(await store.belongsTo(ctx.db, schoolId, person))) throw absent()
  await store.setPersonQuota(ctx.db, schoolId, person, bytes)
  return storageOf(ctx, schoolId)
}
