// What a guardian sees of a child's work in one look. Pure.
import { filterOf, type Item } from '#feature/homework/web/sorting.ts'

const day = 86_400_000
/** Ahead, and back. */
const ahead = 7 * day
const lately = 14 * day
const shown = { overdue: 3, due: 4, back: 3 }

export type Glance = {
  overdue: Item[]
  due: Item[]
  back: Item[]
  /** How many there are in all; copies that wait for their teacher. */
  overdueAll: number
  dueAll: number
  handedIn: number
}

const due = ({ homework }: Item) => Date.parse(homework.dueAt)

/** What should have been handed in and was not, what is due within a week, what came back within a fortnight. */
export function atAGlance(items: Item[], now: number): Glance {
  const open = items.filter((item) => filterOf(item) === 'todo').toSorted((a, b) => due(a) - due(b))
  const overdue = open.filter((item) => item.homework.handIn && due(item) < now && due(item) > now - lately)
  const coming = open.filter((item) => due(item) >= now && due(item) <= now + ahead)
  const back = items
    .filter((item) => filterOf(item) === 'back' && due(item) > now - lately)
    .toSorted((a, b) => due(b) - due(a))
  const handedIn = items.filter((item) => item.mine?.state === 'handed-in' && due(item) > now - lately).length
  return {
    overdue: overdue.slice(0, shown.overdue),
    due: coming.slice(0, shown.due),
    back: back.slice(0, shown.back),
    overdueAll: overdue.length,
    dueAll: coming.length,
    handedIn,
  }
}
