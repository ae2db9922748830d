// The maker of upright views keeps making them, whatever happened to the photo before.
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { openPhotos } from './photos.ts'

const photoOf = (sender: string, sha256: string, bytes: () => Readable, kind: 'jpeg' | 'heic' = 'jpeg') => ({
  kind,
  sha256,
  sender,
  bytes,
})

test('a photo that cannot be read costs its own view and no other', async () => {
  const photos = openPhotos()
  const noFile = () => {
    throw new Error('no more files may be opened')
  }
  const lost = photos.upright(photoOf('Léa', 'a', noFile, 'heic'))
  const heic = await readFile('test/samples/lying.heic')
  const next = photos.upright(photoOf('Théo', 'b', () => Readable.from([heic]), 'heic'))
  expect(await lost).toBeNull()
  expect((await next)?.subarray(0, 2).toString('hex')).toBe('ffd8')
})

test('whoever sends many photos at once waits for them alone', async () => {
  const photos = openPhotos()
  const order: string[] = []
  const send = (sender: string, name: string) =>
    photos.upright(
      photoOf(sender, name, () => {
        order.push(name)
        throw new Error('read and forgotten')
      }),
    )
  const many = Array.from({ length: 30 }, (_, i) => send('Léa', `lea ${i}`))
  await Promise.all([...many, send('Théo', 'theo')])
  expect(order.indexOf('theo')).toBe(2)
  // The one in work and twenty that wait; the rest stays without a view.
  expect(order.length).toBe(22)
})

test('the same photo is made once, and one that is damaged is not tried again', async () => {
  const photos = openPhotos()
  let tries = 0
  const damaged = () => {
    tries++
    return Readable.from([Buffer.from('ffd8ffe1', 'hex')])
  }
  const send = () => photos.upright(photoOf('Léa', 'a', damaged))
  expect(await Promise.all([send(), send()])).toEqual([null, null])
  expect(await send()).toBeNull()
  expect(tries).toBe(1)
})
