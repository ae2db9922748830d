// Makes receipts, and publishes the keys with which anybody can verify them.
import { createHash, generateKeyPairSync } from 'node:crypto'
import type { FeedSource } from '#door/formats/feed'
import { schoolDay, type Who } from '#features/people'
import { announce } from '#platform/bus'
import type { Ctx, Db } from '#platform/ctx'
import type { SubmissionId } from '#platform/ids'
import { absent } from '#platform/refusal'
import type { ReceiptFile, ReceiptKeys, ReceiptPayload, SignedReceipt } from './contract.ts'
import { readableReceipt, receiptFileName } from './rules.ts'
import { publicKey, sign } from './signature.ts'
import * as store from './store.ts'

const topic = 'receipt keys'

/**
 * Certifies a hand-in and keeps the receipt, in the transaction that writes the hand-in: what is signed is what the
 * database holds. The first receipt of all makes the key.
 */
export async function giveReceipt(db: Db, id: SubmissionId, now: number): Promise<SignedReceipt> {
  const facts = await store.findFacts(db, id)
  if (!facts) throw new Error('a receipt for a hand-in that is not there')
  const key = (await store.findSigningKey(db)) ?? (await makeKey(db, now))
  const signed = await sign(payloadOf(id, facts), key)
  await store.insertReceipt(db, id, signed)
  return signed
}

function payloadOf(id: SubmissionId, f: store.Facts): ReceiptPayload {
  const text = Buffer.from(f.text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return {
    receipt: 1,
    submission: id,
    homework: {
      id: f.homeworkId,
      title: f.title,
      class: f.class,
      school: f.school,
      dueAt: f.dueAt.toISOString(),
    },
    by: { account: f.account, name: f.name },
    submittedAt: f.submittedAt.toISOString(),
    late: f.late,
    text: text.length > 0 ? { bytes: text.length, sha256 } : null,
    files: f.files,
  }
}

/** A receipt, for whoever may see the hand-in: its pupil, guardians, the class's teachers. @throws `absent` */
export async function receiptReadBy(ctx: Ctx, who: Who, id: SubmissionId): Promise<SignedReceipt> {
  const signed = await store.findReceipt(ctx.db, id, who.account, schoolDay(ctx))
  if (!signed) throw absent()
  return signed
}

async function makeKey(db: Db, now: number): Promise<store.KeyRow> {
  await store.lockKeys(db)
  const made = await store.findSigningKey(db)
  if (made) return made
  const { privateKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  const key = { kid: (await publicKey(secret)).kid, secret }
  await store.insertKey(db, key, now)
  await announce(db, topic)
  return key
}

/** The public keys of all receipts ever signed, as a JSON Web Key Set (RFC 7517). */
export async function receiptKeys(ctx: Pick<Ctx, 'db'>): Promise<ReceiptKeys> {
  const rows = await store.listKeys(ctx.db)
  return { keys: await Promise.all(rows.map((row) => publicKey(row.secret))) }
}

/** What a door is told of the keys, so that it can publish them. */
export function receiptFeed(ctx: Pick<Ctx, 'db' | 'bus' | 'log'>): FeedSource {
  const listeners = new Set<Parameters<FeedSource['subscribe']>[0]>()
  const record = async () => ({ type: 'receipt-keys' as const, jwks: await receiptKeys(ctx) })
  const tell = () => {
    record().then(
      (news) => {
        for (const listener of listeners) listener(news)
      },
      (error) => ctx.log.warn({ err: error }, 'the keys of receipts could not be read'),
    )
  }
  ctx.bus.on(topic, tell)
  ctx.bus.onGap(tell)
  return {
    snapshot: async function* () {
      yield await record()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The file to download: the receipt with its readable copy, and its name. */
export function receiptFile(signed: SignedReceipt): { name: string; file: ReceiptFile } {
  const payload = JSON.parse(Buffer.from(signed.payload, 'base64url').toString()) as ReceiptPayload
  const { payload: text, protected: header, signature } = signed
  const file = { lisible: readableReceipt(payload), payload: text, protected: header, signature }
  return { name: receiptFileName(payload), file }
}
