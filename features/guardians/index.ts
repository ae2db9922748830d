// What other features may use of guardians.
export { routes } from './routes.ts'
