// A teacher's kept remarks: fetched once a visit, and what was changed since.
import { folded } from '#platform/text'
import { api } from '#web/api.ts'
import { whenForgotten } from '#web/keep.ts'
import type { Remark, RemarkDraft, Remarks } from '../../../scales/contract.ts'

let list = $state.raw<Remark[] | null>(null)
let asking: Promise<void> | null = null

whenForgotten(() => {
  list = null
  asking = null
})

/** The remarks, the last first; null until they have arrived. */
export const remarks = (): Remark[] | null => list

/** Fetches them, once. @throws {Refusal} */
export function loadRemarks(): Promise<void> {
  asking ??= api<Remarks>('GET', '/api/remarks').then(
    (answer) => void (list = answer.remarks),
    (error) => {
      asking = null
      throw error
    },
  )
  return asking
}

/** Keeps words for later. @throws {Refusal} */
export async function keepRemark(draft: RemarkDraft): Promise<void> {
  const kept = await api<Remark>('POST', '/api/remarks', draft)
  const other = (list ?? []).filter((r) => r.words !== kept.words || r.subject !== kept.subject)
  list = [kept, ...other]
}

/** Changes kept words. @throws {Refusal} */
export async function changeRemark(id: string, draft: RemarkDraft): Promise<void> {
  const changed = await api<Remark>('PUT', `/api/remarks/${id}`, draft)
  list = (list ?? []).map((r) => (r.id === id ? changed : r))
}

/** Forgets kept words. @throws {Refusal} */
export async function forgetRemark(id: string): Promise<void> {
  await api('DELETE', `/api/remarks/${id}`)
  list = (list ?? []).filter((r) => r.id !== id)
}

/** The remarks that hold all words of a query; those of the subject first. */
export function remarksFor(query: string, subject: string): Remark[] {
  const words = folded(query).split(/\s+/).filter(Boolean)
  const found = (list ?? []).filter((r) => words.every((word) => folded(r.words).includes(word)))
  const own = found.filter((r) => r.subject === subject)
  return [...own, ...found.filter((r) => r.subject !== subject)]
}
