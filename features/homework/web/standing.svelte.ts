// Where one stands with homework: fetched lists and pieces, remembered for this visit, and what was changed since.
import { loadPersonal, patchPersonal, personal, personalIsFresh } from '#feature/today/web/personal.svelte.ts'
import { wished } from '#feature/today/web/ticks.svelte.ts'
import { api } from '#web/api.ts'
import { exactNow } from '#web/clock.svelte.ts'
import { whenForgotten } from '#web/keep.ts'
import type { Homework, WorkList, WorkState } from '../contract.ts'

const day = 86_400_000
/** The personal part tells of work that is due in this time; it says nothing of the rest (today/personal). */
const tells = { before: 20 * day, after: 34 * day }
const lookAgain = 60_000

let lists = $state.raw<Record<string, WorkList>>({})
let asked = exactNow()

whenForgotten(() => {
  lists = {}
})

/** The list as it was last seen in this visit: own under '', a child's under their id. */
export function seenList(child = ''): WorkList | null {
  return lists[child] ?? null
}

/** Fetches all of one's work. @throws {Refusal} */
export async function readList(child = ''): Promise<WorkList> {
  const list = await api<WorkList>('GET', `/api/homework${child ? `?child=${child}` : ''}`)
  lists = { ...lists, [child]: list }
  return list
}

/** A piece of homework that was in a list already. */
export function seenHomework(id: string): Homework | null {
  for (const list of Object.values(lists)) {
    const found = list.homework.find((homework) => homework.id === id)
    if (found) return found
  }
  return null
}

/** Takes over what an answer told about one's own work, wherever it is shown. */
export function learnState(state: WorkState): void {
  const put = (states: WorkState[]) => [...states.filter((s) => s.homeworkId !== state.homeworkId), state]
  const own = lists['']
  if (own) lists = { ...lists, '': { ...own, states: put(own.states) } }
  patchPersonal((part) => ({ ...part, work: put(part.work) }))
}

/** A state with a tick that is still on its way. */
export function withWish(state: WorkState | null, homework: Homework): WorkState | null {
  const wish = homework.handIn ? undefined : wished(homework.id)
  if (wish === undefined) return state
  return { homeworkId: homework.id, state: wish ? 'done' : 'to-do' }
}

/** Brings the personal part up to date when a page is opened long after the last look. */
export function refreshPersonal(): Promise<void> {
  if (personal() && personalIsFresh() && exactNow() - asked < lookAgain) return Promise.resolve()
  asked = exactNow()
  return loadPersonal()
}

/** Whether the class's part does not tell all: the work is for this pupil alone, or has a date of the pupil's own. */
export function isOwn(id: string, child?: string): boolean {
  const part = personal()
  const own = child ? part?.children.find((c) => c.id === child)?.own : part?.own
  return own?.some((work) => work.id === id) ?? false
}

/** What the personal part says of one piece of work; undefined when it says nothing. */
export function toldState(homework: Homework, child?: string): WorkState | undefined {
  const part = personal()
  if (!part || !personalIsFresh()) return undefined
  const due = Date.parse(homework.dueAt) - exactNow()
  if (due < -tells.before || due > tells.after) return undefined
  const work = child ? part.children.find((c) => c.id === child)?.work : part.work
  if (!work) return undefined
  return work.find((state) => state.homeworkId === homework.id) ?? { homeworkId: homework.id, state: 'to-do' }
}
