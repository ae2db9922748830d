// What a cell of the desk shows and says.
import { dueText } from '#web/texts/format.ts'
import { language } from '#web/texts/language.svelte.ts'
import type { Scale } from '../../../scales/contract.ts'
import { totalBehind } from '../../../scales/scale-rules.ts'
import { type Column, cellKey, type Kind } from '../cells.ts'
import type { Desk } from '../desk.svelte.ts'
import { typingTexts } from '../grid/texts-grid.ts'
import { scaleOf } from '../grid/typing.svelte.ts'
import { markingTexts } from '../marking/texts-marking.ts'
import { deskTexts } from '../texts.ts'
import { settingTexts } from './texts.ts'

/** `of`: what the mark counts out of; `round`: from the second on. */
export type CellText = { kind: Kind; text: string; says: string; tardy: boolean; of: string; round: number }

/** What stands behind a mark in points: "14" is "14/20". Nothing where the mark itself tells, or is a word. */
export function outOf(scale: Scale, mark: string): string {
  return totalBehind(scale, mark)?.toLocaleString(language()) ?? ''
}

/** A pupil's cell: its kind, its few signs, and all of it for whoever listens. */
export function cellText(desk: Desk, homework: Column, pupilId: string, now: number, zone: string): CellText {
  const [t, s] = [deskTexts(), settingTexts()]
  const cell = desk.cells.get(cellKey(pupilId, homework.id))
  const kind = desk.kindAt(homework, pupilId, now)
  const due = desk.dueOf(pupilId, homework.id)
  const own = due ? dueText(due, now, zone) : ''
  const tardy = Boolean(cell?.late) && kind === 'to-read'
  const round = cell?.round ?? 1
  const states = [
    t.cell[kind],
    tardy && t.cameLate,
    round > 1 && markingTexts().round(round),
    own && s.until(own),
  ]
  const says = states.filter(Boolean).join(', ')
  const mark = cell?.mark
  if (!mark) {
    const text = own && kind === 'none' ? `${own.split(',')[0]}` : t.short[kind]
    return { kind, tardy, round, of: '', text, says }
  }
  const of = outOf(scaleOf(homework), mark)
  const said = of ? typingTexts().outOfSaid(mark, of) : mark
  return { kind, tardy, round, of, text: mark, says: t.marked(said, says) }
}
