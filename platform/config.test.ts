// Settings: defaults that are safe on a laptop, and a sentence for each mistake.
import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting, Préau keeps to this machine', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, tls: undefined, databaseUrl: undefined })
  expect(isAbsolute(config.data)).toBe(true)
})

const s3 = { PREAU_S3_BUCKET: 'b', PREAU_S3_KEY: 'k', PREAU_S3_SECRET: 's' }

test.each([
  [{ PREAU_PORT: '80a' }, /PREAU_PORT is "80a"/],
  [{ PREAU_PORT: '70000' }, /from 0 to 65535/],
  [{ DATABASE_URL: 'mysql://u:secret@h/d' }, /must look like postgres/],
  [{ PREAU_TLS_CERT: 'cert.pem' }, /go together/],
  [{ PREAU_NOW_OFFSET_MS: 'tomorrow' }, /milliseconds/],
  [{ PREAU_LOG: 'loud' }, /one of silent/],
  [{ PREAU_S3_KEY: 'k' }, /PREAU_S3_KEY is set, but no PREAU_S3_BUCKET/],
  [{ PREAU_S3_BUCKET: 'b', PREAU_S3_KEY: 'k' }, /needs PREAU_S3_KEY and PREAU_S3_SECRET/],
  [{ ...s3, PREAU_S3_ENDPOINT: 's3.example' }, /must look like https/],
  [{ ...s3, PREAU_S3_PATH_STYLE: 'maybe' }, /one of yes, no/],
  [{ PREAU_CLAMD: 'clamd.ctl' }, /must be the path of clamd's socket/],
  [{ PREAU_CLAMD: 'tcp://host' }, /tcp:\/\/host:3310/],
])('%o is refused', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence)
})

test('a mistaken address does not show its password', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://u:secret@h/d' })).not.toThrow(/secret/)
})

test('an object storage and a scanner are read', () => {
  expect(readConfig({})).toMatchObject({ s3: undefined, clamd: undefined })
  expect(readConfig({ ...s3, PREAU_S3_ENDPOINT: 'http://localhost:9000' }).s3).toEqual({
    endpoint: 'http://localhost:9000',
    region: 'us-east-1',
    bucket: 'b',
    key: 'k',
    secret: 's',
    pathStyle: true,
  })
  expect(readConfig({ PREAU_CLAMD: '/run/clamav/clamd.ctl' }).clamd).toEqual({
    path: '/run/clamav/clamd.ctl',
  })
  expect(readConfig({ PREAU_CLAMD: 'tcp://[::1]:3310' }).clamd).toEqual({ host: '::1', port: 3310 })
})
