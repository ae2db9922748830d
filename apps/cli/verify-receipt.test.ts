// The verb as a doubter runs it: a genuine receipt, a changed one, foreign keys, the right and the wrong file.
import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicKey, sign } from '#feature/receipts/signature.ts'
import type { ReceiptPayload } from '#features/receipts'

let folder: string
const at = (name: string) => join(folder, name)
const sha256 = createHash('sha256').update('mon exposé').digest('hex')
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
  files: [{ name: 'exposé.txt', bytes: 11, sha256 }],
}

async function aKey() {
  const { privateKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  return { secret, key: await publicKey(secret) }
}

let keys: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preau-verify-'))
  const { secret, key } = await aKey()
  const signed = await sign(payload, { kid: key.kid, secret })
  const changed = Buffer.from(JSON.stringify({ ...payload, late: true })).toString('base64url')
  keys = JSON.stringify({ keys: [key] })
  await writeFile(at('recu.json'), JSON.stringify({ lisible: ['…'], ...signed }))
  await writeFile(at('changed.json'), JSON.stringify({ ...signed, payload: changed }))
  await writeFile(at('keys.json'), keys)
  await writeFile(at('foreign.json'), JSON.stringify({ keys: [(await aKey()).key] }))
  await writeFile(at('copy.txt'), 'mon exposé')
  await writeFile(at('other.txt'), 'un autre')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function preau(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, ['apps/cli/main.ts', 'verify-receipt', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, err }
}

test('a genuine receipt with the file that was handed in', async () => {
  const { code, out } = await preau(at('recu.json'), '--keys', at('keys.json'), '--file', at('copy.txt'))
  expect(code).toBe(0)
  expect(out).toContain('genuine')
  expect(out).toContain('Léa Diop, account c')
  expect(out).toContain('2026-11-24T07:00:00.000Z, on time')
  expect(out).toContain('is what was handed in: exposé.txt')
})

test('another file is told apart', async () => {
  const files = ['--file', at('copy.txt'), at('other.txt')]
  const { code, out } = await preau(at('recu.json'), '--json', '--keys', at('keys.json'), ...files)
  const result = JSON.parse(out)
  expect(code).toBe(1)
  expect(result).toMatchObject({ valid: false, payload: { submission: 'a' } })
  expect(result.copies.map((c: { is: string | null }) => c.is)).toEqual(['exposé.txt', null])
})

test('a changed receipt and a foreign key are not believed', async () => {
  const changed = await preau(at('changed.json'), '--json', '--keys', at('keys.json'))
  expect([changed.code, JSON.parse(changed.out)]).toEqual([1, { valid: false, why: 'wrong-signature' }])
  const foreign = await preau(at('recu.json'), '--keys', at('foreign.json'))
  expect([foreign.code, foreign.out]).toEqual([1, expect.stringContaining('NOT genuine')])
})

test('keys come from the address of a Préau too', async () => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/.well-known/preau-receipts.json' ? 200 : 404
    response.end(keys)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect((await preau(at('recu.json'), '--url', url)).code).toBe(0)
  server.close()
})

test('what is missing is said in a sentence', async () => {
  const noKeys = await preau(at('recu.json'))
  expect([noKeys.code, noKeys.err]).toEqual([1, expect.stringMatching(/^Say where the keys are.*\n$/)])
  const noFile = await preau(at('none.json'), '--keys', at('keys.json'))
  expect([noFile.code, noFile.err]).toEqual([1, expect.stringMatching(/cannot be read \(ENOENT\)\.\n$/)])
})
