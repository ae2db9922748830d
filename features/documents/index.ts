// What other features may use of documents.
export { fileReadBy, filesUsableBy, fileTypes, ownCopies, ownFile } from './actions.ts'
export { sweepBytes } from './bytes/bytes-actions.ts'
export { holdBytes } from './bytes/bytes-store.ts'
export { rightInSpace, rightsOn } from './nodes/rights-actions.ts'
export type { Right, SpaceOwner } from './nodes/rights-store.ts'
export { routes } from './routes.ts'
export { disposition, fileIdInUpload, fileName } from './rules.ts'
export { forgetUpload, sweepUploads, uploadAt } from './uploads.ts'
