// Which of a reader's views have one piece of homework, and which of them is shown first.
import type { View } from '#door/formats/feed'
import type { Homework, Whose } from '../contract.ts'

/** Of the views of me and my children, those who have it. */
export function havingOf(views: readonly View[], whose: Whose): View[] {
  const children: readonly string[] = whose.children
  return views.filter((v) => (v.child ? children.includes(v.child) : v.role === 's' && whose.mine))
}

/** The one whose work was in front anyway, if it is theirs; else the first of those who have it. */
export function firstOf(having: readonly View[], front: View | undefined): View | undefined {
  return having.find((v) => v === front) ?? having[0]
}

/** What a class shares may still be of a group in which a child is not. */
export function mayHave({ groups }: Pick<View, 'groups'>, { group }: Pick<Homework, 'group'>): boolean {
  return !group || (groups ?? []).includes(group.key)
}
