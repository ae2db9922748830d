// A scale in words: what may be written, and why something may not.
import { language } from '#web/texts/language.svelte.ts'
import type { Scale } from '../../../scales/contract.ts'
import { obstacleToMark } from '../../../scales/scale-rules.ts'
import { markingTexts } from './texts-marking.ts'

const number = (value: number) => value.toLocaleString(language())
const codesOf = (scale: Scale) =>
  scale.kind === 'levels' ? scale.levels.map(({ code }) => code).join(' · ') : ''

/** A mark as one types it, with the reader's decimal sign: a number pad has only a point. */
export function typed(mark: string): string {
  return language() === 'fr' ? mark.replace(/^(\d+)\.(\d*)/, '$1,$2') : mark
}

/** What may be written on a scale. */
export function scaleHint(scale: Scale): string {
  const t = markingTexts()
  if (scale.kind === 'points') return `${t.outOf(number(scale.outOf))}, ${t.allowed}`
  return scale.kind === 'levels' ? t.oneOf(codesOf(scale)) : scale.title === '' ? '' : t.notAsked
}

/** Why a mark cannot be written on a scale; null when it can. */
export function markProblem(scale: Scale, mark: string): string | null {
  const t = markingTexts()
  const obstacle = obstacleToMark(scale, mark.trim() || null)
  if (!obstacle) return null
  if (obstacle === 'mark.too-high' && scale.kind === 'points') return t.tooHigh(number(scale.outOf))
  if (obstacle === 'mark.too-fine' && scale.kind === 'points')
    return t.tooFine(scale.steps.map((step) => t.step[step] ?? number(step)).join(t.or))
  if (obstacle === 'mark.no-level') return t.noLevel(codesOf(scale))
  return obstacle === 'mark.not-asked' ? t.notAsked : t.unreadable
}
