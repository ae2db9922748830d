// Light, dark, or as the device says.
export type Theme = 'auto' | 'light' | 'dark'
const key = 'preau.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

function stored(): Theme {
  try {
    const value = localStorage.getItem(key)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}

let current = $state<Theme>(stored())

function apply(): void {
  const shown = current === 'auto' ? (dark.matches ? 'dark' : 'light') : current
  document.documentElement.dataset.theme = shown
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = shown === 'dark' ? '#121617' : '#faf9f6'
  }
}

export function theme(): Theme {
  return current
}

/** Shows another theme and remembers it on this device. */
export function useTheme(next: Theme): void {
  current = next
  try {
    localStorage.setItem(key, next)
  } catch {}
  apply()
}

apply()
dark.addEventListener('change', apply)
