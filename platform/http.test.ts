// What reaches the parser of JSON.
import { expect, test } from 'vitest'
import { withoutNul } from './http.ts'

test.each([
  ['{"a":"b"}', { a: 'b' }],
  [String.raw`{"a":"b\u0000c\u0000"}`, { a: 'bc' }],
  [String.raw`{"a\u0000":["\u00001","\n\u0000"]}`, { a: ['1', '\n'] }],
  [String.raw`{"a":"\\u0000"}`, { a: '\\u0000' }],
  [String.raw`{"a":"\\\u0000"}`, { a: '\\' }],
])('%s holds no U+0000', (json, parsed) => {
  expect(JSON.parse(withoutNul(json))).toEqual(parsed)
})
