// What this device keeps of one person, so that their day is there at once: little, and gone when they sign out.
const prefix = 'preau.kept.'

/** Keeps a small value for whoever is signed in now. A full or forbidden store is no error: it is only a convenience. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value))
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

/** Erases all that was kept of the person: on signing out and on handing the device to somebody else. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {}
}
