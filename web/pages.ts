// Every page of the web and its address. Today is part of the first screen; the others come when they are asked for.
import Today from '#feature/today/web/Today.svelte'
import type { Page } from './router.svelte.ts'

export const pages: readonly Page[] = [
  { path: '/', load: () => ({ default: Today }) },
  { path: '/week/:monday?', load: () => import('#feature/today/web/Week.svelte') },
  { path: '/lessons/:lessonId', load: () => import('#feature/timetable/web/LessonPage.svelte') },
  { path: '/classes/:classId/homework/new', load: () => import('#feature/homework/web/desk/Assign.svelte') },
  {
    path: '/homework/:homeworkId/pupils/:pupilId',
    load: () => import('#feature/homework/web/desk/CopyPage.svelte'),
  },
  { path: '/homework/:homeworkId/edit', load: () => import('#feature/homework/web/desk/Assign.svelte') },
  { path: '/classes/:classId', load: () => import('#feature/homework/web/desk/Desk.svelte') },
  { path: '/work', load: () => import('#feature/homework/web/Work.svelte') },
  { path: '/homework/:id', load: () => import('#feature/homework/web/HomeworkPage.svelte') },
  { path: '/diary', load: () => import('#feature/diary/web/Diary.svelte') },
  { path: '/classes/:classId/diary', load: () => import('#feature/diary/web/Diary.svelte') },
  { path: '/sign-in', load: () => import('#feature/accounts/web/SignIn.svelte'), bare: true },
  { path: '/activate', load: () => import('#feature/accounts/web/Activate.svelte'), bare: true },
  { path: '/password', load: () => import('#feature/accounts/web/Password.svelte') },
  { path: '/children/:childId/code', load: () => import('#feature/accounts/web/CodesChild.svelte') },
  { path: '/classes/:classId/codes', load: () => import('#feature/accounts/web/Codes.svelte') },
  { path: '/classes', load: () => import('#feature/people/web/Classes.svelte') },
  { path: '/schools/:schoolId', load: () => import('#feature/people/web/Classes.svelte') },
  { path: '/accounts', load: () => import('#feature/accounts/web/Accounts.svelte') },
  { path: '/schools/:schoolId/accounts', load: () => import('#feature/accounts/web/Accounts.svelte') },
  { path: '/gallery', load: () => import('./gallery/Gallery.svelte') },
]
