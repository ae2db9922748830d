// A memory answers with what is current, whatever changes meanwhile, and reads no more than it must.
import { expect, test } from 'vitest'
import { openMemory } from './memory.ts'

function aMemory() {
  const memory = openMemory<string>(100, (value) => value.length)
  const pending: ((value: string) => void)[] = []
  /** Asks for a key; the reading ends when `pending` says so. */
  const ask = (key = 'week', tags: string[] | null = ['3B']) =>
    memory.find(key, async () => {
      const value = await new Promise<string>((resolve) => pending.push(resolve))
      return { value, tags }
    })
  return { memory, pending, ask }
}

test('thirty who ask at once are served by one reading, and the next from memory', async () => {
  const { memory, pending, ask } = aMemory()
  const all = Array.from({ length: 30 }, () => ask())
  expect(pending).toHaveLength(1)
  pending[0]?.('lundi')
  expect(new Set(await Promise.all(all))).toEqual(new Set(['lundi']))
  expect(memory.get('week')).toBe('lundi')
  expect(await ask()).toBe('lundi')
  expect(pending).toHaveLength(1)
})

test('what changed while it was read is answered, not kept, and not shared with who asks afterwards', async () => {
  const { memory, pending, ask } = aMemory()
  const early = ask()
  memory.forget(['3B'])
  const late = ask()
  expect(pending).toHaveLength(2)
  pending[1]?.('new')
  expect(await late).toBe('new')
  pending[0]?.('old')
  expect(await early).toBe('old')
  expect(memory.get('week')).toBe('new')
})

test.each([
  ['its tag', (m: ReturnType<typeof aMemory>['memory']) => m.forget(['3B']), undefined],
  ['another tag', (m: ReturnType<typeof aMemory>['memory']) => m.forget(['3A']), 'lundi'],
  ['everything', (m: ReturnType<typeof aMemory>['memory']) => m.clear(), undefined],
])('forgetting %s', async (_what, forget, left) => {
  const { memory, pending, ask } = aMemory()
  const asked = ask()
  pending[0]?.('lundi')
  await asked
  forget(memory)
  expect(memory.get('week')).toBe(left)
})

test('an answer without tags is not kept, nor one that could not be read', async () => {
  const { memory, pending, ask } = aMemory()
  const asked = ask('absent', null)
  pending[0]?.('nothing')
  expect(await asked).toBe('nothing')
  expect(memory.get('absent')).toBeUndefined()
  const failing = memory.find('week', () => Promise.reject(new Error('away')))
  await expect(failing).rejects.toThrow('away')
  const again = ask()
  pending[1]?.('lundi')
  expect(await again).toBe('lundi')
})

test('it holds no more than it may', async () => {
  const { memory } = aMemory()
  for (const key of ['a', 'b', 'c'])
    await memory.find(key, async () => ({ value: key.repeat(40), tags: [key] }))
  expect([memory.get('a'), memory.get('c')]).toEqual([undefined, 'c'.repeat(40)])
})
