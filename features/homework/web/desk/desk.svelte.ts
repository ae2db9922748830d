// The grid of a class as the desk and the copies share it: fetched again on each visit, shown at once on the way back.
import { api } from '#web/api.ts'
import { viewsStamp } from '#web/views.svelte.ts'
import type { Copy, GiveBack, GivenBack } from '../../contract.ts'
import type { Grid } from '../../marking/grid-contract.ts'
import { isComplete, unmarked } from '../../scales/scale-rules.ts'
import { type Cell, type Column, cellKey, columnOf, countsOf, isFor, type Kind, kindOf } from './cells.ts'

export type Desk = ReturnType<typeof makeDesk>

const desks = new Map<string, Desk>()
let stamp = ''

/** The desk of a class; the same one for as long as the same person looks. */
export function deskOf(classId: string): Desk {
  if (stamp !== viewsStamp()) desks.clear()
  stamp = viewsStamp()
  let desk = desks.get(classId)
  if (!desk) {
    desk = makeDesk(classId)
    desks.set(classId, desk)
  }
  return desk
}

function makeDesk(classId: string) {
  let grid = $state.raw<Grid | null>(null)
  let problem = $state.raw<unknown>(null)
  let asking: Promise<void> | null = null
  const cells = $derived(
    new Map((grid?.cells ?? []).map((cell) => [cellKey(cell.pupilId, cell.homeworkId), cell])),
  )

  /** More time than the class: the date that counts, by pupil and homework. */
  const extended = $derived(
    new Map((grid?.extensions ?? []).map((one) => [cellKey(one.pupilId, one.homeworkId), one.dueAt])),
  )

  async function ask(): Promise<void> {
    try {
      grid = await api<Grid>('GET', `/api/classes/${classId}/grid`)
      problem = null
    } catch (error) {
      problem = error
    } finally {
      asking = null
    }
  }

  function put(cell: Cell): void {
    if (!grid) return
    const others = grid.cells.filter((c) => c.pupilId !== cell.pupilId || c.homeworkId !== cell.homeworkId)
    grid = { ...grid, cells: [...others, cell] }
  }

  return {
    classId,
    get grid() {
      return grid
    },
    get cells(): ReadonlyMap<string, Cell> {
      return cells
    },
    /** The pupil's own due date, where it is later than the class's. */
    dueOf: (pupilId: string, homeworkId: string) => extended.get(cellKey(pupilId, homeworkId)),
    /** What the cell of a pupil shows. */
    kindAt(homework: Column, pupilId: string, now: number): Kind {
      if (!isFor(homework, pupilId)) return 'not-for'
      const own = extended.get(cellKey(pupilId, homework.id))
      return kindOf(cells.get(cellKey(pupilId, homework.id)), columnOf(homework, own), now)
    },
    counts: (homework: Column, now: number) =>
      countsOf(homework, grid?.pupils ?? [], cells, now, (id) => extended.get(cellKey(id, homework.id))),
    /** Those who have a piece of homework, in the order of the class's list. */
    having(homeworkId: string): Grid['pupils'] {
      const homework = grid?.homework.find(({ id }) => id === homeworkId)
      const all = grid?.pupils ?? []
      return homework ? all.filter(({ id }) => isFor(homework, id)) : all
    },
    get problem() {
      return problem
    },
    /** Asks for the grid; several callers share one request. */
    load(): Promise<void> {
      asking ??= ask()
      return asking
    },
    /** Takes over what an answer about one copy told. */
    learn({ pupil, homework, submission, result, renewed, saved, round, marking, rounds }: Copy): void {
      const before = cells.get(cellKey(pupil.id, homework.id))
      const mark = result?.mark ?? rounds.at(-1)?.result.mark
      const came = submission ? 'handed-in' : before?.state === 'done' ? 'done' : 'to-do'
      put({
        pupilId: pupil.id,
        homeworkId: homework.id,
        state: result?.givenBackAt ? 'given-back' : came,
        ...(submission?.late && { late: true }),
        ...(mark && { mark }),
        ...(result &&
          !result.givenBackAt &&
          !renewed && {
            saved: true,
            complete: isComplete(marking ?? unmarked, result.mark, result.rubric),
          }),
        ...(submission && { submissionId: submission.id }),
        ...(saved.version && { version: saved.version }),
        ...(round > 1 && { round }),
      })
    },
    /** Gives back what is saved, to all or to those named, some of them to be done again. @throws {Refusal} */
    async giveBack(
      homeworkId: string,
      pupils?: string[],
      again?: { pupils: string[]; until: string; word: string },
    ): Promise<GivenBack> {
      const body = { ...(pupils && { pupils }), ...(again && { again }) } as GiveBack
      const answer = await api<GivenBack>('POST', `/api/homework/${homeworkId}/give-back`, body)
      await this.load()
      return answer
    },
  }
}
