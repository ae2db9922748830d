// What other features may use of receipts.
export { giveReceipt, receiptFeed, receiptFile, receiptKeys, receiptReadBy } from './actions.ts'
export type { ReceiptFile, ReceiptKeys, ReceiptPayload, SignedReceipt } from './contract.ts'
export { routes } from './routes.ts'
export { type Verdict, verify } from './signature.ts'
