// Which places the tabs and the side bar offer to whom. A place is offered once its page exists.
import type { View } from '#door/formats/feed'
import { calendar, card, folder, people, roof, task } from './components/icons.ts'
import { leadsSomewhere } from './router.svelte.ts'

export type Place = {
  href: string
  icon: string
  label: 'today' | 'week' | 'work' | 'documents' | 'children' | 'classes' | 'accounts' | 'school'
}

const all: (Place & { roles: string })[] = [
  { href: '/', icon: roof, label: 'today', roles: 'stga' },
  { href: '/week', icon: calendar, label: 'week', roles: 'stg' },
  { href: '/work', icon: task, label: 'work', roles: 'sg' },
  { href: '/documents', icon: folder, label: 'documents', roles: 'sta' },
  { href: '/children', icon: people, label: 'children', roles: 'g' },
  { href: '/classes', icon: people, label: 'classes', roles: 'a' },
  { href: '/accounts', icon: card, label: 'accounts', roles: 'a' },
  { href: '/school', icon: task, label: 'school', roles: 'a' },
]

/** Whether an address is a place of other people's alone: there is nothing on it for somebody with these views. */
export function isForOthers(path: string, views: View[]): boolean {
  const place = all.find(({ href }) => href === path)
  return place !== undefined && views.length > 0 && !views.some((view) => place.roles.includes(view.role))
}

/** The places of somebody with these views. */
export function placesFor(views: View[]): Place[] {
  return all.filter(
    (place) => views.some((view) => place.roles.includes(view.role)) && leadsSomewhere(place.href),
  )
}
