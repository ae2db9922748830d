// Which pupils and which pieces of homework of a grid are looked at: all, or those where something waits. Pure.
import type { Cell, Column, Kind } from '../cells.ts'

export type Sight = 'all' | 'to-mark' | 'missing'

/** Whether a place of the grid is what one looks for. To mark: read nothing of it yet, or not finished. */
export function isSought(sight: Sight, kind: Kind, cell: Pick<Cell, 'complete'> | undefined): boolean {
  if (sight === 'to-mark') return kind === 'to-read' || (kind === 'saved' && !cell?.complete)
  return sight === 'all' || kind === 'late'
}

export type Seen = { pupils: ReadonlySet<string>; homework: ReadonlySet<string> }

/** The rows and columns that hold at least one such place. */
export function seenBy(
  homework: readonly Column[],
  pupils: readonly { id: string }[],
  sought: (homework: Column, pupilId: string) => boolean,
): Seen {
  const seen = { pupils: new Set<string>(), homework: new Set<string>() }
  for (const item of homework)
    for (const { id } of pupils) {
      if (!sought(item, id)) continue
      seen.pupils.add(id)
      seen.homework.add(item.id)
    }
  return seen
}
