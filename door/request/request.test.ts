// Rule tables: what a request asks for, what it accepts, and which headers pass.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepts, acceptsHtml, languageOf } from './accepts.ts'
import { cookieOf } from './cookie.ts'
import { namedByConnection, toBrowser, toWorkspace } from './headers.ts'
import { kindOf, pathOf } from './path.ts'

describe('the path of a request target', () => {
  test.each([
    ['/', '/'],
    ['/api/a?b=../c', '/api/a'],
    ['/files/1/Le%C3%A7on%201.pdf', '/files/1/Leçon 1.pdf'],
    ['/a/%252e%252e/b', '/a/%2e%2e/b'],
    ['/a..b/c', '/a..b/c'],
  ])('%s is %s', (target, path) => expect(pathOf(target)).toBe(path))

  test.each([
    'http://a/',
    '*',
    '',
    '//evil.example/',
    '/a//b',
    '/../a',
    '/a/..',
    '/a/./b',
    '/a/%2e%2e/b',
    '/a/%2E./b',
    '/a%2fb',
    '/a%5c..%5cb',
    '/a\\b',
    '/a%00',
    '/a%0d%0ab',
    '/a b',
    '/é',
    '/a#b',
    '/%',
    '/%ff',
    `/${'a'.repeat(9000)}`,
  ])('%j is refused', (target) => expect(pathOf(target)).toBeNull())

  test('no target leads to the feed, however it is written', () => {
    const piece = fc.constantFrom(
      'internal',
      'INTERNAL',
      '%69nternal',
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2f',
      'a',
      '\\',
      '%5c',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = pathOf(`/${pieces.join('')}/feed`)
        if (path === null || kindOf('GET', path, true, false) === 'hidden') return
        // What the workspace's router would make of it.
        expect(new URL(`http://a${path}`).pathname.toLowerCase()).not.toMatch(/^\/internal(\/|$)/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('who answers', () => {
  test.each([
    ['GET', '/', true, false, 'shell'],
    ['GET', '/homework/1', true, false, 'shell'],
    ['HEAD', '/', true, false, 'shell'],
    ['GET', '/homework/1', false, false, 'workspace'],
    ['POST', '/', true, false, 'workspace'],
    ['GET', '/favicon.svg', false, true, 'asset'],
    ['POST', '/favicon.svg', false, true, 'workspace'],
    ['GET', '/favicon.ico', false, false, 'asset'],
    ['GET', '/assets/none.js', true, false, 'asset'],
    ['GET', '/api/today', true, false, 'workspace'],
    ['GET', '/apiary', true, false, 'shell'],
    ['GET', '/files/1/a.html', true, false, 'workspace'],
    ['GET', '/.well-known/openid-configuration', true, false, 'workspace'],
    ['GET', '/.well-known/preau-receipts.json', false, false, 'receipts'],
    ['GET', '/sheets/a/day/2026-01-01', true, false, 'sheet'],
    ['GET', '/internal', true, false, 'hidden'],
    ['DELETE', '/Internal/feed', false, false, 'hidden'],
    ['GET', '/healthz', false, false, 'health'],
    ['GET', '/readyz', false, false, 'ready'],
    ['GET', '/waiting', true, false, 'waiting'],
    ['GET', '/today/plain', true, false, 'day'],
  ] as const)('%s %s (html %s, file %s): %s', (method, path, html, file, kind) =>
    expect(kindOf(method, path, html, file)).toBe(kind),
  )
})

describe('what is accepted', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br, zstd', true],
    ['GZIP;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip; q=0.000, br', false],
    ['br;q=1, identity;q=0.5', false],
    ['*', false],
  ])('gzip by %j: %s', (header, yes) => expect(accepts('gzip', header)).toBe(yes))

  test.each([
    ['text/html,application/xhtml+xml;q=0.9', true],
    ['application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('a page by %j: %s', (header, yes) => expect(acceptsHtml(header)).toBe(yes))

  test.each([
    [undefined, 'fr'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['en-GB,en;q=0.9', 'en'],
    ['de,en;q=0.5,fr;q=0.4', 'en'],
    ['de', 'fr'],
    ['fr;q=0, en;q=0.1', 'en'],
    ['*', 'fr'],
  ])('the language by %j: %s', (header, language) => expect(languageOf(header)).toBe(language))
})

describe('a cookie by its name', () => {
  test.each([
    ['a=1', 'a', '1'],
    ['b=2; a=1; c=3', 'a', '1'],
    ['xa=9; a=1', 'a', '1'],
    ['b=a=7;a=1', 'a', '1'],
    ['a=1; a=2', 'a', '1'],
    ['a=', 'a', ''],
    ['ab=1', 'a', undefined],
    ['', 'a', undefined],
    [undefined, 'a', undefined],
  ])('of %j, %s is %j', (header, name, value) => expect(cookieOf(header, name)).toBe(value))
})

describe('headers', () => {
  const added = { proto: 'https', requestId: 'r1' } as const

  test.each([
    [undefined, []],
    ['keep-alive', []],
    ['Close', []],
    ['keep-alive, X-Hop', ['keep-alive', 'x-hop']],
    ['x-a', ['x-a']],
  ])('Connection: %s names %j', (header, names) =>
    expect([...(namedByConnection(header) ?? [])]).toEqual(names),
  )

  test('of one connection, or not to be said from outside: these stay here', () => {
    const names =
      'Connection Keep-Alive Proxy-Connection TE Trailer Transfer-Encoding Upgrade Expect X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host Forwarded X-Real-IP X-Request-Id X-Preau-Account Via X-Hop'
    const raw = ['Host', 'a.example', ...names.split(' ').flatMap((name) => [name, 'x']), 'Cookie', 'c=1']
    expect(toWorkspace(raw, 'close, x-hop', added)).toEqual(
      'host a.example cookie c=1 x-forwarded-proto https x-forwarded-host a.example x-request-id r1'.split(
        ' ',
      ),
    )
  })

  test.each([
    [['host', 'a', 'host', 'a']],
    [['cookie', 'a']],
    [['host', 'a/b']],
    [['host', 'a b']],
    [['host', '']],
  ])('%j names no host of ours', (raw) => expect(toWorkspace(raw, undefined, added)).toBeNull())

  test.each(['a', 'a.example:8080', '127.0.0.1', '[::1]:8080', 'xn--prau-bpa.fr'])('%s is a host', (host) =>
    expect(toWorkspace(['host', host], undefined, added)).not.toBeNull(),
  )

  test('the workspace’s own headers stand before the door’s', () => {
    const answered = {
      'x-a': '1',
      'set-cookie': ['a', 'b'],
      connection: 'x-hop',
      'x-hop': '1',
      'keep-alive': 't',
    }
    expect(toBrowser(answered, ['x-a', '2', 'x-b', '3'])).toEqual(
      'x-a 1 set-cookie a set-cookie b x-b 3'.split(' '),
    )
  })
})
