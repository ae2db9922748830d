// One copy and its neighbours: shown at once when it was read ahead, so that going through a class does not wait.
import { untrack } from 'svelte'
import { api } from '#web/api.ts'
import { viewsStamp } from '#web/views.svelte.ts'
import type { Copy } from '../../contract.ts'
import { type Desk, deskOf } from './desk.svelte.ts'

const ahead = new Map<string, { stamp: string; copy: Copy }>()
const pathOf = (homeworkId: string, pupilId: string) => `/api/homework/${homeworkId}/pupils/${pupilId}`
const most = 80

function store(path: string, copy: Copy): void {
  if (ahead.size >= most) ahead.clear()
  ahead.set(path, { stamp: viewsStamp(), copy })
}
function stored(path: string): Copy | null {
  const found = ahead.get(path)
  return found && found.stamp === viewsStamp() ? found.copy : null
}

async function readAhead(desk: Desk, homeworkId: string, pupilId: string): Promise<void> {
  const pupils = desk.grid?.pupils ?? []
  const next = pupils[pupils.findIndex((p) => p.id === pupilId) + 1]
  if (!next || stored(pathOf(homeworkId, next.id))) return
  const path = pathOf(homeworkId, next.id)
  await api<Copy>('GET', path).then(
    (copy) => store(path, copy),
    () => undefined,
  )
}

function isOf(copy: Copy | null, homeworkId: string, pupilId: string): boolean {
  return copy?.homework.id === homeworkId && copy.pupil.id === pupilId
}

/** Follows the copy that the address names. Call it while a page is made. */
export function followCopy(homeworkId: () => string, pupilId: () => string) {
  let arrived = $state.raw<Copy | null>(null)
  // Never another pupil's than the address says, not even for the moment in which a page is made anew: what is written
  // beside a copy goes to its pupil.
  const copy = $derived(
    isOf(arrived, homeworkId(), pupilId()) ? arrived : stored(pathOf(homeworkId(), pupilId())),
  )
  let desk = $state.raw<Desk | null>(null)
  let problem = $state.raw<unknown>(null)
  let version = 0

  async function load(): Promise<void> {
    const turn = ++version
    const [homework, pupil] = [homeworkId(), pupilId()]
    const path = pathOf(homework, pupil)
    problem = null
    try {
      const answer = await api<Copy>('GET', path)
      store(path, answer)
      if (turn !== version) return
      arrived = answer
      desk = deskOf(answer.homework.classId)
      await desk.load()
      if (turn === version) await readAhead(desk, homework, pupil)
    } catch (error) {
      if (turn === version) problem = error
    }
  }

  $effect(() => {
    // The one that is shown may have been read a while ago.
    void [homeworkId(), pupilId()]
    untrack(() => void load())
    const look = () => document.visibilityState === 'visible' && void load()
    document.addEventListener('visibilitychange', look)
    return () => {
      version++
      document.removeEventListener('visibilitychange', look)
    }
  })

  return {
    get copy() {
      return copy
    },
    get desk() {
      return desk
    },
    get problem() {
      return problem
    },
    again: load,
    /** Takes over the answer to a change, of this copy or of one just left. */
    learn(answer: Copy): void {
      store(pathOf(answer.homework.id, answer.pupil.id), answer)
      if (isOf(answer, homeworkId(), pupilId())) arrived = answer
      deskOf(answer.homework.classId).learn(answer)
    },
  }
}
