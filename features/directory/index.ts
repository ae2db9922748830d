// What other parts may use of the directory: the import, its report, and the words for both.
export { type ImportOptions, importDirectory } from './actions.ts'
export { type ImportReport, problemEffects } from './contract.ts'
export { disablingSentence, type Language, refusalSentence, reportText, stepName } from './sentences.ts'
