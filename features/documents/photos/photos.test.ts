// The maker of upright views keeps making them, whatever happened to the photo before.
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { openPhotos } from './photos.ts'

test('a photo that cannot be read costs its own view and no other', async () => {
  const photos = openPhotos()
  const lost = photos.upright('heic', () => {
    throw new Error('no more files may be opened')
  })
  const heic = await readFile('test/samples/lying.heic')
  const next = photos.upright('heic', () => Readable.from([heic]))
  expect(await lost).toBeNull()
  expect((await next)?.subarray(0, 2).toString('hex')).toBe('ffd8')
})
