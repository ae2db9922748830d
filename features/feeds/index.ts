// What the composition root may use of feeds.
export { routes } from './routes.ts'
export { type FeedShelf, openFeedShelf } from './shelf.ts'
