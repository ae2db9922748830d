// What other features may use of homework.
export { listTeaching } from './marking/teaching-store.ts'
export { routes } from './routes.ts'
export { listWorkStates, type PupilWorkState } from './work-store.ts'
