// Marks typed in the grid that have not arrived: kept on this device under the name of their copy, so that its own page
// finds them too, beside what was written there.
import { keep, kept } from '#web/keep.ts'
import type { ResultDraft } from '../../../contract.ts'

/**
 * A mark as it was typed. `seen`: what stood there then; `failed`: it did not arrive, since the line was lost, somebody
 * else saved, the server refused it, or it is not on the scale.
 */
export type Unsent = {
  homeworkId: string
  pupilId: string
  mark: string
  failed: false | 'line' | 'changed' | 'refused' | 'unfit'
  seen?: Pick<ResultDraft, 'submissionId' | 'version'> | undefined
}

const nameOf = (one: Unsent) => `result.${one.homeworkId}.${one.pupilId}`
const listOf = (classId: string) => `marks.${classId}`
const same = (a: Unsent, b: Unsent) => nameOf(a) === nameOf(b)
type Draft = Partial<ResultDraft>

/** What this device holds of a class's marks; what was settled on the copy's own page is there no more. */
export function unsentOf(classId: string): Unsent[] {
  const list = kept<Unsent[]>(listOf(classId)) ?? []
  return list.flatMap((one) => {
    const draft = kept<Draft>(nameOf(one))
    return draft ? [{ ...one, mark: draft.mark ?? '' }] : []
  })
}

/** Keeps a mark; words and rubric that were written on the copy's own page stay beside it. */
export function keepUnsent(classId: string, one: Unsent): void {
  const draft = kept<Draft>(nameOf(one))
  keep(nameOf(one), { ...(draft ?? one.seen), mark: one.mark })
  const others = unsentOf(classId).filter((other) => !same(other, one))
  keep(listOf(classId), [...others, one])
}

/** Forgets a mark that arrived. */
export function dropUnsent(classId: string, one: Unsent): void {
  const list = unsentOf(classId)
  const others = list.filter((other) => !same(other, one))
  if (others.length === list.length) return
  const draft = kept<Draft>(nameOf(one))
  if (draft?.feedback === undefined) keep(nameOf(one), null)
  keep(listOf(classId), others.length ? others : null)
}
