// What other features may use of people: the checks through which they obtain classes, pupils and schools.
export {
  type Care,
  careFor,
  childOf,
  classAttendedBy,
  classLedBy,
  classSeenBy,
  classTaughtBy,
  type Keyed,
  type Profile,
  profileOf,
  pupilsOf,
  type SeenClass,
  schoolDay,
  schoolRunBy,
  zoneOf,
} from './actions.ts'
export type { Sees } from './contract.ts'
export { type Founding, foundSchool, schoolsCalled } from './founding-actions.ts'
export { readUai, usernameFor } from './founding-rules.ts'
export { routes } from './routes.ts'
export { administratorRoles, bestRelation, guardianRoles } from './rules.ts'
export { type Who, whoOf } from './who.ts'
