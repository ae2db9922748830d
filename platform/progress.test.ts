// Progress: redrawn on a terminal, few plain lines elsewhere.
import { expect, test } from 'vitest'
import { bar, openProgress } from './progress.ts'

function played(isTTY: boolean): string {
  let text = ''
  const progress = openProgress({
    isTTY,
    columns: 60,
    write: (piece) => {
      text += piece
    },
  })
  progress.step('Reading users')
  for (let i = 0; i <= 1000; i++) progress.at(i, 1000)
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
  expect(lines[1]).toBe('Reading users: 10 %')
  expect(lines.join('')).not.toMatch(/[\r\x1b]/)
})

test('on a terminal no line is longer than the screen', () => {
  for (const line of played(true).split('\r')) expect(line.replace('\x1b[2K', '').length).toBeLessThan(61)
})
