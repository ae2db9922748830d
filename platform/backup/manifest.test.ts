// A manifest is read as it was written, or not at all.
import { expect, test } from 'vitest'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'

const manifest: Manifest = {
  format: 1,
  at: '2026-11-24T02:00:00.000Z',
  program: '0.1.0',
  postgres: '18.4',
  migrations: ['0001-people'],
  tables: [{ name: 'person', columns: ['id'], rows: 2, bytes: 74, sha256: 'ab' }],
  sequences: [{ name: 'event_id_seq', value: '7', called: true }],
  files: { count: 0, bytes: 0, list: { bytes: 0, sha256: 'cd' }, missing: [] },
  secrets: [],
  settings: { PREAU_HOST: '0.0.0.0' },
}
const written = writeManifest(manifest)

test('what was written is read', () => {
  expect(readManifest(written, 'm')).toEqual(manifest)
})

test.each([
  ['another number of rows', written.replace('"rows": 2', '"rows": 3')],
  ['another setting', written.replace('0.0.0.0', '1.1.1.1')],
  ['half of it', written.slice(0, 200)],
  ['nothing', ''],
  ['something else', '{"format":1}'],
])('%s is damage', (_what, text) => {
  expect(() => readManifest(text, 'm')).toThrow('m is damaged')
})

test('a newer form says so, whatever else is in it', () => {
  expect(() => readManifest(written.replace('"format": 1', '"format": 2'), 'm')).toThrow(
    'm was written by a newer Préau (form 2)',
  )
})
