// Pupils of a benchmark's region and what their browsers ask in the morning.
import { sql } from 'kysely'
import { sheetPath } from '#door/formats/feed'
import { cookieNames, type KeyRing, keyRing, newPassId, sealPass } from '#door/formats/pass'
import { sessionPass, viewsOf } from '#features/accounts'
import { type Profile, profileOf, schoolDay } from '#features/people'
import { mondayOf } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import type { Step } from './load.ts'

export type Journey = { sheet: Step; today: Step; week: Step; homework: Step }

export type ReturningPupil = {
  id: PersonId
  username: string
  journey: Journey
  /** The cookie of a browser that was here on an earlier day, signed out. */
  deviceCookie: string
}

async function ringOf(ctx: Ctx): Promise<KeyRing> {
  const keys = await ctx.db
    .selectFrom('signing_key')
    .select(['kid', 'secret'])
    .where('purpose', '=', 'pass')
    .orderBy('created_at')
    .execute()
  return keyRing(keys.map((k) => [k.kid, k.secret] as const))
}

/** Pupils whose class has homework, so that there is one to open, with passes as an earlier sign-in gave them. */
export async function returningPupils(ctx: Ctx, most: number): Promise<ReturningPupil[]> {
  const ring = await ringOf(ctx)
  const found = await sql<{ id: PersonId; homework: string }>`
    select e.person_id as id, (array_agg(h.id order by h.due_at))[1] as homework
    from homework h join enrollment e on e.class_id = h.class_id and e.role = 'student'
    where h.due_at > ${new Date(ctx.clock.now())}
    group by e.person_id order by md5(e.person_id::text) limit ${most}`.execute(ctx.db)
  const pupils: ReturningPupil[] = []
  const now = ctx.clock.now()
  for (const { id, homework } of found.rows) {
    const profile = await profileOf(ctx, id)
    const pass = profile && sealPass(sessionPass(profile, now, 0), ring)
    const journey = pass && journeyOf(profile, pass, homework, schoolDay(ctx))
    if (!journey) continue
    const issuedAt = Math.floor(now / 1000) - 5 * 86_400
    const device = sealPass({ kind: 'device', id: newPassId(), issuedAt }, ring)
    const deviceCookie = `${cookieNames.device}=${device}`
    pupils.push({ id, username: profile.person.username, journey, deviceCookie })
  }
  return pupils
}

function journeyOf(profile: Profile, pass: string, homework: string, today: string): Journey | null {
  const view = viewsOf(profile).find((v) => v.role === 's')
  if (!view) return null
  const headers = {
    cookie: `${cookieNames.session}=${pass}`,
    'accept-encoding': 'gzip, br',
    accept: 'application/json',
  }
  const step = (path: string): Step => ({ path, headers })
  return {
    sheet: step(sheetPath(view.sheet, `day/${today}`)),
    today: step('/api/today'),
    week: step(sheetPath(view.sheet, `week/${mondayOf(today)}`)),
    homework: step(sheetPath(view.sheet, `homework/${homework}`)),
  }
}
