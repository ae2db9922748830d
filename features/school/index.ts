// What other features may use of a school's own decisions: its settings, and whether it is at a distance.
export { forgetCalls } from './missing/missing-actions.ts'
export { isRemote, remotePeriods, takesPaperWork } from './remote/remote-actions.ts'
export { type Period as RemotePeriod, remoteOn, remoteTold } from './remote/remote-rules.ts'
export { routes } from './routes.ts'
export { settingsOf } from './settings/settings-actions.ts'
export type { Settings } from './settings/settings-rules.ts'
