// Every page of the web and its address. Today is part of the first screen; the others come when they are asked for,
// and where most of them are to be fetched stands in a file of its own, so that the first screen does not pay for it.
import Today from '#feature/today/web/Today.svelte'
import { whenIdle } from './later.svelte.ts'
import { laterPaths } from './later-paths.ts'
import type { Page } from './router.svelte.ts'

const fetchLater = () => import('./pages-later.ts')
whenIdle(() => void fetchLater().catch(() => undefined))

export const pages: readonly Page[] = [
  { path: '/', load: () => ({ default: Today }) },
  { path: '/week/:monday?', load: () => import('#feature/today/web/Week.svelte') },
  { path: '/sign-in', load: () => import('#feature/accounts/web/SignIn.svelte'), bare: true },
  { path: '/activate', load: () => import('#feature/accounts/web/Activate.svelte'), bare: true },
  ...laterPaths.map((path) => ({ path, load: async () => (await fetchLater()).loads[path]() })),
]
