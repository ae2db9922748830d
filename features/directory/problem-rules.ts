// Collects what an import finds wrong: grouped, counted, with the first few lines of each group, so that a region's
// export with a million bad rows still makes a report of one page.
import type { Problem, ProblemCode } from './contract.ts'

const linesShown = 5
const valuesShown = 20
const groupsKept = 400

export type Problems = {
  note(code: ProblemCode, file: string, column?: string | null, line?: number, value?: string | null): void
  /** The same for many rows at once, counted by the database; `lines` are the first ones. */
  add(problem: Problem): void
  list(): { problems: Problem[]; leftOut: number }
}

/** An empty collection. Values beyond the first twenty of a column are counted together, without the value. */
export function collectProblems(): Problems {
  const groups = new Map<string, Problem>()
  const values = new Map<string, number>()
  let leftOut = 0

  function groupOf(code: ProblemCode, file: string, column: string | null, value: string | null) {
    const place = `${code}|${file}|${column ?? ''}`
    const found = groups.get(`${place}|${value ?? ''}`)
    if (found) return found
    const many = (values.get(place) ?? 0) >= valuesShown
    if (many && value !== null) return groupOf(code, file, column, null)
    if (groups.size >= groupsKept) return undefined
    values.set(place, (values.get(place) ?? 0) + 1)
    const made: Problem = { code, file, column, value, count: 0, lines: [] }
    groups.set(`${place}|${value ?? ''}`, made)
    return made
  }

  function add({ code, file, column, value, count, lines }: Problem): void {
    const group = groupOf(code, file, column, value)
    if (!group) {
      leftOut += count
      return
    }
    group.count += count
    for (const line of lines) if (group.lines.length < linesShown) group.lines.push(line)
  }

  return {
    note: (code, file, column = null, line, value = null) =>
      add({ code, file, column, value, count: 1, lines: line === undefined ? [] : [line] }),
    add,
    list: () => ({ problems: [...groups.values()], leftOut }),
  }
}
