// Rule tables: places and queue, and who is too slow. Time is told.
import { describe, expect, test } from 'vitest'
import { lane } from './lane.ts'
import { isTooSlow, moved, pausePace, resumePace, startPace } from './pace.ts'
import { watch } from './watch.ts'

describe('a lane', () => {
  const told: string[] = []
  const ask = (line: ReturnType<typeof lane>, name: string, now = 0) =>
    line.enter()
      ? told.push(`${name} in`) && true
      : line.wait(
          () => told.push(`${name} in later`),
          () => told.push(`${name} away`),
          now,
        )

  test('lets in as many as there are places, queues as many as it may, and refuses the rest', () => {
    const line = lane({ places: 2, queue: 1, waitMs: 100 })
    told.length = 0
    expect([ask(line, 'a'), ask(line, 'b')]).toEqual([true, true])
    expect(ask(line, 'c')).toBeTypeOf('function')
    expect(ask(line, 'd')).toBe(false)
    expect([line.inside(), line.waiting()]).toEqual([2, 1])
    line.leave()
    expect(told).toEqual(['a in', 'b in', 'c in later'])
    line.leave()
    line.leave()
    expect([line.inside(), line.waiting()]).toEqual([0, 0])
  })

  test('whoever came first enters first; whoever gave up is passed over', () => {
    const line = lane({ places: 1, queue: 3, waitMs: 100 })
    told.length = 0
    ask(line, 'a')
    const giveUp = ask(line, 'b') as () => void
    ask(line, 'c')
    ask(line, 'd')
    giveUp()
    giveUp()
    expect(line.waiting()).toBe(2)
    line.leave()
    line.leave()
    expect(told).toEqual(['a in', 'c in later', 'd in later'])
  })

  test('nobody waits longer than the lane allows, and none of them enters afterwards', () => {
    const line = lane({ places: 1, queue: 3, waitMs: 100 })
    told.length = 0
    ask(line, 'a')
    ask(line, 'b', 0)
    ask(line, 'c', 50)
    line.expire(99)
    expect(told).toEqual(['a in'])
    line.expire(100)
    expect(told).toEqual(['a in', 'b away'])
    line.leave()
    expect(told).toEqual(['a in', 'b away', 'c in later'])
  })

  test('after any history the places add up', () => {
    let seed = 7
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return seed / 2 ** 32
    }
    const line = lane({ places: 5, queue: 4, waitMs: 10 })
    let inside = 0
    const waits: (() => void)[] = []
    for (let now = 0; now < 5000; now++) {
      const dice = random()
      if (dice < 0.5) {
        if (line.enter()) inside++
        else {
          const end = line.wait(
            () => inside++,
            () => {},
            now,
          )
          if (end) waits.push(end)
        }
      } else if (dice < 0.85 && inside > 0) {
        inside--
        line.leave()
      } else if (dice < 0.95) waits.splice(Math.floor(random() * waits.length), 1)[0]?.()
      line.expire(now)
      expect(line.inside()).toBe(inside)
      expect(line.inside()).toBeLessThanOrEqual(5)
      expect(line.waiting()).toBeLessThanOrEqual(4)
      expect(line.waiting()).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('a pace', () => {
  const limits = { idleMs: 20_000, graceMs: 60_000, bytesPerSecond: 256 }

  test('without a byte it ends after the idle time, not before', () => {
    const pace = startPace(0)
    expect(isTooSlow(pace, limits, 19_999)).toBe(false)
    expect(isTooSlow(pace, limits, 20_000)).toBe(true)
    moved(pace, 1, 19_000)
    expect(isTooSlow(pace, limits, 38_000)).toBe(false)
  })

  test.each([
    [200, true],
    [300, false],
  ])('at %i bytes a second, after the grace, too slow is %s', (rate, slow) => {
    const pace = startPace(0)
    for (let s = 1; s <= 59; s++) moved(pace, rate, s * 1000)
    expect(isTooSlow(pace, limits, 59_500)).toBe(false)
    moved(pace, rate, 60_000)
    expect(isTooSlow(pace, limits, 60_000)).toBe(slow)
  })

  test('while it is our turn the clock stands still', () => {
    const pace = startPace(0)
    moved(pace, 10, 1000)
    pausePace(pace, 1000)
    expect(isTooSlow(pace, limits, 3_600_000)).toBe(false)
    resumePace(pace, 3_600_000)
    expect(isTooSlow(pace, limits, 3_619_000)).toBe(false)
    expect(isTooSlow(pace, limits, 3_620_000)).toBe(true)
  })

  test('the watch cuts the slow one, once, and leaves the others', () => {
    const all = watch()
    const cuts: string[] = []
    all.add({ pace: startPace(0), limits, cut: () => cuts.push('slow') })
    all.add({ pace: startPace(15_000), limits, cut: () => cuts.push('quick') })
    all.look(20_000)
    all.look(21_000)
    expect(cuts).toEqual(['slow'])
  })
})
