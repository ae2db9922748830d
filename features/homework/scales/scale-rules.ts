// What may be written as a mark, and what it is worth. Pure: the browser says what is wrong with the same rule by which
// the server refuses.
import type { Filled, Marking, markRefusals, Rubric, Scale } from './contract.ts'

export type MarkObstacle = keyof typeof markRefusals | null
/** Why there is no mark. */
export type Word = 'absent' | 'exempt' | 'missing'

/** What a school has that has set nothing up; its first is the usual one. */
export const usualScales: readonly Scale[] = [
  { kind: 'points', title: '0–20', outOf: 20, steps: [0.25, 0.1] },
  {
    kind: 'levels',
    title: 'LSU 1–4',
    levels: [
      { code: '1', label: 'Non atteint' },
      { code: '2', label: 'Partiellement atteint' },
      { code: '3', label: 'Atteint' },
      { code: '4', label: 'Dépassé' },
    ],
  },
  {
    kind: 'levels',
    title: 'A–E',
    levels: ['E', 'D', 'C', 'B', 'A'].map((code) => ({ code, label: '' })),
  },
  { kind: 'points', title: '0–10', outOf: 10, steps: [0.25, 0.1] },
  { kind: 'points', title: '0–100', outOf: 100, steps: [0.5] },
  { kind: 'none', title: '–' },
]

/** Homework that nobody chose a scale for, such as what was set before there were any: marks are as they are written. */
export const unmarked: Marking = {
  scale: { kind: 'none', title: '' },
  coefficient: null,
  counts: 'last',
  rubric: null,
}

const words: Record<Word, readonly string[]> = {
  absent: ['abs', 'absent', 'absente'],
  exempt: ['disp', 'dispensé', 'dispensée', 'exc', 'exempt', 'excused'],
  missing: ['non rendu', 'nr', 'missing', 'not handed in'],
}

const fold = (text: string) => text.trim().toLowerCase().replace(/\.$/, '')

/** Which word stands in the place of a mark, if one does. */
export function wordOf(mark: string): Word | null {
  const text = fold(mark)
  const found = Object.entries(words).find(([, all]) => all.includes(text))
  return (found?.[0] as Word | undefined) ?? null
}

/** A number with a comma or a point, alone or with its total ("15,5", "14/20"). */
function readPoints(mark: string): { points: number; of: number | null } | null {
  const found = /^(\d{1,4}(?:[.,]\d{1,3})?)(?:\s*\/\s*(\d{1,4}))?$/.exec(mark.trim())
  if (!found) return null
  return {
    points: Number(found[1]?.replace(',', '.')),
    of: found[2] === undefined ? null : Number(found[2]),
  }
}

const isMultiple = (value: number, step: number) => Math.abs(value / step - Math.round(value / step)) < 1e-6

const levelAt = (scale: Scale, mark: string): number =>
  scale.kind === 'levels' ? scale.levels.findIndex(({ code }) => fold(code) === fold(mark)) : -1

/** Whether a mark can be written on a scale; the code says why not. Words such as "abs" always can. */
export function obstacleToMark(scale: Scale, mark: string | null): MarkObstacle {
  if (mark === null || wordOf(mark)) return null
  // Before scales, anything was a mark.
  if (scale.kind === 'none') return scale.title === '' ? null : 'mark.not-asked'
  if (scale.kind === 'levels') return levelAt(scale, mark) < 0 ? 'mark.no-level' : null
  const read = readPoints(mark)
  if (!read || (read.of !== null && read.of !== scale.outOf)) return 'mark.unreadable'
  if (read.points > scale.outOf) return 'mark.too-high'
  return scale.steps.some((step) => isMultiple(read.points, step)) ? null : 'mark.too-fine'
}

/** A mark as it is kept on a scale: a level's own writing ("b" is "B"), the rest as written. */
export function writtenOn(scale: Scale, mark: string | null): string | null {
  if (mark === null || scale.kind !== 'levels') return mark
  return scale.levels[levelAt(scale, mark)]?.code ?? mark
}

/** What a mark is worth as a share of its scale, 0 to 1; null for words and for what is not on the scale. */
export function valueOf(scale: Scale, mark: string | null | undefined): number | null {
  if (!mark || wordOf(mark) || scale.kind === 'none' || obstacleToMark(scale, mark)) return null
  if (scale.kind === 'levels') return levelAt(scale, mark) / (scale.levels.length - 1)
  return (readPoints(mark)?.points ?? 0) / scale.outOf
}

/** What a mark in points counts out of, where it does not tell itself ("14/20") and is no word; null otherwise. */
export function totalBehind(scale: Scale, mark: string): number | null {
  const read = scale.kind === 'points' ? readPoints(mark) : null
  return scale.kind === 'points' && read?.of === null ? scale.outOf : null
}

