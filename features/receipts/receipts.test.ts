// Receipts stand up to whoever doubts them: tampering shows, foreign keys are foreign, and openssl agrees.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FeedRecord } from '#door/formats/feed'
import { aWorkspace } from '#test/app'
import { aSchool } from '#test/world'
import type { ReceiptPayload, SignedReceipt } from './contract.ts'
import { receiptFeed, receiptKeys, verify } from './index.ts'
import { publicKey, sign } from './signature.ts'

const w = await aWorkspace()

function aKey() {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'der', type: 'pkcs8' })
}

const payload: ReceiptPayload = {
  receipt: 1,
  submission: 'a',
  homework: {
    id: 'b',
    title: 'Exposé',
    class: '3e B',
    school: 'Rosa-Parks',
    dueAt: '2026-11-25T07:00:00.000Z',
  },
  by: { account: 'c', name: 'Léa Diop' },
  submittedAt: '2026-11-24T07:00:00.000Z',
  late: false,
  text: null,
  files: [],
}

async function aReceipt() {
  const secret = aKey()
  const key = await publicKey(secret)
  return { key, keys: { keys: [key] }, signed: await sign(payload, { kid: key.kid, secret }) }
}

const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a receipt verifies, whatever stands beside its signed parts', async () => {
  const { signed, keys, key } = await aReceipt()
  expect(await verify({ ...signed, lisible: ['Théo a tout remis'] }, keys)).toEqual({
    valid: true,
    kid: key.kid,
    payload,
  })
})

test('whatever is changed in it shows', async () => {
  const { signed, keys, key } = await aReceipt()
  const other = await aReceipt()
  const header = (over: object) => coded({ alg: 'EdDSA', kid: key.kid, typ: 'preau-receipt+json', ...over })
  const table: [string, unknown, string][] = [
    ['payload', { ...signed, payload: coded({ ...payload, late: true }) }, 'wrong-signature'],
    ['signature', { ...signed, signature: other.signed.signature }, 'wrong-signature'],
    ['signature of nothing', { ...signed, signature: '' }, 'wrong-signature'],
    ['key', other.signed, 'unknown-key'],
    ['key id', { ...signed, protected: header({ kid: 'x' }) }, 'unknown-key'],
    ['no algorithm', { ...signed, protected: header({ alg: 'none' }) }, 'not-a-receipt'],
    ['symmetric algorithm', { ...signed, protected: header({ alg: 'HS256' }) }, 'not-a-receipt'],
    ['not JSON', { ...signed, protected: 'e30x' }, 'not-a-receipt'],
    ['nothing', null, 'not-a-receipt'],
    ['a word', 'recu', 'not-a-receipt'],
    ['no signature', { ...signed, signature: undefined }, 'not-a-receipt'],
  ]
  for (const [what, file, why] of table) expect(await verify(file, keys), what).toEqual({ valid: false, why })
})

test('something else that the key signed is not a receipt', async () => {
  const secret = aKey()
  const key = await publicKey(secret)
  const signed = await sign({ ...payload, receipt: 2 } as never, { kid: key.kid, secret })
  expect(await verify(signed, { keys: [key] })).toEqual({ valid: false, why: 'not-a-receipt' })
})

const folder = mkdtempSync(join(tmpdir(), 'preau-receipt-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The steps of docs/receipts.md. */
function opensslVerifies({ payload, protected: header, signature }: SignedReceipt, x: string): boolean {
  const path = (name: string) => join(folder, name)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(x, 'base64url')])
  writeFileSync(path('key.der'), der)
  writeFileSync(path('signed'), `${header}.${payload}`)
  writeFileSync(path('signature'), Buffer.from(signature, 'base64url'))
  const verified = ['pkeyutl', '-verify', '-pubin', '-inkey', path('key.der'), '-keyform', 'DER', '-rawin']
  try {
    execFileSync('openssl', [...verified, '-in', path('signed'), '-sigfile', path('signature')], {
      stdio: 'pipe',
    })
    return true
  } catch {
    return false
  }
}

const hasOpenssl = (() => {
  try {
    return /OpenSSL [3-9]/.test(execFileSync('openssl', ['version'], { encoding: 'utf8' }))
  } catch {
    return false
  }
})()

test.skipIf(!hasOpenssl)('openssl agrees', async () => {
  const { signed, key } = await aReceipt()
  expect(opensslVerifies(signed, key.x)).toBe(true)
  expect(opensslVerifies({ ...signed, payload: coded({ ...payload, late: true }) }, key.x)).toBe(false)
})

test('one key is made however many hand in first, and the doors are told', async () => {
  const s = await aSchool(w.ctx.db)
  const told: FeedRecord[] = []
  const feed = receiptFeed(w.ctx)
  feed.subscribe((record) => told.push(record))
  expect(await receiptKeys(w.ctx)).toEqual({ keys: [] })
  const draft = { title: 'Exposé', body: '', dueAt: '2026-11-25T07:00:00Z', handIn: true, attachments: [] }
  const set = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  const url = `/api/homework/${set.json().id}/submissions`
  const answers = await Promise.all(
    [s.lea, s.theo].map(async (pupil) => (await w.as(pupil)).post(url, { text: 'Voici', files: [] })),
  )
  const { keys } = await receiptKeys(w.ctx)
  expect(keys).toHaveLength(1)
  for (const answer of answers) expect((await verify(answer.json().receipt, { keys })).valid).toBe(true)
  await expect.poll(() => told).toEqual([{ type: 'receipt-keys', jwks: { keys } }])
  for await (const record of feed.snapshot()) expect(record).toEqual(told[0])
})
