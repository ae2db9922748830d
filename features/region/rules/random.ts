// Seeded chance: the same seed draws the same region on every machine.
// xoshiro128** 1.1 by D. Blackman and S. Vigna, https://prng.di.unimi.it/xoshiro128starstar.c (public domain),
// seeded through MurmurHash3's 32-bit finaliser (A. Appleby, public domain).

export type Random = {
  /** The next 32 bits as an unsigned integer. */
  bits(): number
  /** A number in [0, 1). */
  unit(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the values, all alike. */
  pick<T>(values: readonly T[]): T
}

const rotl = (x: number, k: number) => (x << k) | (x >>> (32 - k))

/** Spreads the bits of a 32-bit number. */
export function mix(x: number): number {
  let h = x | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** xoshiro128** on a given state of four 32-bit words, not all zero. */
export function xoshiro(a: number, b: number, c: number, d: number): () => number {
  let [s0, s1, s2, s3] = [a, b, c, d]
  return () => {
    const result = Math.imul(rotl(Math.imul(s1, 5), 7), 9) >>> 0
    const t = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotl(s3, 11)
    return result
  }
}

/** A source of chance for one purpose: `stream` numbers keep purposes (each school, say) independent of each other. */
export function randomFrom(seed: number, ...stream: number[]): Random {
  let h = mix(seed ^ 0x9e3779b9)
  for (const n of stream) h = mix(h ^ mix(n + 0x7f4a7c15))
  const word = () => {
    h = (h + 0x9e3779b9) | 0
    return mix(h)
  }
  const bits = xoshiro(word(), word(), word(), word() | 1)
  const unit = () => bits() / 4294967296
  return {
    bits,
    unit,
    between: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    chance: (probability) => unit() < probability,
    pick: (values) => values[Math.floor(unit() * values.length)] as (typeof values)[number],
  }
}

/** The same values in a drawn order. */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const list = [...values]
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.between(0, i)
    const kept = list[i] as T
    list[i] = list[j] as T
    list[j] = kept
  }
  return list
}

/** Draws a key of `weights` in proportion to its weight. */
export function drawn<K extends string>(random: Random, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][]
  let left = random.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  return (entries.at(-1) as [K, number])[0]
}
