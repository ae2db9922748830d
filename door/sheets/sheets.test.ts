// Rule tables: which sheets are kept, which version a device has, and whose pass reads.
import { describe, expect, test } from 'vitest'
import { cookieNames, keyRing, type PassKeys, sealPass, sessionPassSeconds } from '../formats/pass.ts'
import { passBook } from '../passes/book.ts'
import { matches } from './answer.ts'
import { fragmentOf, isSound, pack } from './packed.ts'
import { shelf } from './shelf.ts'
import { distance } from './worth.ts'

describe('how far a sheet is from being needed', () => {
  test.each([
    ['day/2026-11-24', 0],
    ['day/2026-11-25', 1],
    ['day/2026-12-01', 7],
    ['week/2026-11-23', 0],
    ['week/2026-11-18', 0],
    ['week/2026-11-30', 6],
    ['day/2026-11-23', 61],
    ['week/2026-11-16', 62],
    ['day/never', Number.POSITIVE_INFINITY],
    ['homework/0199f0a0-0000-7000-8000-000000000001', Number.POSITIVE_INFINITY],
  ])('%s on 24 November: %d', (name, days) => expect(distance(name, '2026-11-24')).toBe(days))
})

describe('the shelf', () => {
  const sheet = (name: string, size = 1000) => ({
    key: 'k',
    name,
    version: 'v',
    json: Buffer.alloc(size),
    html: null,
  })

  test('keeps its bound, and lets go first of what is past and what is furthest ahead', () => {
    const held = shelf([], 12_000, () => '2026-11-24')
    for (const day of ['20', '24', '25', '26', '27']) held.put(sheet(`day/2026-11-${day}`))
    expect(held.size()).toBe(5)
    held.put(sheet('day/2026-11-28'))
    expect(held.bytes()).toBeLessThanOrEqual(12_000 * 0.9)
    expect([...held.all()].map((one) => one.name.slice(-2))).toEqual(['24', '25', '26', '27'])
  })

  test('counts a sheet that is replaced once', () => {
    const held = shelf([], 1e6, () => '2026-11-24')
    held.put(sheet('day/2026-11-24', 500))
    const one = held.bytes()
    held.put(sheet('day/2026-11-24', 500))
    expect(held.bytes()).toBe(one)
    held.drop('/sheets/k/day/2026-11-24')
    expect([held.bytes(), held.size()]).toEqual([0, 0])
  })

  test('a packed sheet is unpacked as it was', async () => {
    const packed = await pack({
      key: 'k',
      name: 'day/2026-11-24',
      version: 'v',
      json: '{}',
      html: '<h2>é</h2>',
    })
    expect(fragmentOf(packed)).toBe('<h2>é</h2>')
  })

  test.each([
    [{ key: 'c3b', name: 'day/2026-11-24', version: 'a1' }, true],
    [{ key: 'c3b', name: 'homework/0199f0a0-0000-7000-8000-000000000001', version: 'a1' }, true],
    [{ key: 'a/b', name: 'day/2026-11-24', version: 'a1' }, false],
    [{ key: 'c3b', name: '../day', version: 'a1' }, false],
    [{ key: 'c3b', name: 'day/2026-11-24', version: 'a"\r\nx: y' }, false],
  ])('%j may stand in an address and a header: %s', (one, sound) => expect(isSound(one)).toBe(sound))
})

test.each([
  [undefined, false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
])('If-None-Match %j names "a": %s', (header, yes) => expect(matches(header, '"a"')).toBe(yes))

describe('the book of passes', () => {
  const now = Date.UTC(2026, 10, 24, 8)
  const seconds = now / 1000
  const ring = keyRing([['k', Buffer.alloc(32, 1)]])
  const cookie = (keys: PassKeys, id = 'p', account = 'lea', issuedAt = seconds, sealing = ring) =>
    `${cookieNames.session}=${sealPass({ kind: 'session', id, account, keys, issuedAt }, sealing)}`
  const book = (most = 100) => passBook(() => ring, { passes: new Set(), accounts: new Map() }, most)

  test('knows every key, in whatever role', () => {
    const reader = book().read(cookie({ s: ['a'], g: ['b', 'c'], t: [] }), now)
    expect(reader && reader !== 'unsure' && [...reader.keys]).toEqual(['a', 'b', 'c'])
  })

  test('asks anew each time whether a pass is ended, or over', () => {
    const revoked = { passes: new Set<string>(), accounts: new Map<string, number>() }
    const one = passBook(() => ring, revoked)
    const text = cookie({ s: ['a'] })
    expect(one.read(text, now)).not.toBeNull()
    expect(one.read(text, now + sessionPassSeconds * 1000)).toBeNull()
    revoked.accounts.set('lea', seconds)
    expect(one.read(text, now)).not.toBeNull()
    revoked.accounts.set('lea', seconds + 1)
    expect(one.read(text, now)).toBeNull()
    revoked.accounts.clear()
    revoked.passes.add('p')
    expect(one.read(text, now)).toBeNull()
  })

  test('a retired key opens nothing once the book was told', () => {
    let current = ring
    const one = passBook(() => current, { passes: new Set(), accounts: new Map() })
    const text = cookie({ s: ['a'] })
    expect(one.read(text, now)).not.toBeNull()
    current = keyRing([['other', Buffer.alloc(32, 3)]])
    one.forget()
    expect(one.read(text, now)).toBe('unsure')
  })

  test('a pass has one form: with anything behind it, it is forged', () => {
    for (const more of ['!', '=', 'A', ' x'])
      expect(book().read(`${cookie({ s: ['a'] })}${more}`, now)).toBeNull()
  })

  test('forged is nobody; signed by an unknown key is unsure; nothing is nobody', () => {
    const forger = keyRing([['k', Buffer.alloc(32, 2)]])
    expect(book().read(cookie({ s: ['a'] }, 'p', 'lea', seconds, forger), now)).toBeNull()
    expect(
      book().read(cookie({ s: ['a'] }, 'p', 'lea', seconds, keyRing([['x', Buffer.alloc(32, 1)]])), now),
    ).toBe('unsure')
    expect(book().read('a=b', now)).toBeNull()
    expect(book().read(undefined, now)).toBeNull()
  })

  test('holds no more than it may, and still reads all', () => {
    const small = book(10)
    for (let i = 0; i < 100; i++) expect(small.read(cookie({ s: [`${i}`] }, `p${i}`), now)).not.toBeNull()
    expect(small.size()).toBeLessThanOrEqual(10)
  })
})
