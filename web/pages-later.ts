// Where the pages beyond the first ones are fetched: one entry for each address that later-paths.ts lists.
import type { LaterPath } from './later-paths.ts'
import type { PageModule } from './router.svelte.ts'

const assign = () => import('#feature/homework/web/desk/Assign.svelte')
const diary = () => import('#feature/diary/web/Diary.svelte')
const classes = () => import('#feature/people/web/Classes.svelte')
const school = () => import('#feature/school/web/School.svelte')
const missing = () => import('#feature/school/web/Missing.svelte')
const history = () => import('#feature/homework/web/history/History.svelte')
const accounts = () => import('#feature/accounts/web/Accounts.svelte')

export const loads: Record<LaterPath, () => Promise<PageModule>> = {
  '/lessons/:lessonId': () => import('#feature/timetable/web/LessonPage.svelte'),
  '/classes/:classId/homework/new': assign,
  '/homework/:homeworkId/pupils/:pupilId': () => import('#feature/homework/web/desk/CopyPage.svelte'),
  '/homework/:homeworkId/edit': assign,
  '/homework/:homeworkId/marking': () => import('#feature/homework/web/desk/marking/Setup.svelte'),
  '/classes/:classId': () => import('#feature/homework/web/desk/Desk.svelte'),
  '/history': history,
  '/classes/:classId/pupils/:pupilId/history': history,
  '/schools/:schoolId/scales': () => import('#feature/homework/web/scales/Scales.svelte'),
  '/work': () => import('#feature/homework/web/Work.svelte'),
  '/homework/:id': () => import('#feature/homework/web/HomeworkPage.svelte'),
  '/diary/search': () => import('#feature/diary/web/search/Search.svelte'),
  '/documents': () => import('#feature/spaces/web/Home.svelte'),
  '/documents/:place': () => import('#feature/spaces/web/Folder.svelte'),
  '/documents/:place/trash': () => import('#feature/spaces/web/Trash.svelte'),
  '/diary': diary,
  '/classes/:classId/diary/print': () => import('#feature/diary/web/Print.svelte'),
  '/classes/:classId/diary/copy': () => import('#feature/diary/web/CarryOver.svelte'),
  '/classes/:classId/diary': diary,
  '/absences': () => import('#feature/timetable/web/absences/Absences.svelte'),
  '/password': () => import('#feature/accounts/web/Password.svelte'),
  '/children': () => import('#feature/guardians/web/Children.svelte'),
  '/children/:childId/code': () => import('#feature/accounts/web/CodesChild.svelte'),
  '/pupils/:pupilId/guardians': () => import('#feature/guardians/web/Guardians.svelte'),
  '/classes/:classId/codes': () => import('#feature/accounts/web/Codes.svelte'),
  '/classes': classes,
  '/school': school,
  '/schools/:schoolId': school,
  '/schools/:schoolId/classes': classes,
  '/schools/:schoolId/missing': missing,
  '/classes/:classId/missing': missing,
  '/schools/:schoolId/remote': () => import('#feature/school/web/Remote.svelte'),
  '/feeds': () => import('#feature/feeds/web/Feeds.svelte'),
  '/schools/:schoolId/import': () => import('#feature/school/web/import/Import.svelte'),
  '/schools/:schoolId/codes': () => import('#feature/accounts/web/school/SchoolCodes.svelte'),
  '/schools/:schoolId/settings': () => import('#feature/school/web/Settings.svelte'),
  '/accounts': accounts,
  '/schools/:schoolId/accounts': accounts,
  '/schools/:schoolId/storage': () => import('#feature/documents/web/storage/Storage.svelte'),
  '/gallery': () => import('./gallery/Gallery.svelte'),
}
