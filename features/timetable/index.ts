// What other features, the command line and the demo may use of the timetable.
export { isOnStaff } from './absences/cover-actions.ts'
export {
  classesSharing,
  groupsOf,
  lessonStanding,
  lessonsOf,
  lessonTaughtBy,
  shownOf,
  type TakingPlace,
} from './actions.ts'
export { type CalendarReport, importCalendar, schoolInCalendar } from './calendar/actions.ts'
export { calendarText } from './calendar/report-rules.ts'
export { routes } from './routes.ts'
export { lessonId, nextDayWithLessons, takesPlace, teacherOf } from './rules.ts'
export type { Group } from './store.ts'
