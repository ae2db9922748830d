// For whom homework is, when it is to be seen, and who may have more time. Pure: the time is an argument.
import type { Obstacle } from '../rules.ts'

/** When homework is to be seen: later, or null for at once, which is also what a moment that has passed means. */
export function publicationOf(publishAt: string | undefined, now: number): number | null {
  const at = publishAt === undefined ? Number.NaN : Date.parse(publishAt)
  return at > now ? at : null
}

/** What is published before it is due stays so: what the class has seen is withdrawn, not hidden again. */
export function obstacleToPublishing(
  publishAt: number | null,
  dueAt: number,
  before?: { publishAt: number | null },
): Obstacle {
  if (publishAt === null) return null
  if (before && before.publishAt === null) return 'homework.published-already'
  return publishAt < dueAt ? null : 'homework.published-after-due'
}

/** Somebody is named, and all of them attend the class or were named before; null names nobody: it is for all. */
export function obstacleToNaming<Id>(
  wanted: readonly Id[] | undefined,
  attending: ReadonlySet<Id>,
  before: ReadonlySet<Id> = new Set(),
): Obstacle {
  if (!wanted) return null
  if (wanted.length === 0) return 'homework.nobody'
  return wanted.every((id) => attending.has(id) || before.has(id)) ? null : 'homework.pupil-unknown'
}

/**
 * Who has homework for some after a change: those who are wanted, whoever handed in or was marked, so that no work is
 * lost, and whoever was named and has left the class, to find it again on coming back.
 */
export function namedAfter<Id>(
  wanted: readonly Id[],
  of: { attending: ReadonlySet<Id>; before: ReadonlySet<Id>; working: readonly Id[] },
): Id[] {
  const left = [...of.before].filter((id) => !of.attending.has(id))
  return [...new Set([...wanted, ...of.working, ...left])]
}

/** A change is written over the version that its author has read, or not at all. */
export function obstacleToOverwriting(read: number | undefined, before: { version: number }): Obstacle {
  return read === before.version ? null : 'homework.changed-meanwhile'
}

export type Content = {
  title: string
  body: string
  /** Milliseconds since 1970. */
  dueAt: number
  handIn: boolean
  minutes: number | null
  publishAt: number | null
  forSome: boolean
  attachments: readonly string[]
  pupils: ReadonlySet<string>
}

/** Whether a change changes nothing: what stands there already clashes with nobody, and is not written again. */
export function sameContent(a: Content, b: Content): boolean {
  const { attachments, pupils, ...rest } = a
  return (
    Object.entries(rest).every(([name, value]) => b[name as keyof typeof rest] === value) &&
    attachments.join(' ') === b.attachments.join(' ') &&
    pupils.symmetricDifference(b.pupils).size === 0
  )
}

/** More time lies ahead, and after the class's date; `dueAt` null takes it back. */
export function obstacleToExtending(
  homework: { dueAt: number; withdrawn: boolean },
  dueAt: number | null,
  now: number,
): Obstacle {
  if (homework.withdrawn) return 'homework.withdrawn'
  if (dueAt === null) return null
  if (dueAt <= now) return 'homework.due-in-past'
  return dueAt > homework.dueAt ? null : 'extension.not-later'
}
