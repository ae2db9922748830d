// The addresses of the pages that are fetched by way of pages-later.ts.
export const laterPaths = [
  '/lessons/:lessonId',
  '/classes/:classId/homework/new',
  '/homework/:homeworkId/pupils/:pupilId',
  '/homework/:homeworkId/edit',
  '/classes/:classId',
  '/work',
  '/homework/:id',
  '/diary',
  '/classes/:classId/diary',
  '/password',
  '/children',
  '/children/:childId/code',
  '/pupils/:pupilId/guardians',
  '/classes/:classId/codes',
  '/classes',
  '/schools/:schoolId',
  '/accounts',
  '/schools/:schoolId/accounts',
  '/gallery',
] as const
export type LaterPath = (typeof laterPaths)[number]
