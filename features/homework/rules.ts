// What may be done with homework, by whom it may be changed and until when. Pure: the time is an argument, so that the
// server decides with it and a page greys out its buttons with the same.
import { cleanLine } from '#platform/text'
import type { refusals, WorkState, WorkStateName } from './contract.ts'

/** The code to refuse with, or null when nothing stands in the way. */
export type Obstacle = keyof typeof refusals | null

export type HomeworkFacts = {
  /** Milliseconds since 1970. */
  dueAt: number
  handIn: boolean
  withdrawn: boolean
}

/** What a pupil has done so far, and what came back. */
export type WorkFacts = { ticked: boolean; handedIn: boolean; givenBack: boolean }

/** Homework needs a title, and a due date that is still to come; one that was set before may stay as it is. */
export function obstacleToSetting(
  draft: { title: string; dueAt: number },
  now: number,
  before?: { dueAt: number },
): Obstacle {
  if (draft.title === '') return 'homework.title-missing'
  const kept = before !== undefined && before.dueAt === draft.dueAt
  return kept || draft.dueAt > now ? null : 'homework.due-in-past'
}

/** What is withdrawn is brought back first; work that pupils have handed in cannot become work without hand-in. */
export function obstacleToChanging(
  before: HomeworkFacts,
  draft: { handIn: boolean },
  submissions: number,
): Obstacle {
  if (before.withdrawn) return 'homework.withdrawn'
  return before.handIn && !draft.handIn && submissions > 0 ? 'homework.already-handed-in' : null
}

/** Only work without hand-in is ticked off; the rest is done by handing it in. */
export function obstacleToTicking(homework: HomeworkFacts): Obstacle {
  if (homework.withdrawn) return 'homework.withdrawn'
  return homework.handIn ? 'homework.hand-in-asked' : null
}

/** Until the due date a hand-in may be replaced; afterwards a first one is still taken, late. What was given back is over. */
export function obstacleToHandingIn(
  homework: HomeworkFacts,
  work: Pick<WorkFacts, 'handedIn' | 'givenBack'>,
  now: number,
): Obstacle {
  if (homework.withdrawn) return 'homework.withdrawn'
  if (!homework.handIn) return 'homework.no-hand-in'
  const closed = work.givenBack || (work.handedIn && isLate(homework.dueAt, now))
  return closed ? 'submission.closed' : null
}

/** A hand-in holds text or at least one file. */
export function obstacleToContent(text: string, files: number): Obstacle {
  return text.trim() === '' && files === 0 ? 'submission.empty' : null
}

/** The due instant itself is still in time. */
export function isLate(dueAt: number, at: number): boolean {
  return at > dueAt
}

/** The one word for where a pupil stands. */
export function stateOf(handIn: boolean, work: WorkFacts): WorkStateName {
  if (work.givenBack) return 'given-back'
  if (work.handedIn) return 'handed-in'
  return work.ticked && !handIn ? 'done' : 'to-do'
}

/** Where a pupil stands, for a guardian who sees the school day alone. */
export function withoutMark<State extends WorkState>(state: State): State {
  const { mark, ...rest } = state
  return rest as State
}

/** A mark as the teacher writes it ("15,5", "A", "14/20"), or null for none. */
export function cleanMark(mark: string | null): string | null {
  return cleanLine(mark ?? '') || null
}

/** A result is written over the version that its teacher has read, 0 for none, or not at all. */
export function obstacleToSaving(read: number | undefined, current: number): Obstacle {
  return (read ?? 0) === current ? null : 'result.changed-meanwhile'
}

/** Work that is handed in may be asked for again, by a date to come. */
export function obstacleToAgain(
  homework: Pick<HomeworkFacts, 'handIn'>,
  until: number,
  now: number,
): Obstacle {
  if (!homework.handIn) return 'homework.no-hand-in'
  return until > now ? null : 'again.until-passed'
}
