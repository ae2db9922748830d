// The school that a verb works for: the only one, or the one that was named.
import { schoolsCalled } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { OperatorError } from '#platform/operator-error'

type School = Awaited<ReturnType<typeof schoolsCalled>>[number]

/** The school with this name or UAI code; without one, the only school there is. @throws OperatorError */
export async function oneSchool(ctx: Ctx, asked: string | undefined): Promise<School> {
  const found = await schoolsCalled(ctx, asked)
  const only = found.length === 1 ? found[0] : undefined
  if (!only) throw new OperatorError(whichSchool(found, asked))
  return only
}

function whichSchool(found: School[], asked: string | undefined): string {
  if (asked && found.length === 0) return `No school has the name or UAI code "${asked}".`
  if (found.length === 0) return 'There is no school yet. See: preau school init --help'
  const names = found.slice(0, 20).map((s) => `  ${s.uai ?? '        '}  ${s.name}`)
  return `There are ${found.length} schools; say which one: --school <name or UAI>\n${names.join('\n')}`
}
