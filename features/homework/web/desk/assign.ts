// Sending homework that was set or changed, and withdrawing it with a way back.
import { loadPersonal } from '#feature/today/web/personal.svelte.ts'
import { api } from '#web/api.ts'
import { explain } from '#web/explain.ts'
import { say } from '#web/toasts.svelte.ts'
import type { Homework, HomeworkDraft } from '../../contract.ts'
import { deskOf } from './desk.svelte.ts'
import { assignSentences, type assignTexts } from './texts-assign.ts'

type Told = Pick<Homework, 'id' | 'classId' | 'title'>
type Words = ReturnType<typeof assignTexts>

/** What else shows it is asked again. */
function changed(classId: string): void {
  void deskOf(classId).load()
  void loadPersonal()
}

/** Sets homework for a class, or changes the one that `id` names. @throws {Refusal} */
export async function deliver(classId: string, id: string | null, draft: HomeworkDraft): Promise<Homework> {
  const saved = id
    ? await api<Homework>('PUT', `/api/homework/${id}`, draft)
    : await api<Homework>('POST', `/api/classes/${classId}/homework`, draft)
  changed(classId)
  return saved
}

async function restore(homework: Told, t: Words): Promise<void> {
  try {
    await api('POST', `/api/homework/${homework.id}/restore`)
    changed(homework.classId)
    say(t.restored(homework.title))
  } catch (error) {
    say(explain(error, assignSentences()), { tone: 'late' })
  }
}

/** Withdraws homework and offers to bring it back; tells whether it went through. */
export async function withdraw(homework: Told, t: Words): Promise<boolean> {
  try {
    await api('DELETE', `/api/homework/${homework.id}`)
    changed(homework.classId)
    say(t.withdrawn(homework.title), { undo: () => restore(homework, t) })
    return true
  } catch (error) {
    say(explain(error, assignSentences()), { tone: 'late' })
    return false
  }
}
