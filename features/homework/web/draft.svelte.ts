// A copy that is being written: kept on this device until it is handed in, sent as often as it takes, handed in once.

import { untilDone } from '#feature/documents/web/patience.ts'
import { openUploads } from '#feature/documents/web/uploads.svelte.ts'
import { newId, type SubmissionId } from '#platform/ids'
import { api } from '#web/api.ts'
import { exactNow } from '#web/clock.svelte.ts'
import { keep, kept, whenForgotten } from '#web/keep.ts'
import type { HandedIn, Submission, SubmissionDraft } from '../contract.ts'

export type Phase = 'writing' | 'sending' | 'waiting'
export type Draft = ReturnType<typeof makeDraft>

/** `sending`: the hand-in that was on its way when the page closed; its id makes sending it again harmless. */
type Kept = { text: string; sending?: SubmissionDraft }

const drafts = new Map<string, Draft>()
whenForgotten(() => {
  for (const draft of drafts.values()) draft.stop()
  drafts.clear()
})

/** The draft of one person for one piece of homework; the same one for as long as the page lives. */
export function draftFor(homeworkId: string, person: string): Draft {
  const name = `${person}.${homeworkId}`
  let draft = drafts.get(name)
  if (!draft) {
    draft = makeDraft(homeworkId, name)
    drafts.set(name, draft)
  }
  return draft
}

function makeDraft(homeworkId: string, name: string) {
  const before = kept<Kept>(`draft.${name}`)
  const uploads = openUploads({ keepAs: name, forHandIn: true })
  let text = $state(before?.text ?? '')
  let phase = $state<Phase>('writing')
  let problem = $state.raw<unknown>(null)
  let running: AbortController | null = null
  let saving: ReturnType<typeof setTimeout> | undefined

  function save(sending?: SubmissionDraft): void {
    clearTimeout(saving)
    const value: Kept = { text, ...(sending && { sending }) }
    keep(`draft.${name}`, text || sending ? value : null)
  }

  async function deliver(body: SubmissionDraft, done: (answer: HandedIn) => void): Promise<void> {
    if (running) return
    running = new AbortController()
    const { signal } = running
    phase = 'sending'
    problem = null
    save(body)
    try {
      const answer = await untilDone(
        () => api<HandedIn>('POST', `/api/homework/${homeworkId}/submissions`, body, { signal }),
        { signal, waiting: () => (phase = 'waiting') },
      )
      text = ''
      uploads.clear()
      save()
      done(answer)
    } catch (error) {
      if (signal.aborted) return
      problem = error
      save()
    } finally {
      running = null
      phase = 'writing'
    }
  }

  return {
    /** What is kept on this device for it is called by this name. */
    name,
    uploads,
    /** Whether an earlier visit left something here. */
    wasKept: Boolean(before?.text),
    get text() {
      return text
    },
    set text(next: string) {
      text = next
      clearTimeout(saving)
      saving = setTimeout(save, 400)
    },
    get phase() {
      return phase
    },
    get problem() {
      return problem
    },
    /** Writes down at once what is not kept yet: the page may be closing. */
    save: () => phase === 'writing' && save(),
    /** Goes on with a hand-in that the closing of the page interrupted. */
    goOn(done: (answer: HandedIn) => void): void {
      if (before?.sending && phase === 'writing' && kept<Kept>(`draft.${name}`)?.sending) {
        void deliver(before.sending, done)
      }
    },
    /** Hands in; waits for the line if there is none. A new id each time one presses, the same for all its tries. */
    submit: (done: (answer: HandedIn) => void) =>
      deliver(
        { id: newId<SubmissionId>(exactNow()), text, files: uploads.refs.map(({ id }) => id as never) },
        done,
      ),
    /** Stops waiting. What was on its way may have arrived: look before telling anything. */
    stop(): void {
      running?.abort(new DOMException('stopped', 'AbortError'))
      save()
    },
    /** Starts from what was handed in before. */
    startFrom(submission: Submission): void {
      text = submission.text
      uploads.put(submission.files)
      save()
    },
    clear(): void {
      text = ''
      uploads.clear()
      save()
    },
  }
}
