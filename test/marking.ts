// A teacher at work in whole requests: reads a copy, then marks what was read, as the page does.
import type { Copy } from '#feature/homework/contract.ts'
import type { Sender } from './app.ts'

/** Reads the copy at `copy` ("/api/homework/…/pupils/…") and saves a result for the hand-in that it shows. */
export async function markCopy(
  teacher: Sender,
  copy: string,
  draft: { mark: string | null; feedback?: string; rubric?: Record<string, number> },
) {
  const { submission, saved } = (await teacher.get(copy)).json<Copy>()
  const result = { feedback: '', submissionId: submission?.id ?? null, version: saved.version, ...draft }
  return teacher.put(`${copy}/result`, result)
}
