// What other features may use of documents.
export { filesUsableBy, ownCopies } from './actions.ts'
export { sweepBytes } from './bytes/bytes-actions.ts'
export { holdBytes } from './bytes/bytes-store.ts'
export { routes } from './routes.ts'
export { disposition } from './rules.ts'
export { sweepUploads } from './uploads.ts'
