// What the rest of the house uses of spaces.
export { routes } from './routes.ts'
export { sweepTrash } from './trash/trash-actions.ts'
