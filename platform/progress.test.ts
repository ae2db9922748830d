// Progress: redrawn on a terminal, few plain lines elsewhere.
import { expect, test } from 'vitest'
import { bar, openProgress, sizeText, timeText } from './progress.ts'

/** A step of a thousand things, each of which takes so many milliseconds. */
function played(isTTY: boolean, each = 20): string {
  let text = ''
  let now = 0
  const write = (piece: string) => {
    text += piece
  }
  const progress = openProgress({ isTTY, columns: 60, write }, () => now)
  progress.step('Reading users')
  for (let i = 0; i <= 1000; i++) {
    now += each
    progress.at(i, 1000)
  }
  progress.done('1000 read')
  return text
}

test('a bar is as full as its share', () => {
  expect(bar(0.5, 8)).toBe('████░░░░ 50 %')
  expect(bar(1.2, 4)).toMatch(/^████ /)
})

test('away from a terminal: one line per tenth, no control characters', () => {
  const lines = played(false).trim().split('\n')
  expect(lines).toHaveLength(11)
  expect(lines.slice(1, 4)).toEqual([
    'Reading users: 10 %',
    'Reading users: 20 % (16 s left)',
    'Reading users: 30 % (14 s left)',
  ])
  expect(lines.join('')).not.toMatch(/[\r\x1b]/)
})

test('what is quick is not told by tenths', () => {
  expect(played(false, 0.5).trim().split('\n')).toEqual(['Reading users…', 'Reading users: 1000 read'])
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [55_502, '55.5 kB'],
  [123_456_789, '123 MB'],
  [3.4e9, '3.4 GB'],
  [2.5e15, '2500 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

test.each([
  [400, '1 s'],
  [89_000, '89 s'],
  [725_000, '12 min'],
  [11_100_000, '3 h 05'],
])('%d ms are %s', (ms, text) => {
  expect(timeText(ms)).toBe(text)
})

test('on a terminal no line is longer than the screen', () => {
  for (const line of played(true).split('\r')) expect(line.replace('\x1b[2K', '').length).toBeLessThan(61)
})
