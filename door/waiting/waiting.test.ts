// The waiting page: whose day it shows, where it leads back to, and that it stays small.
import { randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { comeAgainIn } from '../answer/answer.ts'
import type { PassKeys } from '../formats/pass.ts'
import type { Reader } from '../passes/book.ts'
import { shelf } from '../sheets/shelf.ts'
import { againPath } from './answer.ts'
import { dayFor, daysAfter, keysToShow } from './day.ts'
import { mostBytes, pageOf } from './page.ts'

const today = '2026-11-24'
const held = () => shelf([], 1e7, () => today)
const packed = (key: string, name: string, html: string) => ({
  key,
  name,
  version: 'v',
  json: Buffer.alloc(10),
  html: html ? gzipSync(html) : null,
})

function reader(keys: PassKeys): Reader {
  const all = new Set(Object.values(keys).flatMap((list) => list ?? []))
  return { pass: { kind: 'session', id: 'p', account: 'a', keys, issuedAt: 0 }, keys: all, endsAt: 1e15 }
}
const views = (list: unknown) => `preau_views=${Buffer.from(JSON.stringify(list)).toString('base64url')}`

describe('whose day', () => {
  const mine = { s: ['c3b', 'g1'], g: ['child'] }
  test.each([
    ['the pass’s keys, teacher first', { ...mine, t: ['me'] }, undefined, ['me', 'c3b', 'g1', 'child']],
    ['those of the page’s own cookie', mine, views([{ role: 'g', sheet: 'child' }]), ['child']],
    [
      'never a key that the pass does not list',
      mine,
      views([{ sheet: 'strange' }, { sheet: 'c3b' }]),
      ['c3b'],
    ],
    ['a cookie of rubbish counts for nothing', mine, 'preau_views=rubbish', ['c3b', 'g1', 'child']],
    ['a cookie of another form neither', mine, views([null, 3]), ['c3b', 'g1', 'child']],
    ['an administrator’s school is no day', { a: ['school'] }, undefined, []],
  ])('%s', (_what, keys, cookie, expected) => expect(keysToShow(reader(keys), cookie)).toEqual(expected))
})

describe('which day', () => {
  test.each([
    ['today', ['2026-11-24', '2026-11-25'], '2026-11-24'],
    ['the next that is held', ['2026-11-20', '2026-11-26', '2026-11-27'], '2026-11-26'],
    ['none that is too far', ['2026-12-24'], undefined],
  ])('%s', (_what, dates, expected) => {
    const all = held()
    for (const date of dates) all.put(packed('c', `day/${date}`, '<p>x</p>'))
    expect(dayFor(['c'], today, all)[0]?.name.slice(4)).toBe(expected)
  })

  test('a day with nothing to show is passed over', () => {
    const all = held()
    all.put(packed('c', `day/${today}`, ''))
    all.put(packed('c', 'day/2026-11-25', '<p>x</p>'))
    expect(dayFor(['c'], today, all)[0]?.name).toBe('day/2026-11-25')
  })

  test('months end where they end', () => expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01'))
})

describe('the page', () => {
  function sheets(sizes: number[]) {
    const all = held()
    sizes.forEach((size, i) => {
      all.put(packed(`c${i}`, `day/${today}`, `<h2>${i}</h2>${randomBytes(size).toString('hex')}`))
    })
    return [...all.all()]
  }

  test('fits into the first answer of a connection, whatever stands on it', () => {
    for (const sizes of [[], [500], [3000, 3000, 3000], [5000, 20_000], [40_000]])
      expect(pageOf(sheets(sizes), 'fr', 'full', today, '/').length).toBeLessThanOrEqual(mostBytes)
    expect(gunzipSync(pageOf(sheets([5000, 20_000]), 'fr', 'full', today, '/')).toString()).toContain(
      '<h2>0</h2>',
    )
  })

  test('says which day, in the reader’s language, and runs no script', () => {
    const html = (language: 'fr' | 'en') =>
      gunzipSync(pageOf(sheets([10]), language, 'away', today, '')).toString()
    expect(html('fr')).toContain('mardi 24 novembre, aujourd’hui')
    expect(html('en')).toContain('Tuesday 24 November, today')
    expect(html('en')).toContain('href=""')
    expect(html('fr')).not.toMatch(/<script|\son\w+=|\sstyle=/)
  })
})

test.each([
  ['GET', '/files/1/plan.pdf?x=1', ''],
  ['HEAD', '/homework', ''],
  ['GET', '/waiting', '/'],
  ['GET', '/today/plain?from=x', '/'],
  ['POST', '/api/session', '/'],
] as const)('%s %s leads back to "%s"', (method, target, path) =>
  expect(againPath(method, target)).toBe(path),
)

test.each([
  [0, 15],
  [0.5, 30],
  [0.999, 45],
])('with chance %d one comes again in %i s', (random, seconds) =>
  expect(comeAgainIn(15, 30, random)).toBe(seconds),
)
