// The judge of a trace must say no: to a sync that failed, came too late, or was of something else.
import { expect, test } from 'vitest'
import { callsIn, syncedBeforeAnswers } from './sync-trace.ts'

const file = `ab${'c'.repeat(62)}`
const submission = '0199f0a0-0000-7000-8000-000000000001'
const answer = (body: string) => `1 write(30<socket:[1]>, "HTTP/1.1 200 OK\\r\\n\\r\\n${body}", 9) = 9`
const good = [
  '2 fsync(32</d/files/new/f00>) = 0',
  `3 rename("/d/files/new/f00", "/d/files/ab/${file.slice(2)}") = 0`,
  '2 fsync(31</d/files/ab> <unfinished ...>',
  '1 write(25<socket:[2]>, "insert", 6) = 6',
  '2 <... fsync resumed>) = 0',
  '9 fdatasync(49</d/pg/pg_wal/000000010000000000000001>) = 0',
  answer(`{\\"sha256\\":\\"${file}\\"}`),
  `1 write(25<socket:[2]>, "insert ${submission}", 6) = 6`,
  '9 fdatasync(49</d/pg/pg_wal/000000010000000000000001>) = 0',
  answer(`{\\"id\\":\\"${submission}\\"}`),
]
const judged = (lines: string[]) => syncedBeforeAnswers(callsIn(lines.join('\n')), file, submission)
const swapped = (a: number, b: number) =>
  good.map((line, i) => (i === a ? (good[b] ?? '') : i === b ? (good[a] ?? '') : line))

test('what was synced in time is found, also when a call was interrupted', () => {
  expect(judged(good)).toBe(true)
})

test.each(good.map((_, i) => i).filter((i) => ![3, 7].includes(i)))(
  'without line %i it was not synced',
  (i) => {
    expect(judged(good.toSpliced(i, 1))).toBe(false)
  },
)

test('a sync that failed or came after the answer is none', () => {
  expect(judged(good.toSpliced(8, 1, '9 fdatasync(49</d/pg/pg_wal/0>) = -1 EIO (Input/output error)'))).toBe(
    false,
  )
  expect(judged(swapped(8, 9))).toBe(false)
  expect(judged(swapped(0, 1))).toBe(false)
  expect(judged(good.toSpliced(0, 1, '2 fsync(32</d/files/new/another>) = 0'))).toBe(false)
})
