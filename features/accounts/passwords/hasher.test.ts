// The queue before the hashing process, and what happens when that process dies.
import { getPriority } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { openLog } from '#platform/log'
import { type HasherLimits, openHasher } from './hasher.ts'

const log = openLog('test', 'silent')
const opened: ReturnType<typeof openHasher>[] = []
const aHasher = (limits: Partial<HasherLimits> = {}) => {
  const hasher = openHasher(log, limits)
  opened.push(hasher)
  return hasher
}
afterAll(() => {
  for (const hasher of opened) hasher.close()
})

test('a password is hashed with argon2id at the stated cost, and only it is right', async () => {
  const hasher = aHasher()
  const hash = await hasher.hash('le chat de mamie')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=12288,t=3,p=1\$/)
  expect(await hasher.verify(hash, 'le chat de mamie')).toBe(true)
  expect(await hasher.verify(hash, 'le chat de papi')).toBe(false)
  expect(await hasher.verify('not a hash', 'le chat de mamie')).toBe(false)
})

test("nobody's password is checked like somebody's, and never right", async () => {
  const hasher = aHasher()
  expect(await hasher.verify(null, '')).toBe(false)
  expect(hasher.done()).toBe(1)
})

test('the process works at the lowest priority', async () => {
  const hasher = aHasher()
  await hasher.hash('le chat de mamie')
  expect(getPriority(hasher.pid() ?? 0)).toBe(19)
})

test('what does not fit in the queue is refused at once, the rest is answered', async () => {
  const hasher = aHasher({ waiting: 3 })
  // Two are in work, three wait.
  const jobs = Array.from({ length: 9 }, () => hasher.hash('le chat de mamie'))
  const ends = await Promise.allSettled(jobs)
  expect(ends.map((e) => e.status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 4 }, () => 'rejected'),
  ])
  const refusal = ends.find((e) => e.status === 'rejected')?.reason
  expect(refusal).toMatchObject({ code: 'sign-in.busy', facts: { seconds: 2 } })
})

test('a process that dies is replaced, and what it had in work is done', async () => {
  const hasher = aHasher()
  await hasher.hash('le chat de mamie')
  const first = hasher.pid() ?? 0
  const jobs = Array.from({ length: 6 }, () => hasher.hash('le chat de mamie'))
  process.kill(first, 'SIGKILL')
  for (const hash of await Promise.all(jobs)) expect(hash).toMatch(/^\$argon2id/)
  expect(hasher.pid()).not.toBe(first)
})

test('a job that hangs is given up, and the next ones are done', async () => {
  const hasher = aHasher({ jobTimeout: 4_000 })
  await hasher.hash('le chat de mamie')
  process.kill(hasher.pid() ?? 0, 'SIGSTOP')
  expect(await hasher.hash('le chat de mamie')).toMatch(/^\$argon2id/)
})

test('who has waited too long is told so instead of being served in vain', async () => {
  const hasher = aHasher({ patience: -1 })
  await expect(hasher.hash('le chat de mamie')).rejects.toMatchObject({ code: 'sign-in.busy' })
})
