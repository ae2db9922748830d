// Rule tables: what may be sent twice, what an error means, and which requests may take their time.
import { expect, test } from 'vitest'
import { lastWords } from '../listen.ts'
import { failureOf, isLong, mayRepeat } from './forward.ts'

const error = (code: string) => Object.assign(new Error(code), { code })

test.each([
  ['GET', 'UND_ERR_SOCKET', 0, true],
  ['HEAD', 'ECONNRESET', 0, true],
  ['GET', 'EPIPE', 0, true],
  ['GET', 'UND_ERR_SOCKET', 1, false],
  ['POST', 'UND_ERR_SOCKET', 0, false],
  ['PUT', 'ECONNRESET', 0, false],
  ['PATCH', 'EPIPE', 0, false],
  ['GET', 'ENOENT', 0, false],
  ['GET', 'UND_ERR_HEADERS_TIMEOUT', 0, false],
])('%s after %s, attempt %i, is sent once more: %s', (method, code, attempt, yes) =>
  expect(mayRepeat(method, error(code), attempt)).toBe(yes),
)

test.each([
  ['ENOENT', 'away'],
  ['ECONNREFUSED', 'away'],
  ['UND_ERR_SOCKET', 'away'],
  ['UND_ERR_HEADERS_TIMEOUT', 'silent'],
  ['UND_ERR_INVALID_ARG', 'malformed'],
])('%s means %s', (code, failure) => expect(failureOf(error(code))).toBe(failure))

test.each([
  ['/api/today', 0, false],
  ['/api/homework', 2000, false],
  ['/api/homework', 100_000, true],
  ['/api/homework', null, true],
  ['/api/uploads/1', 0, true],
  ['/files/1/video.mp4', 0, true],
  ['/filesystem', 0, false],
])('%s with %s bytes may take long: %s', (path, length, long) => expect(isLong(path, length)).toBe(long))

test.each([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
  ['HPE_INVALID_TOKEN', 400],
  [undefined, 400],
])('%s ends with %i', (code, status) => expect(lastWords(code)).toMatch(new RegExp(`^HTTP/1.1 ${status} `)))
