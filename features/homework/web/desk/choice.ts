// Copies of one piece of homework that are chosen together, to be given back at once. Pure.
export type Choice = { homeworkId: string; pupils: ReadonlySet<string> }

/**
 * The choice after pressing on a place of the list, or reaching over a span of it: one place is turned over, a span is
 * added; only what is ready counts. Another homework starts a new choice. Null when nothing is chosen.
 */
export function chosenAfter(
  before: Choice | null,
  homeworkId: string,
  pupils: readonly { id: string }[],
  span: { from: number; to: number },
  ready: (index: number) => boolean,
): Choice | null {
  const chosen = new Set(before?.homeworkId === homeworkId ? before.pupils : [])
  const [first, last] = [Math.max(0, Math.min(span.from, span.to)), Math.max(span.from, span.to)]
  for (const [index, { id }] of pupils.entries()) {
    if (index < first || index > last || !ready(index)) continue
    if (first === last && chosen.has(id)) chosen.delete(id)
    else chosen.add(id)
  }
  return chosen.size ? { homeworkId, pupils: chosen } : null
}
