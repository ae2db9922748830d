// What other parts may use of the directory: the import, its report, and the words for it.
export { type ImportOptions, importDirectory } from './actions.ts'
export type { ImportReport } from './contract.ts'
