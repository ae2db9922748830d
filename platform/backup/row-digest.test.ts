// Rows are compared whatever their order and however their bytes were cut; a few at a time keeps the order of the asking.
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'
import { digestRows } from './row-digest.ts'

async function* cut(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const digest = (text: string, size = 1000) => digestRows(cut(text, size))
const rows = "1\tÉté\n2\t\\N\n3\tl'an\n"

test('order and cuts change nothing', async () => {
  const whole = await digest(rows)
  expect(whole.rows).toBe(3)
  for (const size of [1, 2, 5, 7]) expect(await digest(rows, size)).toEqual(whole)
  expect(await digest("3\tl'an\n1\tÉté\n2\t\\N\n")).toEqual(whole)
})

test.each([
  ['a changed row', rows.replace('2', '4')],
  ['a row less', "1\tÉté\n3\tl'an\n"],
  ['a row twice', `${rows}2\t\\N\n`],
  ['one row instead of another', rows.replace("3\tl'an", '1\tÉté')],
])('%s is another table', async (_what, other) => {
  expect((await digest(other)).digest).not.toBe((await digest(rows)).digest)
})

test('results come in the order of the asking, and no more are under way than allowed', async () => {
  let [now, most] = [0, 0]
  const third = Promise.withResolvers<void>()
  const work = async (i: number) => {
    most = Math.max(most, ++now)
    if (i === 2) third.resolve()
    // The first two end only when a third one has begun.
    if (i < 2) await third.promise
    now--
    return i
  }
  const seen: number[] = []
  for await (const i of inOrder([0, 1, 2, 3, 4, 5], 3, work)) seen.push(i)
  expect(seen).toEqual([0, 1, 2, 3, 4, 5])
  expect(most).toBe(3)
})

test('what fails, fails at its turn', async () => {
  const seen: number[] = []
  const all = async () => {
    for await (const i of inOrder([0, 1, 2], 3, async (i) => {
      if (i === 1) throw new Error('one')
      return i
    }))
      seen.push(i)
  }
  await expect(all()).rejects.toThrow('one')
  expect(seen).toEqual([0])
})
