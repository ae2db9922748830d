// Parts of the screen that come after the first one: fetched when they are needed, or when nothing else is going on, so
// that they are there when the line is not.
import type { Component } from 'svelte'

const waiting = new Set<() => void>()

/** A part that is fetched once somebody reads `part`; until it has come, and where it cannot, `part` is undefined. */
export function later<Props extends Record<string, any>>(load: () => Promise<{ default: Component<Props> }>) {
  let part = $state.raw<Component<Props>>()
  let asked = false
  const want = () => {
    if (asked) return
    asked = true
    waiting.delete(want)
    load().then(
      (module) => {
        part = module.default
      },
      () => {
        asked = false
      },
    )
  }
  waiting.add(want)
  return {
    get part() {
      want()
      return part
    },
  }
}

/** Fetches something once nothing else is going on. */
export function whenIdle(want: () => void): void {
  waiting.add(want)
}

/** Fetches what is still missing, now that the first screen is there. Not for those who save data. */
export function fetchTheRest(): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  const rest = () => {
    for (const want of waiting) want()
  }
  if ('requestIdleCallback' in window) requestIdleCallback(rest, { timeout: 10_000 })
  else setTimeout(rest, 3_000)
}
