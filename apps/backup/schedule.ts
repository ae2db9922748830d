// When backups are made by themselves: every night at the hour that was set, sooner when the last one is too old, later
// when one failed, and never in the morning. Pure, with the time fed.
import { addDays, dateIn, instantOf, isMorning, type LocalTime, morning } from '#platform/calendar'

type Plan = { at: LocalTime; zone: string }

/** What happened so far, in ms since 1970; undefined: never. */
export type Past = { last?: number; failed?: number }

const hour = 3_600_000
const day = 24 * hour

/** The instant at which the next backup is to begin; not after `now` when it is due. */
export function nextBackup(now: number, { at, zone }: Plan, { last, failed }: Past): number {
  const overdue = last === undefined || now - last > day
  const wanted = overdue ? now : nextNight(last, at, zone)
  return afterMorning(Math.max(wanted, failed === undefined ? 0 : failed + hour), zone)
}

/** The first time of the day `at` that is not just after the last backup. */
function nextNight(last: number, at: LocalTime, zone: string): number {
  const from = last + day / 2
  const date = dateIn(from, zone)
  const today = instantOf(date, at, zone)
  return today >= from ? today : instantOf(addDays(date, 1), at, zone)
}

function afterMorning(instant: number, zone: string): number {
  return isMorning(instant, zone) ? instantOf(dateIn(instant, zone), morning.to, zone) : instant
}

/** Whether a restore is to be tried again: once a week. */
export function isTrialDue(now: number, tried: string | undefined): boolean {
  return tried === undefined || now - Date.parse(tried) > 7 * day - 12 * hour
}
