// Marks typed in the grid itself: one cell at a time is written in; each mark is saved by itself, never given back.
import { api, Refusal } from '#web/api.ts'
import { onceBack } from '#web/connection.svelte.ts'
import { explain } from '#web/explain.ts'
import { whenForgotten } from '#web/keep.ts'
import { say } from '#web/toasts.svelte.ts'
import type { Copy, ResultDraft } from '../../../contract.ts'
import { unmarked } from '../../../scales/scale-rules.ts'
import { type Column, cellKey } from '../cells.ts'
import type { Desk } from '../desk.svelte.ts'
import { markProblem, typed } from '../marking/marks.ts'
import { markingSentences, markingTexts } from '../marking/texts-marking.ts'
import { deskSentences } from '../texts.ts'
import { typingTexts } from './texts-grid.ts'
import { dropUnsent, keepUnsent, type Unsent, unsentOf } from './unsent.ts'

export const scaleOf = (homework: Column) => (homework.marking ?? unmarked).scale
const pathOf = (one: Unsent) => `/api/homework/${one.homeworkId}/pupils/${one.pupilId}`
const keyOf = (one: Unsent) => cellKey(one.pupilId, one.homeworkId)

export type Typing = ReturnType<typeof makeTyping>

const all = new WeakMap<Desk, Typing>()

/** What is typed into the grid of a desk; the same for as long as the desk lives. */
export function typingOf(desk: Desk): Typing {
  const typing = all.get(desk) ?? makeTyping(desk)
  all.set(desk, typing)
  return typing
}

