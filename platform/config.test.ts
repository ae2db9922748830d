// Settings: defaults that are safe on a laptop, and a sentence for each mistake.
import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting, Préau keeps to this machine', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, tls: undefined, databaseUrl: undefined })
  expect(isAbsolute(config.data)).toBe(true)
})

test.each([
  [{ PREAU_PORT: '80a' }, /PREAU_PORT is "80a"/],
  [{ PREAU_PORT: '70000' }, /from 0 to 65535/],
  [{ DATABASE_URL: 'mysql://u:secret@h/d' }, /must look like postgres/],
  [{ PREAU_TLS_CERT: 'cert.pem' }, /go together/],
  [{ PREAU_NOW_OFFSET_MS: 'tomorrow' }, /milliseconds/],
  [{ PREAU_LOG: 'loud' }, /one of silent/],
])('%o is refused', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence)
})

test('a mistaken address does not show its password', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://u:secret@h/d' })).not.toThrow(/secret/)
})
