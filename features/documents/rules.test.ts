// Tables for what bytes are, how they are served and which part of them a request means.
import { expect, test } from 'vitest'
import {
  disposition,
  fileIdInUpload,
  fileName,
  isForHandIn,
  needsUprightView,
  obstacleToReading,
  orientationOf,
  rangeOf,
  servedAs,
  typeByContent,
  uploadId,
} from './rules.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['un texte', undefined, 'text/plain'],
  ['  \n<!doctype html><script>alert(1)</script>', undefined, 'text/html'],
  ['<h1>x</h1>', undefined, 'text/html'],
  ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', undefined, 'image/svg+xml'],
  ['<?xml version="1.0"?><svg onload="x"/>', 'application/xml', 'image/svg+xml'],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'application/xml', 'text/html'],
  ['<?xml version="1.0"?><a/>', 'application/xml', 'application/xml'],
  ['\ufeff<html>', undefined, 'text/html'],
  ['a\u0000b', undefined, 'application/octet-stream'],
  ['whatever', 'image/png', 'image/png'],
  ['whatever', 'audio/x-m4a', 'audio/mp4'],
  ['whatever', 'video/webm; codecs="vp9"', 'video/webm'],
  ['… A_OPUS …', 'video/webm', 'audio/webm'],
  ['… V_VP9 … A_OPUS …', 'video/webm', 'video/webm'],
  ['… hdlr........soun …', 'video/mp4', 'audio/mp4'],
  ['… hdlr........vide … hdlr........soun …', 'video/mp4', 'video/mp4'],
])('%j, found %s, is %s', (head, found, type) => {
  expect(typeByContent(bytes(head), found)).toBe(type)
})

test('text that is cut in the middle of a character is text; Latin-1 is not', () => {
  expect(typeByContent(bytes('été').subarray(0, 4), undefined)).toBe('text/plain')
  expect(typeByContent(Uint8Array.from([0xe9, 0x74, 0xe9]), undefined)).toBe('application/octet-stream')
})

test.each([
  ['image/png', 'image/png', true],
  ['application/pdf', 'application/pdf', true],
  ['text/plain', 'text/plain; charset=utf-8', true],
  ['text/html', 'application/octet-stream', false],
  ['image/svg+xml', 'application/octet-stream', false],
  ['application/xml', 'application/octet-stream', false],
  ['application/javascript', 'application/octet-stream', false],
  ['image/heic', 'application/octet-stream', false],
  ['application/vnd.oasis.opendocument.text', 'application/octet-stream', false],
])('%s is served as %s, inline: %s', (type, as, inline) => {
  expect(servedAs(type)).toEqual({ type: as, inline })
})

test.each([
  [undefined, 10, 'whole'],
  ['bytes=0-3', 10, { start: 0, end: 3 }],
  ['bytes=4-', 10, { start: 4, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-30', 10, { start: 0, end: 9 }],
  ['bytes=9-99', 10, { start: 9, end: 9 }],
  ['bytes=10-', 10, 'none'],
  ['bytes=-0', 10, 'none'],
  ['bytes=5-4', 10, 'whole'],
  ['bytes=-', 10, 'whole'],
  ['bytes=0-1,4-5', 10, 'whole'],
  ['lines=0-1', 10, 'whole'],
])('range %s of %i bytes', (header, size, range) => {
  expect(rangeOf(header, size)).toEqual(range)
})

test.each([
  ['devoir.pdf', 'devoir.pdf'],
  ['C:\\Users\\Léa\\devoir.pdf', 'devoir.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['a\u0000b\r\n.txt', 'ab.txt'],
  ['facture\u202efdp.exe', 'facturefdp.exe'],
  ['', 'document'],
  [null, 'document'],
  ['..', 'document'],
  ['e\u0301t\u00e9.txt', 'été.txt'],
])('the name %j is kept as %j', (given, kept) => {
  expect(fileName(given)).toBe(kept)
})

test('a very long name keeps its extension', () => {
  const name = fileName(`${'é'.repeat(400)}.odt`)
  expect(name.endsWith('.odt')).toBe(true)
  expect(Array.from(name).length).toBeLessThan(200)
})

test('a download carries its name in both forms', () => {
  expect(disposition(false, 'Exposé "n° 2".pdf')).toBe(
    `attachment; filename="Expose _n 2_.pdf"; filename*=UTF-8''Expos%C3%A9%20%22n%C2%B0%202%22.pdf`,
  )
})

/** A JPEG's beginning with an Exif block that gives an orientation. */
function jpeg(orientation: number, little = true): Uint8Array {
  const b = Buffer.alloc(60)
  b.writeUInt16BE(0xffd8, 0)
  b.writeUInt16BE(0xffe1, 2)
  b.writeUInt16BE(40, 4)
  b.write('Exif\0\0', 6, 'latin1')
  const u16 = (v: number, at: number) => (little ? b.writeUInt16LE(v, at) : b.writeUInt16BE(v, at))
  const u32 = (v: number, at: number) => (little ? b.writeUInt32LE(v, at) : b.writeUInt32BE(v, at))
  b.write(little ? 'II' : 'MM', 12, 'latin1')
  u16(42, 14)
  u32(8, 16)
  u16(1, 20)
  u16(0x0112, 22)
  u16(3, 24)
  u32(1, 26)
  u16(orientation, 30)
  return b
}

test.each([1, 3, 6, 8])('orientation %i is read in both byte orders', (orientation) => {
  expect(orientationOf(jpeg(orientation))).toBe(orientation)
  expect(orientationOf(jpeg(orientation, false))).toBe(orientation)
})

test('a damaged or cut photo counts as upright', () => {
  expect(orientationOf(jpeg(9))).toBe(1)
  for (let cut = 0; cut < 32; cut++) expect(orientationOf(jpeg(6).subarray(0, cut))).toBe(1)
})

test('only photos that would lie on their side need a view', () => {
  expect(needsUprightView('image/jpeg', jpeg(1))).toBeNull()
  expect(needsUprightView('image/jpeg', jpeg(6))).toBe('jpeg')
  expect(needsUprightView('image/heic', new Uint8Array())).toBe('heic')
  expect(needsUprightView('image/png', jpeg(6))).toBeNull()
})

test("an upload's id tells whose it is", () => {
  const file = '0199f0a0-0000-7000-8000-000000000001'
  expect(fileIdInUpload(uploadId('lea', file), 'lea')).toBe(file)
  expect(fileIdInUpload(uploadId('lea', file), 'theo')).toBeNull()
  expect(fileIdInUpload('lea.../../x', 'lea')).toBeNull()
})

test.each([
  ['off', true, null],
  ['off', false, null],
  ['clean', false, null],
  ['unchecked', false, null],
  ['waiting', true, null],
  ['waiting', false, 'file.being-checked'],
  ['infected', false, 'file.infected'],
  ['infected', true, 'file.infected'],
] as const)('a file that is %s, own %s: %s', (scan, own, obstacle) => {
  expect(obstacleToReading(scan, own)).toBe(obstacle)
})

test('an upload says that it is for a hand-in', () => {
  expect(isForHandIn('filename YQ==,purpose aGFuZC1pbg==')).toBe(true)
  expect(isForHandIn('purpose aGFuZC1pbg==')).toBe(true)
  expect(isForHandIn('filename YQ==')).toBe(false)
  expect(isForHandIn('xpurpose aGFuZC1pbg==')).toBe(false)
  expect(isForHandIn(undefined)).toBe(false)
})
