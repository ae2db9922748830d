// Signs receipts and verifies them. Verifying needs nothing but the file and the published keys, so the command line,
// the benchmark and the server do it with the same lines.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, errors, FlattenedSign, flattenedVerify, importJWK } from 'jose'
import { Value } from 'typebox/value'
import { type ReceiptKey, type ReceiptKeys, ReceiptPayload, type SignedReceipt } from './contract.ts'

const type = 'preau-receipt+json'

/** Signs with an Ed25519 key in PKCS #8 (DER); the same payload and key give the same signature. */
export async function sign(
  payload: ReceiptPayload,
  key: { kid: string; secret: Uint8Array },
): Promise<SignedReceipt> {
  const {
    payload: text,
    protected: header,
    signature,
  } = await new FlattenedSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: type })
    .sign(privateKey(key.secret))
  return { payload: text, protected: header as string, signature }
}

const privateKey = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' })

/** The public half of a key, as it is published. */
export async function publicKey(secret: Uint8Array): Promise<ReceiptKey> {
  const { x = '' } = createPublicKey(privateKey(secret)).export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
}

export type Verdict =
  | { valid: true; kid: string; payload: ReceiptPayload }
  | { valid: false; why: 'not-a-receipt' | 'unknown-key' | 'wrong-signature' }

/** Whether a receipt was signed by one of the keys, and what it says. Anything but its three signed parts is ignored. */
export async function verify(file: unknown, { keys }: ReceiptKeys): Promise<Verdict> {
  const { payload, protected: header, signature } = (file ?? {}) as Partial<SignedReceipt>
  if (typeof payload !== 'string' || typeof header !== 'string' || typeof signature !== 'string') {
    return { valid: false, why: 'not-a-receipt' }
  }
  try {
    const found = await flattenedVerify(
      { payload, protected: header, signature },
      ({ kid }) => {
        const key = keys.find((k) => k.kid === kid)
        if (!key) throw new errors.JWKSNoMatchingKey()
        return importJWK({ ...key, use: undefined }, 'EdDSA')
      },
      { algorithms: ['EdDSA'] },
    )
    const said: unknown = JSON.parse(new TextDecoder().decode(found.payload))
    const kid = found.protectedHeader?.kid ?? ''
    if (found.protectedHeader?.typ !== type || !Value.Check(ReceiptPayload, said)) {
      return { valid: false, why: 'not-a-receipt' }
    }
    return { valid: true, kid, payload: said }
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return { valid: false, why: 'unknown-key' }
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return { valid: false, why: 'wrong-signature' }
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) {
      return { valid: false, why: 'not-a-receipt' }
    }
    throw error
  }
}
