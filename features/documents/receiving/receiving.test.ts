// The parts that a file on its way in goes through: whose turn it is, what is in the file when the line is cut.
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { QueueingLocker } from './queueing-locker.ts'
import { openTail } from './tail.ts'

const never = new AbortController().signal

test('who comes second asks the first to let go, once, and all have their turn in the order of coming', async () => {
  const locker = new QueueingLocker()
  const lock = () => locker.newLock('a')
  const turns: string[] = []
  const ask = vi.fn()
  const first = lock()
  await first.lock(never, ask)
  const wait = async (who: string) => {
    const mine = lock()
    await mine.lock(never, () => {})
    turns.push(who)
    await mine.unlock()
  }
  const others = [wait('second'), wait('third')]
  await Promise.resolve()
  expect(turns).toEqual([])
  await first.unlock()
  await Promise.all(others)
  expect([turns, ask.mock.calls.length]).toEqual([['second', 'third'], 1])
  // Nothing is left: the next one has it at once.
  await lock().lock(never, () => {})
})

test('who holds it with others waiting is asked as soon as it has it', async () => {
  const locker = new QueueingLocker()
  const [first, second, third] = [locker.newLock('a'), locker.newLock('a'), locker.newLock('a')]
  const asked = vi.fn()
  await first.lock(never, () => {})
  const two = second.lock(never, asked)
  const three = third.lock(never, () => {})
  await first.unlock()
  await two
  expect(asked).toHaveBeenCalledOnce()
  await second.unlock()
  await three
})

test('who leaves while waiting loses its place and holds nobody up; other uploads do not wait', async () => {
  const locker = new QueueingLocker()
  const gone = new AbortController()
  const first = locker.newLock('a')
  await first.lock(never, () => {})
  const left = locker.newLock('a').lock(gone.signal, () => {})
  const next = locker.newLock('a').lock(never, () => {})
  gone.abort()
  await expect(left).rejects.toMatchObject({ body: expect.stringContaining('lock') })
  await locker.newLock('b').lock(never, () => {})
  await first.unlock()
  await next
})

test('what was added to a file before the line was cut is in it, at its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'preau-tail-'))
  const path = join(folder, 'a')
  const file = await open(path, 'w+')
  try {
    await file.write('début·', 0)
    const tail = openTail(file, Buffer.byteLength('début·'))
    const large = Buffer.alloc(300_000, 'x')
    for (const chunk of [large, Buffer.from('milieu'), large, Buffer.from('fin')]) await tail.add(chunk)
    await tail.end()
    const text = await readFile(path, 'utf8')
    const x = 'x'.repeat(300_000)
    expect(text === `début·${x}milieu${x}fin`).toBe(true)
    expect(tail.at()).toBe(Buffer.byteLength(text))
  } finally {
    await file.close()
    await rm(folder, { recursive: true })
  }
})

test('a disk that takes no more is told to whoever adds or ends', async () => {
  const full = await open('/dev/full', 'r+')
  try {
    const tail = openTail(full, 0)
    await tail.add(Buffer.alloc(600_000))
    await expect(tail.end()).rejects.toMatchObject({ code: 'ENOSPC' })
  } finally {
    await full.close()
  }
})
