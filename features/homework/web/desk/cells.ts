// What the cells of the desk say, and which of its columns are worth drawing. Pure: the time is an argument.
import type { Grid } from '../../marking/grid-contract.ts'

export type Cell = Grid['cells'][number]
export type Column = Grid['homework'][number]
export type Kind = 'none' | 'done' | 'to-read' | 'late' | 'saved' | 'back' | 'not-for'

/** The name of one cell in a table of cells. */
export const cellKey = (pupilId: string, homeworkId: string) => `${pupilId}.${homeworkId}`

/** What the cell of a pupil who has this homework shows: `late` is a copy that is due and has not come; one that came late waits to be read like any other. */
export function kindOf(
  cell: Cell | undefined,
  homework: Pick<Column, 'dueAt' | 'handIn'>,
  now: number,
): Kind {
  if (cell?.saved) return 'saved'
  if (cell?.state === 'given-back') return 'back'
  if (cell?.state === 'done') return 'done'
  if (cell?.state === 'handed-in') return 'to-read'
  return homework.handIn && Date.parse(homework.dueAt) < now ? 'late' : 'none'
}

/** Whether a pupil has this homework: everybody does, or those who are named. */
export const isFor = (homework: Pick<Column, 'pupils'>, pupilId: string): boolean =>
  !homework.pupils || (homework.pupils as readonly string[]).includes(pupilId)

/** A column as one pupil has it, with the date of an extension. */
export function columnOf(homework: Column, own: string | undefined): Column {
  return own ? { ...homework, dueAt: own } : homework
}

/** `of`: how many pupils have it. */
export type Counts = {
  of: number
  toRead: number
  saved: number
  came: number
  missing: number
  back: number
}

/** How one piece of homework stands with its pupils. `came`: handed in, ticked off or given back. */
export function countsOf(
  homework: Column,
  pupils: readonly { id: string }[],
  cells: ReadonlyMap<string, Cell>,
  now: number,
  dueOf: (pupilId: string) => string | undefined = () => undefined,
): Counts {
  const counts = { of: 0, toRead: 0, saved: 0, came: 0, missing: 0, back: 0 }
  for (const { id } of pupils) {
    if (!isFor(homework, id)) continue
    counts.of++
    const cell = cells.get(cellKey(id, homework.id))
    const kind = kindOf(cell, columnOf(homework, dueOf(id)), now)
    if (kind === 'to-read') counts.toRead++
    if (kind === 'saved') counts.saved++
    if (kind === 'back') counts.back++
    if (kind === 'late') counts.missing++
    if (cell && cell.state !== 'to-do') counts.came++
  }
  return counts
}

/** The columns to draw for a window of `width` at `scroll` (pixels), in steps so that scrolling seldom draws anew. */
export function windowOf(
  scroll: number,
  width: number,
  column: number,
  count: number,
): { from: number; to: number } {
  const step = 4
  const first = Math.floor(Math.max(0, scroll) / column)
  const from = Math.max(0, Math.floor(first / step) * step - step)
  const last = Math.ceil((scroll + Math.max(width, column)) / column)
  return { from: Math.min(from, Math.max(0, count - 1)), to: Math.min(count, last + step) }
}

export type Spot = { row: number; col: number }

/** Where a key leads in a grid whose row 0 is the header; null when the key does not move. */
export function spotAfter(
  key: string,
  far: boolean,
  at: Spot,
  size: { rows: number; cols: number },
): Spot | null {
  const last = { row: size.rows, col: size.cols - 1 }
  const clamp = (row: number, col: number) => ({
    row: Math.min(Math.max(row, 0), last.row),
    col: Math.min(Math.max(col, 0), last.col),
  })
  if (key === 'ArrowRight') return clamp(at.row, at.col + 1)
  if (key === 'ArrowLeft') return clamp(at.row, at.col - 1)
  if (key === 'ArrowDown') return clamp(at.row + 1, at.col)
  if (key === 'ArrowUp') return clamp(at.row - 1, at.col)
  if (key === 'Home') return clamp(far ? 0 : at.row, 0)
  if (key === 'End') return clamp(far ? last.row : at.row, last.col)
  if (key === 'PageDown') return clamp(at.row + 10, at.col)
  if (key === 'PageUp') return clamp(at.row - 10, at.col)
  return null
}

/** The next copy to read from a place in the list on, round the end; null when none waits. */
export function nextToRead(
  pupils: readonly { id: string }[],
  after: string | null,
  waits: (pupilId: string) => boolean,
): string | null {
  const start = after === null ? 0 : pupils.findIndex((p) => p.id === after) + 1
  const round = [...pupils.slice(start), ...pupils.slice(0, start)]
  return round.find((p) => p.id !== after && waits(p.id))?.id ?? null
}
