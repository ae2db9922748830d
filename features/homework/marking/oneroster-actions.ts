// Marks to take along for another system: a class's for its teachers, a school's for those who run it.
import type { Readable } from 'node:stream'
import { classTaughtBy, schoolRunBy, type Who, zoneOf } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { ClassId, SchoolId } from '#platform/ids'
import { zipStream } from '#platform/zip'
import { onerosterFiles } from './oneroster-rules.ts'
import { type Asked, listItemResults, listItems } from './oneroster-store.ts'

const schoolYear = 300 * 86_400_000

async function pack(ctx: Ctx, of: Pick<Asked, 'schoolId' | 'classId' | 'zone'>): Promise<Readable> {
  const now = ctx.clock.now()
  const asked = { ...of, since: new Date(now - schoolYear), now: new Date(now) }
  const files = onerosterFiles(await listItems(ctx.db, asked), await listItemResults(ctx.db, asked))
  return zipStream(async (zip) => {
    for (const [name, text] of Object.entries(files)) zip.text(name, text)
  })
}

/** A class's marks of the school year as a OneRoster 1.2 package, for its teachers. @throws `absent` */
export async function classPackage(ctx: Ctx, who: Who, classId: ClassId): Promise<Readable> {
  const { schoolId, zone } = await classTaughtBy(ctx, who, classId)
  return pack(ctx, { schoolId, classId, zone })
}

/** A school's marks of the school year as a OneRoster 1.2 package, for those who run it. @throws `absent` */
export async function schoolPackage(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<Readable> {
  await schoolRunBy(ctx, who, schoolId)
  return pack(ctx, { schoolId, classId: null, zone: await zoneOf(ctx, schoolId) })
}
