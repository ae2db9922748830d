// Which backups are kept: the newest of each of the last days, weeks and months that have one.
import { dateIn, isoWeek } from '../calendar.ts'
import { OperatorError } from '../operator-error.ts'

export type Keep = { days: number; weeks: number; months: number }

/** Reads "7d,5w,12m"; what is not named is not kept. @throws OperatorError naming `setting` */
export function readKeep(text: string, setting: string): Keep {
  const keep = { days: 0, weeks: 0, months: 0 }
  for (const part of text.split(',')) {
    const [, count, unit] = /^\s*(\d{1,4})\s*([dwm])\s*$/.exec(part) ?? []
    if (!count || !unit) throw wrong(text, setting)
    keep[unit === 'd' ? 'days' : unit === 'w' ? 'weeks' : 'months'] = Number(count)
  }
  if (keep.days + keep.weeks + keep.months === 0) throw wrong(text, setting)
  return keep
}

function wrong(text: string, setting: string): OperatorError {
  return new OperatorError(
    `${setting} is "${text}": it must say how many days, weeks and months to keep, such as 7d,5w,12m.`,
  )
}

/** A backup; whole when every file that its database names is in it. */
type Dated = { id: string; at: number; whole: boolean }

const day = 86_400_000

/** The ids of the backups that may go. What is younger than a day stays, and the newest and the newest whole one. */
export function dispensable(backups: readonly Dated[], keep: Keep, now: number, zone: string): string[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at)
  const newestWhole = newestFirst.find((b) => b.whole)
  const kept = new Set(
    newestFirst.filter((b, i) => i === 0 || b === newestWhole || b.at > now - day).map((b) => b.id),
  )
  const periods: [number, (b: Dated) => string][] = [
    [keep.days, (b) => dateIn(b.at, zone)],
    [keep.weeks, (b) => isoWeek(dateIn(b.at, zone))],
    [keep.months, (b) => dateIn(b.at, zone).slice(0, 7)],
  ]
  for (const [count, periodOf] of periods) {
    const seen = new Set<string>()
    for (const backup of newestFirst) {
      const period = periodOf(backup)
      if (seen.has(period) || seen.size === count) continue
      seen.add(period)
      kept.add(backup.id)
    }
  }
  return newestFirst.filter((b) => !kept.has(b.id)).map((b) => b.id)
}
