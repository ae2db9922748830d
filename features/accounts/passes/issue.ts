// Which keys a person's pass carries, and which sheets their pages show: read from the directory, then it travels with
// the browser, so that nobody looks it up at eight.
import type { View } from '#door/formats/feed'
import { newPassId, type PassKeys, type SessionPass } from '#door/formats/pass'
import type { Keyed, Profile } from '#features/people'

/** A pass with so many keys stays below 3.5 kB; a browser drops cookies above 4 kB. */
export const mostKeys = 150
const mostViews = 12
const mostGroups = 40

const keysFrom = (classes: readonly Keyed[]): string[] => [...new Set(classes.map((c) => c.key))]
/** Homerooms first: what must be left out is a group. */
const byWeight = (classes: readonly Keyed[]): Keyed[] =>
  [...classes].sort((a, b) => Number(b.type === 'homeroom') - Number(a.type === 'homeroom'))

function teaches(profile: Profile): boolean {
  return profile.teaches.length > 0 || profile.roles.some((r) => r.role === 'teacher')
}

/** The keys of somebody's classes, children and schools, by role; at most {@link mostKeys} in all. */
export function keysOf(profile: Profile): PassKeys {
  const all = {
    a: [...new Set(profile.runs.map((school) => school.key))],
    t: teaches(profile) ? [profile.person.key, ...keysFrom(byWeight(profile.teaches))] : [],
    s: keysFrom(byWeight(profile.attends)),
    g: keysFrom(byWeight(profile.children.flatMap((child) => child.attends))),
  }
  let room = mostKeys
  const keys: PassKeys = {}
  for (const role of ['a', 't', 's', 'g'] as const) {
    const mine = all[role].slice(0, room)
    room -= mine.length
    if (mine.length > 0) keys[role] = mine
  }
  return keys
}

/** A homeroom's sheet holds its groups' lessons too; without a homeroom the first class stands for it. */
function sheetsOf(attends: readonly Keyed[]): { sheet: string; groups: string[] }[] {
  const homerooms = attends.filter((c) => c.type === 'homeroom')
  const sheets = homerooms.length > 0 ? homerooms : attends.slice(0, 1)
  const groups = keysFrom(attends.filter((c) => !sheets.includes(c))).slice(0, mostGroups)
  return sheets.map(({ key }) => ({ sheet: key, groups }))
}

/** The sheets that somebody's pages show: own class, own lessons, each child's class, own school. */
export function viewsOf(profile: Profile): View[] {
  const views: View[] = [
    ...sheetsOf(profile.attends).map((sheet): View => ({ role: 's', ...sheet })),
    ...(teaches(profile) ? [{ role: 't', sheet: profile.person.key } satisfies View] : []),
    ...profile.children.flatMap((child) =>
      sheetsOf(child.attends).map((sheet): View => ({ role: 'g', ...sheet, child: child.id })),
    ),
    ...[...new Set(profile.runs.map((school) => school.key))].map((sheet): View => ({ role: 'a', sheet })),
  ]
  return views.slice(0, mostViews)
}

/**
 * A session pass for somebody. `from`: passes of the account issued before this second are void, so this one is not
 * older. With `id` it takes an earlier pass's place: ending one ends both.
 */
export function sessionPass(profile: Profile, now: number, from: number, id = newPassId()): SessionPass {
  const issuedAt = Math.max(Math.floor(now / 1000), from)
  return { kind: 'session', id, account: profile.person.id, keys: keysOf(profile), issuedAt }
}
