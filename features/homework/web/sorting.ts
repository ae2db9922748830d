// How a pupil's work is laid out: what is to do by when it is due, what is done, what came back. Pure.
import { addDays, mondayOf, wallClock } from '#platform/calendar'
import type { Homework, WorkList, WorkState } from '../contract.ts'

export type Item = { homework: Homework; mine: WorkState | null }
export type Filter = 'todo' | 'handed' | 'back'
export type GroupName = 'overdue' | 'today' | 'tomorrow' | 'week' | 'next' | 'later' | 'unticked'
export type Group = { name: GroupName; items: Item[] }

/** Work without hand-in is never overdue: what nobody ticked is asked about for this long; then it is old. */
const patience = 7 * 86_400_000
const order: GroupName[] = ['overdue', 'today', 'tomorrow', 'week', 'next', 'later', 'unticked']

/** Each piece of homework with where the pupil stands. */
export function itemsOf(list: WorkList): Item[] {
  const states = new Map(list.states.map((state) => [state.homeworkId, state]))
  return list.homework.map((homework) => ({ homework, mine: states.get(homework.id) ?? null }))
}

/** Which of the three lists a piece of work stands in. */
export function filterOf({ mine }: Item): Filter {
  if (!mine || mine.state === 'to-do') return 'todo'
  return mine.state === 'given-back' ? 'back' : 'handed'
}

/** What is to do, by when it is due, soonest first; `old`: past, never ticked, and nothing that could still be handed in. */
export function byDueDay(items: Item[], now: number, zone: string): { groups: Group[]; old: Item[] } {
  const today = wallClock(now, zone).date
  const monday = mondayOf(today)
  const open = items.filter((item) => filterOf(item) === 'todo')
  const sorted = open.toSorted((a, b) => a.homework.dueAt.localeCompare(b.homework.dueAt))
  const isOld = ({ homework }: Item) => !homework.handIn && Date.parse(homework.dueAt) < now - patience
  const groups = Map.groupBy(
    sorted.filter((item) => !isOld(item)),
    ({ homework }): GroupName => {
      const due = Date.parse(homework.dueAt)
      const day = wallClock(due, zone).date
      if (due < now) return homework.handIn ? 'overdue' : 'unticked'
      if (day === today) return 'today'
      if (day === addDays(today, 1)) return 'tomorrow'
      if (day < addDays(monday, 7)) return 'week'
      return day < addDays(monday, 14) ? 'next' : 'later'
    },
  )
  return {
    groups: order.flatMap((name) => (groups.has(name) ? [{ name, items: groups.get(name) ?? [] }] : [])),
    old: sorted.filter(isOld).toReversed(),
  }
}

/** The estimated minutes of what is still to do; 0 when nobody has estimated any. */
export function minutesOf(items: Item[]): number {
  return items
    .filter((item) => filterOf(item) === 'todo')
    .reduce((sum, { homework }) => sum + (homework.minutes ?? 0), 0)
}

/** What is done or came back, what was due last first. */
export function latestFirst(items: Item[], filter: 'handed' | 'back'): Item[] {
  const those = items.filter((item) => filterOf(item) === filter)
  return those.toSorted((a, b) => b.homework.dueAt.localeCompare(a.homework.dueAt))
}
