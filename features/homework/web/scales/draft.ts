// A new scale as it is typed: read into the scale, or what is wrong with it. Pure.
import type { Scale } from '../../scales/contract.ts'

export type ScaleDraft = {
  kind: Scale['kind']
  title: string
  outOf: string
  /** Names of steps joined by "+": "0.25+0.1". */
  steps: string
  levels: string
}
export type DraftProblem = 'title' | 'outOf' | 'levels'

export const emptyDraft: ScaleDraft = {
  kind: 'points',
  title: '',
  outOf: '20',
  steps: '0.25+0.1',
  levels: '',
}

/** Levels of lines such as "A = Very good". */
function levelsOf(text: string) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const [code = '', ...label] = line.split('=')
    return { code: code.trim(), label: label.join('=').trim().slice(0, 60) }
  })
}

/** The scale that a draft means, or the field that is not right. */
export function readDraft(draft: ScaleDraft): { scale: Scale } | { wrong: DraftProblem } {
  const title = draft.title.trim()
  if (title === '') return { wrong: 'title' }
  if (draft.kind === 'none') return { scale: { kind: 'none', title } }
  if (draft.kind === 'levels') {
    const levels = levelsOf(draft.levels)
    const fits = levels.length >= 2 && levels.length <= 12
    if (!fits || levels.some(({ code }) => code === '' || code.length > 20)) return { wrong: 'levels' }
    return { scale: { kind: 'levels', title, levels } }
  }
  const outOf = Number(draft.outOf.trim().replace(',', '.'))
  if (!(outOf >= 1 && outOf <= 1000)) return { wrong: 'outOf' }
  return { scale: { kind: 'points', title, outOf, steps: draft.steps.split('+').map(Number) } }
}
