// What this device keeps of one person, so that their day is there at once: little, and gone when they sign out.
const prefix = 'preau.kept.'
/** The device's store for what is too large for here (an IndexedDB): erased with the rest. */
export const bulkStore = 'preau.kept'
const forgetting = new Set<() => void>()

/** Keeps a small value for whoever is signed in now; null drops it. A full or forbidden store is no error: it is only a convenience. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {}
}

/** What was kept, if anything. */
export function kept<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null') as T | null
  } catch {
    return null
  }
}

/** Does something more when everything is erased: ends what is under way, empties what a module holds in memory. */
export function whenForgotten(run: () => void): void {
  forgetting.add(run)
}

/** Erases all that was kept of the person: on signing out and on handing the device to somebody else. */
export function forgetAll(): void {
  for (const run of forgetting) run()
  try {
    indexedDB.deleteDatabase(bulkStore)
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {}
}
