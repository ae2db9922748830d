// What other features may use of the diary.
export { routes } from './routes.ts'
export { isAhead } from './rules.ts'
export { type EntryRow, listEntries } from './store.ts'
