// What a cell of the desk shows and says.
import { dueText } from '#web/texts/format.ts'
import { type Column, cellKey, type Kind } from '../cells.ts'
import type { Desk } from '../desk.svelte.ts'
import { deskTexts } from '../texts.ts'
import { settingTexts } from './texts.ts'

export type CellText = { kind: Kind; text: string; says: string; tardy: boolean }

/** A pupil's cell: its kind, its few signs, and all of it for whoever listens. */
export function cellText(desk: Desk, homework: Column, pupilId: string, now: number, zone: string): CellText {
  const [t, s] = [deskTexts(), settingTexts()]
  const cell = desk.cells.get(cellKey(pupilId, homework.id))
  const kind = desk.kindAt(homework, pupilId, now)
  const due = desk.dueOf(pupilId, homework.id)
  const own = due ? dueText(due, now, zone) : ''
  const tardy = Boolean(cell?.late) && kind === 'to-read'
  const says = [t.cell[kind], tardy && t.cameLate, own && s.until(own)].filter(Boolean).join(', ')
  const text = cell?.mark ?? (own && kind === 'none' ? `${own.split(',')[0]}` : t.short[kind])
  return { kind, tardy, text, says: cell?.mark ? t.marked(cell.mark, says) : says }
}
