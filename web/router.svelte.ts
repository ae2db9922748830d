// Addresses and pages, in a few lines: history, links, scroll and focus. Pages come by dynamic import.
import { type Component, tick } from 'svelte'

export type Params = Record<string, string>
export type PageModule = { default: Component<any> }
export type Page = {
  /** Such as "/week/:monday?". */
  path: string
  load: () => Promise<PageModule> | PageModule
  /** Shown without shell: sign-in, printing. */
  bare?: boolean
}
export type Route = { page: Page | null; params: Params; url: URL }

let pages: readonly Page[] = []
let current = $state.raw<Route>({ page: null, params: {}, url: new URL(location.href) })
let focusNext = false

function matcher(path: string): RegExp {
  const source = path.replace(/\/:(\w+)(\?)?/g, (_, name, optional) =>
    optional ? `(?:/(?<${name}>[^/]+))?` : `/(?<${name}>[^/]+)`,
  )
  return new RegExp(`^${source || '/'}/?$`)
}

function find(url: URL): Route {
  for (const page of pages) {
    const match = matcher(page.path).exec(url.pathname)
    if (match) {
      const entries = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined)
      return { page, params: Object.fromEntries(entries.map(([k, v]) => [k, decodeURIComponent(v)])), url }
    }
  }
  return { page: null, params: {}, url }
}

/** Where we are. */
export function route(): Route {
  return current
}

/** Whether an address leads to a page of this build. */
export function leadsSomewhere(path: string): boolean {
  return find(new URL(path, location.href)).page !== null
}

/** Goes to an address of ours; `replace` leaves no trace in the history. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  const url = new URL(to, location.href)
  if (options.replace) history.replaceState({}, '', url)
  else {
    history.replaceState({ ...history.state, scroll: scrollY }, '')
    history.pushState({}, '', url)
  }
  focusNext = url.pathname !== current.url.pathname
  current = find(url)
}

/** Called by the shell once a page is on the screen: focus goes to its title, scroll to where it was. */
export async function arrived(): Promise<void> {
  await tick()
  scrollTo(0, history.state?.scroll ?? 0)
  if (!focusNext) return
  focusNext = false
  const title = document.querySelector<HTMLElement>('main h1')
  if (!title) return
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}

function ours(event: MouseEvent): HTMLAnchorElement | null {
  if (
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return null
  const link = (event.target as Element | null)?.closest?.('a')
  if (!link?.href || link.target || link.hasAttribute('download') || link.origin !== location.origin)
    return null
  return leadsSomewhere(link.href) ? link : null
}

/** Starts to listen; `list` is searched in order. */
export function startRouter(list: readonly Page[]): void {
  pages = list
  history.scrollRestoration = 'manual'
  current = find(new URL(location.href))
  addEventListener('popstate', () => {
    focusNext = true
    current = find(new URL(location.href))
  })
  document.addEventListener('click', (event) => {
    const link = ours(event)
    if (!link || (link.hash && link.pathname === location.pathname)) return
    event.preventDefault()
    go(link.href)
  })
}
