// From a calendar's events to a school's slots, and from the slots that are there to those that are wanted: what is new,
// what changes, what goes. Decided before anything is written, so that a dry run tells the truth.
import type { LocalDate, LocalTime } from '#platform/calendar'
import type { ClassId, PersonId } from '#platform/ids'

export type SlotRow = {
  /** The event's UID, with what tells its parts apart behind it (see `slotsOf`). */
  uid: string
  classId: ClassId
  teacherId: PersonId | null
  title: string
  subject: string | null
  room: string | null
  start: LocalTime
  end: LocalTime
  dates: LocalDate[]
  cancelled: LocalDate[]
}

export type DatedEvent = {
  uid: string
  classIds: readonly ClassId[]
  teacherId: PersonId | null
  title: string
  subject: string | null
  room: string | null
  at: readonly { date: LocalDate; start: LocalTime; end: LocalTime; cancelled: boolean }[]
}

/**
 * The slots of one event. Most have one; an event whose wall clock changes (a rule in UTC) has one for each hour,
 * marked " @08:00", and one for several classes has one for each, marked " ~<its id>".
 */
export function slotsOf(event: DatedEvent): SlotRow[] {
  const hours = new Map<string, DatedEvent['at'][number][]>()
  for (const at of event.at) {
    const key = `${at.start}-${at.end}`
    hours.set(key, [...(hours.get(key) ?? []), at])
  }
  const { teacherId, title, subject, room } = event
  return event.classIds.flatMap((id, c) =>
    [...hours.values()].map((at, h) => ({
      uid: `${event.uid}${h === 0 ? '' : ` @${at[0]?.start}`}${c === 0 ? '' : ` ~${id}`}`,
      classId: id,
      teacherId,
      title,
      subject,
      room,
      start: at[0]?.start ?? '',
      end: at[0]?.end ?? '',
      dates: at.map((o) => o.date).sort(),
      cancelled: at
        .filter((o) => o.cancelled)
        .map((o) => o.date)
        .sort(),
    })),
  )
}

const marks = /^(.*?)(?:#\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?)?(?: @\d\d:\d\d)?(?: ~.*)?$/s

/** The UID of the event that a slot comes from. */
export function uidOf(slotUid: string): string {
  return marks.exec(slotUid)?.[1] ?? slotUid
}

export type Plan = {
  write: SlotRow[]
  remove: string[]
  created: number
  changed: number
  removed: number
  unchanged: number
}

const same = (a: SlotRow, b: SlotRow) =>
  JSON.stringify([
    a.classId,
    a.teacherId,
    a.title,
    a.subject,
    a.room,
    a.start,
    a.end,
    a.dates,
    a.cancelled,
  ]) ===
  JSON.stringify([b.classId, b.teacherId, b.title, b.subject, b.room, b.start, b.end, b.dates, b.cancelled])

/**
 * What an import does. The calendar is the truth from its first day on: days before it stay as they are, so that a
 * calendar exported in March takes away no lesson of the autumn. `kept`: UIDs of events with faults, whose slots stay.
 */
export function planImport(
  present: readonly SlotRow[],
  wanted: readonly SlotRow[],
  kept: ReadonlySet<string>,
): Plan {
  const from = wanted.reduce((first, { dates }) => (dates[0] && dates[0] < first ? dates[0] : first), '9999')
  const before = (dates: readonly LocalDate[]) => dates.filter((date) => date < from)
  const plan: Plan = { write: [], remove: [], created: 0, changed: 0, removed: 0, unchanged: 0 }
  const there = new Map(present.map((slot) => [slot.uid, slot]))
  for (const slot of wanted) {
    const old = there.get(slot.uid)
    there.delete(slot.uid)
    const next = old
      ? {
          ...slot,
          dates: [...before(old.dates), ...slot.dates],
          cancelled: [...before(old.cancelled), ...slot.cancelled],
        }
      : slot
    if (old && same(old, next)) plan.unchanged++
    else {
      plan.write.push(next)
      plan[old ? 'changed' : 'created']++
    }
  }
  for (const [uid, slot] of there) {
    const past = before(slot.dates)
    if (kept.has(uidOf(uid)) || past.length === slot.dates.length) plan.unchanged++
    else {
      plan.removed++
      if (past.length > 0) plan.write.push({ ...slot, dates: past, cancelled: before(slot.cancelled) })
      else plan.remove.push(uid)
    }
  }
  return plan
}
