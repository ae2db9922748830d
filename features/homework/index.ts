// What other features may use of homework.
export { routes } from './routes.ts'
export { listWorkStates, type PupilWorkState } from './work-store.ts'
