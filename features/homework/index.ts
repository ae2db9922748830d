// What other features may use of homework.
export { listWork, type WorkRow } from './overview/due-store.ts'
export { listTeaching } from './overview/teaching-store.ts'
export { routes } from './routes.ts'
export { findHomework, listDue } from './store.ts'
export { listWorkStates, type PupilWorkState } from './work-store.ts'
