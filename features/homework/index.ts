// What other features may use of homework.
export { listWork, type WorkRow } from './overview/due-store.ts'
export { listTeaching } from './overview/teaching-store.ts'
export { routes } from './routes.ts'
export { withoutMark } from './rules.ts'
export { publishDue } from './setting/setting-actions.ts'
export { findHomework, isShared, listDue, listSetOn } from './store.ts'
export { listWorkStates, type PupilStanding } from './work-store.ts'
