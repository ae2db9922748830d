// A receipt as it is signed, kept and downloaded: proof of who handed in what and when, which anybody can verify
// without us. See docs/receipts.md.
import { type Static, Type } from 'typebox'

const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** What is signed. Instants are ISO 8601 in UTC, digests SHA-256 in hexadecimal. */
export const ReceiptPayload = Type.Object({
  /** Version of this form. */
  receipt: Type.Literal(1),
  /** Names this hand-in. */
  submission: Type.String(),
  homework: Type.Object({
    id: Type.String(),
    title: Type.String(),
    class: Type.String(),
    school: Type.String(),
    dueAt: Type.String(),
  }),
  by: Type.Object({ account: Type.String(), name: Type.String() }),
  submittedAt: Type.String(),
  late: Type.Boolean(),
  /** Of the text as kept (UTF-8); null when there was none. */
  text: Type.Union([Type.Object({ bytes: Type.Integer(), sha256: Digest }), Type.Null()]),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer(), sha256: Digest })),
})
export type ReceiptPayload = Static<typeof ReceiptPayload>

/** A flattened JWS (RFC 7515 §7.2.2), EdDSA with Ed25519 (RFC 8037). */
export const SignedReceipt = Type.Object({
  payload: Type.String(),
  protected: Type.String(),
  signature: Type.String(),
})
export type SignedReceipt = Static<typeof SignedReceipt>

/** The downloaded file: the signed receipt, and the same in words for a person. The words are not what is signed. */
export const ReceiptFile = Type.Intersect([
  Type.Object({ lisible: Type.Array(Type.String()) }),
  SignedReceipt,
])
export type ReceiptFile = Static<typeof ReceiptFile>

/** A public key (RFC 8037 §2). */
export const ReceiptKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String(),
  kid: Type.String(),
  alg: Type.Literal('EdDSA'),
  use: Type.Literal('sig'),
})
export type ReceiptKey = Static<typeof ReceiptKey>
export const ReceiptKeys = Type.Object({ keys: Type.Array(ReceiptKey) })
export type ReceiptKeys = Static<typeof ReceiptKeys>
