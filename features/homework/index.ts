// What other features may use of homework: promises, never its rows.
export type { WorkRow } from './overview/due-store.ts'
export {
  sharedDue,
  sharedHomework,
  sharedSetOn,
  teachingOf,
  workOnSheets,
  workStatesOf,
} from './overview/overview-actions.ts'
export { routes } from './routes.ts'
export { withoutMark } from './rules.ts'
export { publishDue } from './setting/setting-actions.ts'
