// Sending homework that was set or changed, and withdrawing it with a way back.
import { loadPersonal } from '#feature/today/web/personal.svelte.ts'
import { api } from '#web/api.ts'
import { explain } from '#web/explain.ts'
import { say } from '#web/toasts.svelte.ts'
import type { Homework, HomeworkDraft } from '../../contract.ts'
import type { HomeworkIsSet, HomeworkSet } from '../../setting/contract.ts'
import { deskOf } from './desk.svelte.ts'
import { settingTexts } from './setting/texts.ts'
import type { Values } from './setting/values.ts'
import { assignSentences, assignTexts } from './texts-assign.ts'

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

/** Sets the same homework for several classes: for all of them, or none. @throws {Refusal} */
export async function deliverToAll(set: HomeworkSet): Promise<Homework[]> {
  const { homework } = await api<HomeworkIsSet>('POST', '/api/homework/sets', set)
  for (const { classId } of homework) changed(classId)
  return homework
}

/** Refusals that the form tells where their cause stands. */
export const atPlace = [
  'homework.title-missing',
  'homework.due-in-past',
  'homework.nobody',
  'homework.published-after-due',
]

/** What the button that sets new homework says: when it will be seen, or for whom it is. */
export function submitText({ pupils, also }: Pick<Values, 'pupils' | 'also'>, when: string | null): string {
  const s = settingTexts()
  if (when) return s.submitLater(when)
  if (pupils?.length) return s.submitSome(pupils.length)
  return also.length > 0 ? s.submitClasses(also.length + 1) : assignTexts().submit
}

/** Says for whom homework was set and when it will be seen, with a way back. */
export function tellSet(
  saved: readonly Homework[],
  { pupils }: Pick<Values, 'pupils'>,
  when: string | null,
): void {
  const [first, ...more] = saved
  if (!first) return
  const [t, s] = [assignTexts(), settingTexts()]
  const { title } = first
  if (more.length > 0) {
    const said = when ? s.setLater(title, when) : s.setClasses(title, saved.length)
    return say(said, { undo: () => withdrawAll(saved, s.withdrawnAll(title)) })
  }
  const said = pupils ? s.setSome(title, pupils.length) : t.set(title)
  say(when ? s.setLater(title, when, pupils?.length) : said, { undo: () => withdraw(first, t) })
}

/** Withdraws what was set for several classes at once. */
async function withdrawAll(homework: readonly Told[], said: string): Promise<void> {
  try {
    for (const { id, classId } of homework) {
      await api('DELETE', `/api/homework/${id}`)
      changed(classId)
    }
    say(said)
  } catch (error) {
    say(explain(error, assignSentences()), { tone: 'late' })
  }
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
