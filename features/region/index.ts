// A plausible region to try Préau on, to show it with and to measure it by.
export type { Size } from './rules/plan.ts'
export { schoolYearOf } from './rules/year.ts'
export type { RegionSummary } from './summary.ts'
export { type Progress, type RegionOptions, writeRegion } from './write.ts'