function makeTyping(desk: Desk) {
  let writing = $state.raw<{ key: string; homework: Column; pupilId: string } | null>(null)
  let text = $state('')
  /** On the way to the server, or not arrived. */
  let sending = $state.raw<ReadonlyMap<string, Unsent>>(new Map())
  let clash = $state.raw<{ one: Unsent; copy: Copy } | null>(null)
  /** As it is sent: a decimal sign with nothing behind it is left out. */
  const written = $derived(text.trim().replace(/(\d)[.,]$/, '$1'))
  const turns = new Map<string, Promise<void>>()
  const done: Unsent[] = []

  function show(key: string, one: Unsent | null): void {
    const next = new Map(sending)
    if (one) next.set(key, one)
    else next.delete(key)
    sending = next
  }

  /** One after the other for each cell: the second names the version that the first has made. */
  function send(one: Unsent): Promise<void> {
    const key = keyOf(one)
    show(key, { ...one, failed: false })
    const turn = (turns.get(key) ?? Promise.resolve()).then(() => put(key, one))
    turns.set(key, turn)
    return turn
  }

  async function put(key: string, one: Unsent): Promise<void> {
    const { submissionId = null, version = 0 } = one.seen ?? desk.cells.get(key) ?? {}
    const draft: ResultDraft = { mark: one.mark || null, submissionId, version }
    try {
      arrived(key, one, await api<Copy>('PUT', `${pathOf(one)}/result`, draft))
    } catch (error) {
      await failed(key, { ...one, seen: { submissionId, version } }, error)
    }
  }

  function arrived(key: string, one: Unsent, copy: Copy): void {
    desk.learn(copy)
    dropUnsent(desk.classId, one)
    if (sending.get(key)?.mark === one.mark) show(key, null)
  }

  async function failed(key: string, one: Unsent, error: unknown): Promise<void> {
    const changed = error instanceof Refusal && error.code === 'result.changed-meanwhile'
    const lost = !(error instanceof Refusal) || error.status === 0 || error.status >= 500
    const kept: Unsent = { ...one, failed: changed ? 'changed' : lost ? 'line' : 'refused' }
    keepUnsent(desk.classId, kept)
    // What was typed since has its own turn.
    if (sending.get(key)?.mark === one.mark) show(key, kept)
    if (changed) return compare(key, kept)
    say(`${explain(error, { ...deskSentences(), ...markingSentences() })} ${typingTexts().kept}`, {
      tone: 'late',
    })
  }

  /** Asks what is saved by now: the same (the answer was lost on its way), or something to choose from. */
  async function compare(key: string, one: Unsent): Promise<void> {
    try {
      const copy = await api<Copy>('GET', pathOf(one))
      if ((copy.result?.mark ?? '') === one.mark) arrived(key, one, copy)
      else clash = { one, copy }
    } catch (error) {
      say(explain(error, deskSentences()), { tone: 'late' })
    }
  }

  /** Sends again what the line has lost. */
  function retry(): void {
    for (const one of sending.values()) if (one.failed === 'line') void send(one)
  }

  whenForgotten(() => (sending = new Map()))
  onceBack(retry)

  return {
    /** The cell that is written in. */
    get key() {
      return writing?.key ?? null
    },
    get text() {
      return text
    },
    set text(next: string) {
      text = typed(next)
    },
    /** Why what is typed cannot be saved. */
    get problem() {
      return writing ? markProblem(scaleOf(writing.homework), written) : null
    },
    /** Two who saved the same mark, until one has chosen. */
    get clash() {
      return clash
    },
    sendingAt: (key: string): Unsent | undefined => sending.get(key),
    /** Looks up what this device still holds for the class, and what was settled on the copy's own page. */
    lookUp(): void {
      sending = new Map([
        ...[...sending].filter(([, one]) => !one.failed),
        ...unsentOf(desk.classId).map((one) => [keyOf(one), one] as const),
      ])
      retry()
    },
    /** Begins to write in a cell, where marks are written and the pupil has seen none. */
    begin(homework: Column, pupilId: string, first: string | null): void {
      const key = cellKey(pupilId, homework.id)
      const cell = desk.cells.get(key)
      const scale = scaleOf(homework)
      if (cell?.state === 'given-back') say(typingTexts().givenBack)
      else if (scale.kind === 'none' && scale.title !== '') say(markingTexts().notAsked)
      else {
        writing = { key, homework, pupilId }
        text = first ?? sending.get(key)?.mark ?? cell?.mark ?? ''
      }
    },
    /** Saves what is typed and ends; false, and nothing ends, when it is not on the scale. */
    commit(): boolean {
      if (!writing) return true
      const { key, homework, pupilId } = writing
      if (markProblem(scaleOf(homework), written)) return false
      writing = null
      const mark = written
      const before = sending.get(key)
      const was = before && !before.failed ? before.mark : (desk.cells.get(key)?.mark ?? '')
      const one: Unsent = { homeworkId: homework.id, pupilId, mark, failed: false }
      if (mark === was) {
        // Back to what is saved: nothing is left to send.
        if (before?.failed) dropUnsent(desk.classId, one)
        if (before?.failed) show(key, null)
        return true
      }
      done.push({ ...one, mark: was })
      void send(before?.failed === 'line' ? { ...one, seen: before.seen } : one)
      return true
    },
    /** Ends; what is not on the scale stays in its cell, and on the device, until it is put right. */
    leave(pupil: string): void {
      if (!writing || this.commit()) return
      const { key, homework, pupilId } = writing
      say(`${pupil} : ${this.problem}`, { tone: 'late' })
      writing = null
      const { submissionId = null, version = 0 } = desk.cells.get(key) ?? {}
      const seen = { submissionId, version }
      const one: Unsent = { homeworkId: homework.id, pupilId, mark: text, failed: 'unfit', seen }
      keepUnsent(desk.classId, one)
      show(key, one)
    },
    cancel(): void {
      writing = null
    },
    /** Goes back to a mark that did not arrive: to put it right, or to choose. False when its own page is the place. */
    resume(homework: Column, pupilId: string): boolean {
      const key = cellKey(pupilId, homework.id)
      const one = sending.get(key)
      if (one?.failed === 'changed') void compare(key, one)
      else if (one?.failed === 'unfit') this.begin(homework, pupilId, null)
      else return false
      return true
    },
    /** What is saved stays. */
    takeTheirs(): void {
      if (clash) arrived(keyOf(clash.one), clash.one, clash.copy)
      clash = null
    },
    /** What was typed takes the place of what is saved. */
    takeYours(): void {
      if (!clash) return
      const { one, copy } = clash
      clash = null
      void send({ ...one, seen: { submissionId: copy.submission?.id ?? null, version: copy.saved.version } })
    },
    /** Lets it stand as it is: the cell tells that it is still to be chosen. */
    decideLater(): void {
      clash = null
    },
    /** Puts the mark back that stood there before the last one typed. */
    async undo(): Promise<void> {
      const last = done.pop()
      if (!last) return
      await send(last)
      if (!sending.has(keyOf(last))) say(typingTexts().undone(last.mark))
    },
  }
}
