// Every page of the web and its address. Today is part of the first screen; the others come when they are asked for.
import Today from '#feature/today/web/Today.svelte'
import type { Page } from './router.svelte.ts'

export const pages: readonly Page[] = [
  { path: '/', load: () => ({ default: Today }) },
  { path: '/week/:monday?', load: () => import('#feature/today/web/Week.svelte') },
  { path: '/classes/:classId', load: () => import('#feature/homework/web/desk/Desk.svelte') },
  { path: '/work', load: () => import('#feature/homework/web/Work.svelte') },
  { path: '/homework/:id', load: () => import('#feature/homework/web/HomeworkPage.svelte') },
  { path: '/diary', load: () => import('#feature/diary/web/Diary.svelte') },
  { path: '/classes/:classId/diary', load: () => import('#feature/diary/web/Diary.svelte') },
  { path: '/sign-in', load: () => import('#feature/accounts/web/SignIn.svelte'), bare: true },
  { path: '/activate', load: () => import('#feature/accounts/web/Activate.svelte'), bare: true },
  { path: '/gallery', load: () => import('./gallery/Gallery.svelte') },
]