/** A share as it reads on a scale: points to a hundredth at most, or the nearest level. Null without one. */
export function shown(scale: Scale, share: number, comma: boolean): string | null {
  if (scale.kind === 'none') return null
  if (scale.kind === 'levels')
    return scale.levels[Math.round(share * (scale.levels.length - 1))]?.code ?? null
  const text = String(Number((share * scale.outOf).toFixed(2)))
  return comma ? text.replace('.', ',') : text
}

export type Summary = { count: number; mean: number; median: number }

/** Mean and median of marks as shares; those without a value (absent, exempt) are left out. Null when none is left. */
export function summaryOf(scale: Scale, marks: readonly (string | null | undefined)[]): Summary | null {
  const values = marks.flatMap((mark) => valueOf(scale, mark) ?? []).sort((a, b) => a - b)
  const count = values.length
  if (count === 0) return null
  const mid = (values[Math.floor((count - 1) / 2)] ?? 0) + (values[Math.ceil((count - 1) / 2)] ?? 0)
  return { count, mean: values.reduce((sum, value) => sum + value, 0) / count, median: mid / 2 }
}

/** Scales are told apart by their titles, levels by their codes; no level is called as a word that stands for no mark. */
export function obstacleToScales(scales: readonly Scale[]): MarkObstacle {
  if (new Set(scales.map(({ title }) => fold(title))).size < scales.length) return 'scale.title-twice'
  for (const scale of scales) {
    if (scale.kind !== 'levels') continue
    const codes = scale.levels.map(({ code }) => fold(code))
    if (new Set(codes).size < codes.length) return 'scale.level-twice'
    if (codes.some((code) => wordOf(code))) return 'scale.level-named-as-word'
  }
  return null
}

/** Whether two scales are the same, in whichever order the database gives their parts. */
export function sameScale(a: Scale, b: Scale): boolean {
  const told = (scale: Scale) => {
    if (scale.kind === 'points') return [scale.kind, scale.title, scale.outOf, scale.steps]
    const levels = scale.kind === 'levels' ? scale.levels.map(({ code, label }) => [code, label]) : []
    return [scale.kind, scale.title, levels]
  }
  return JSON.stringify(told(a)) === JSON.stringify(told(b))
}

/** A rubric's criteria are told apart by their ids; once a filled one was given back it stays as it was. */
export function obstacleToRubric(
  before: Rubric | null,
  after: Rubric | null,
  givenBack: boolean,
): MarkObstacle {
  const ids = after?.criteria.map(({ id }) => id) ?? []
  if (new Set(ids).size < ids.length) return 'rubric.criterion-twice'
  if (!givenBack || sameRubric(before, after)) return null
  return before ? 'rubric.given-back' : null
}

/** Whether two rubrics ask for the same, in the same words. */
export function sameRubric(a: Rubric | null, b: Rubric | null): boolean {
  const told = (rubric: Rubric | null) =>
    rubric?.criteria.map(({ title, levels }) => [title, levels.map((l) => [l.title, l.points])])
  return JSON.stringify(told(a)) === JSON.stringify(told(b))
}

/** A choice names levels that there are. */
export function obstacleToFilling(rubric: Rubric | null, filled: Filled | null): MarkObstacle {
  const unknown = Object.entries(filled ?? {}).some(
    ([id, level]) => !rubric?.criteria.find((c) => c.id === id)?.levels[level],
  )
  return unknown ? 'rubric.level-unknown' : null
}

/** What a filled rubric comes to; null while a criterion is open. */
export function pointsOf(rubric: Rubric, filled: Filled | null): { points: number; of: number } | null {
  let [points, of] = [0, 0]
  for (const { id, levels } of rubric.criteria) {
    const chosen = levels[filled?.[id] ?? -1]
    if (!chosen) return null
    points += chosen.points
    of += Math.max(...levels.map((l) => l.points))
  }
  return { points, of }
}

/** The mark that a filled rubric gives: its share of the points, on the scale, rounded to what may be written on it. */
export function markFrom(rubric: Rubric, filled: Filled | null, scale: Scale, comma: boolean): string | null {
  const sum = pointsOf(rubric, filled)
  if (!sum || sum.of === 0) return null
  const share = sum.points / sum.of
  if (scale.kind !== 'points') return shown(scale, share, comma)
  const [step = 1] = scale.steps
  const rounded = Math.round((share * scale.outOf) / step) * step
  return shown(scale, rounded / scale.outOf, comma)
}

/** Whether nothing is missing to give a copy back: the mark where the scale has one, and every criterion. */
export function isComplete(
  marking: Pick<Marking, 'scale' | 'rubric'>,
  mark: string | null | undefined,
  filled: Filled | null,
): boolean {
  if (mark && wordOf(mark)) return true
  if (marking.scale.kind !== 'none' && !mark) return false
  return marking.rubric === null || pointsOf(marking.rubric, filled) !== null
}
