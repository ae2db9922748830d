// What a homework page knows, asked for as cheaply as can be: the class's part from the server's memory, one's own
// from the personal part that is here already; only what was handed in or given back is asked for by itself.
import { untrack } from 'svelte'
import { sheetPath, type View } from '#door/formats/feed'
import { api, jitter, Refusal } from '#web/api.ts'
import { onceBack } from '#web/connection.svelte.ts'
import type { Homework, MyWork, WorkState } from '../contract.ts'
import { mayHave } from './having.ts'
import {
  isOwn,
  learnState,
  refreshPersonal,
  seenHomework,
  seenList,
  toldState,
  withWish,
} from './standing.svelte.ts'
import type { FollowWhose } from './whose.svelte.ts'

/** By the door, under the key of the class that the reader has in front; else by the workspace. @throws {Refusal} */
async function readShared(id: string, view: View | undefined, doubt: () => void): Promise<Homework> {
  const asked = `/api/homework/${id}`
  if (!view) return api<Homework>('GET', asked)
  const read = await api<Homework>('GET', sheetPath(view.sheet, `homework/${id}`)).catch((error) => {
    if (!(error instanceof Refusal && error.status === 404)) throw error
  })
  // Of another class or group than those of the child in front, such as a sibling's.
  if (!read || !mayHave(view, read)) doubt()
  return read ?? api<Homework>('GET', asked)
}

export type Follow = ReturnType<typeof followHomework>

/** Follows the homework that `id` names, for whom it is. Call it while a page is made. */
export function followHomework(id: () => string, whose: FollowWhose) {
  const front = () => whose.view
  let homework = $state.raw<Homework | null>(null)
  let mine = $state.raw<MyWork | null>(null)
  let problem = $state.raw<unknown>(null)
  let told = $state(false)
  let version = 0

  const child = $derived(front()?.child)
  const state = $derived.by((): WorkState | null => {
    if (mine) return withWish(mine.state, mine.homework)
    if (!homework || !front()) return null
    const id = homework.id
    const listed = seenList(child)?.states.find((s) => s.homeworkId === id)
    return withWish(toldState(homework, child) ?? listed ?? null, homework)
  })

  async function askMine(): Promise<void> {
    const turn = version
    const answer = await api<MyWork>('GET', `/api/homework/${id()}/mine${child ? `?child=${child}` : ''}`)
    if (turn !== version) return
    mine = answer
    homework = answer.homework
    if (!child) learnState(answer.state)
  }

  async function askShared(): Promise<void> {
    const turn = version
    const answer = await readShared(id(), front(), whose.doubt)
    if (turn === version) homework = answer
  }

  async function askWhatIsNeeded(): Promise<void> {
    if (!front()) return askShared()
    if (isOwn(id(), child)) return askMine()
    const seen = seenHomework(id()) !== null
    await Promise.all([refreshPersonal(), seen ? undefined : askShared()])
    if (isOwn(id(), child)) return askMine()
    const known = homework && toldState(homework, child)
    if (!known || known.state === 'handed-in' || known.state === 'given-back') await askMine()
    else if (seen) await askShared() // a list seen before may be older than a change
  }

  async function load(): Promise<void> {
    const turn = ++version
    problem = null
    try {
      await askWhatIsNeeded()
    } catch (error) {
      if (turn !== version) return
      // A guardian or a pupil who has left the class may still read what was handed in.
      const again = error instanceof Refusal && error.status === 404 && front() && !mine
      problem = again
        ? await askMine().then(
            () => null,
            (second) => second,
          )
        : error
    } finally {
      if (turn === version) told = true
    }
  }

  $effect(() => {
    id()
    void front()
    if (whose.open) return
    // What is read while asking must not start the asking again.
    untrack(() => {
      homework = seenHomework(id())
      mine = null
      told = false
      void load()
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onceBack(() => {
      if (problem) timer = setTimeout(load, jitter(0))
    })
    return () => {
      version++
      clearTimeout(timer)
      stop()
    }
  })

  return {
    get homework() {
      return homework
    },
    /** Null until it is known. */
    get state() {
      return state
    },
    get mine() {
      return mine
    },
    get problem() {
      return problem
    },
    /** Everything that was needed has been asked and answered, or refused. */
    get settled() {
      return told
    },
    again: load,
    /** Takes over an answer that says it all. */
    learn(answer: MyWork): void {
      mine = answer
      learnState(answer.state)
    },
  }
}
