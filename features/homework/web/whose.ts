// Whose work a page shows: one's own, a child's (named in the address or in front), or nobody's, as for a teacher.
import type { View } from '#door/formats/feed'
import { personal } from '#feature/today/web/personal.svelte.ts'
import { route } from '#web/router.svelte.ts'
import { view, views } from '#web/views.svelte.ts'

const worker = (v: View) => v.role === 's' || v.role === 'g'

/** The views that have work of their own: me as a pupil, my children. */
export function workViews(): View[] {
  return views().filter(worker)
}

/** The view of the child that the address names. */
export function namedView(): View | undefined {
  const child = route().url.searchParams.get('child')
  return child ? workViews().find((v) => v.child === child) : undefined
}

/** The view whose work is shown; undefined for those who have none to show. */
export function workView(): View | undefined {
  const front = view()
  return namedView() ?? (front && worker(front) ? front : workViews()[0])
}

/** A child's given name, once it is known. */
export function childName(v: View | undefined): string | undefined {
  return v?.child ? personal()?.children.find((c) => c.id === v.child)?.givenName : undefined
}
