// A school's settings: read by every feature, changed by those who run the school.
import { schoolRunBy, type Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { type Section, type Settings, settingsFrom, worthKeeping } from './settings-rules.ts'
import { findSetting, upsertSetting } from './settings-store.ts'

/** A section of a school's settings, with defaults where nothing was chosen. The caller has checked who asks. */
export async function settingsOf<S extends Section = 'general'>(
  ctx: Pick<Ctx, 'db'>,
  schoolId: SchoolId,
  section: S = 'general' as S,
): Promise<Settings<S>> {
  return settingsFrom(section, await findSetting(ctx.db, schoolId, section))
}

/** The school's settings for those who run it. @throws `absent` */
export async function viewSettings(ctx: Ctx, who: Who, schoolId: SchoolId): Promise<Settings> {
  return settingsOf(ctx, await schoolRunBy(ctx, who, schoolId))
}

/** Changes the school's settings, and tells (topic `school-setting`, the school's id). @throws `absent` */
export async function saveSettings(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  wish: Partial<Settings>,
): Promise<Settings> {
  await schoolRunBy(ctx, who, schoolId)
  return change(ctx, async (tx, news) => {
    const settings = { ...(await settingsOf({ db: tx }, schoolId)), ...wish }
    const now = new Date(ctx.clock.now())
    await upsertSetting(tx, schoolId, 'general', worthKeeping('general', settings), who.account, now)
    await news('school-setting', [schoolId])
    return settings
  })
}
