// How much a person and a school may keep, and what is counted. Pure.
//
// What a pupil has handed in is the school's to keep: it counts for the school, never against the pupil. And what is
// uploaded on a hand-in's page has a reserve of its own, so that a full quota, the pupil's or the school's, never
// stops anybody from handing in. Whoever has no work to hand in has no such reserve.

const gibibyte = 1024 ** 3

/** What holds where neither the school nor the person has a value of their own, in bytes. */
export const usualQuotas = { pupil: 2 * gibibyte, adult: 20 * gibibyte, school: 500 * gibibyte } as const

/** Most that may be on its way to hand-ins at once, within `reserveHours`: twice the largest file. */
export const handInReserve = 4 * gibibyte
export const reserveHours = 24

/** What the database knows when somebody wants to upload. */
export type Use = {
  /** Only pupils: whoever teaches or works at the school has an adult's quota, and so has a guardian. */
  pupil: boolean
  /** The person's own files without those handed in, in bytes. */
  own: number
  /** Uploaded for hand-ins within the reserve's hours and not handed in yet. */
  toHandIn: number
  /** They have work to do in a class of today, which they might hand in. */
  hasWork: boolean
  /** All that the school keeps. */
  school: number
  /** Own values, where there are some. */
  quotas: { person: number | null; pupil: number | null; adult: number | null; school: number | null }
}

/** A person's quota in bytes: their own, else the school's for their kind, else the usual one. */
export function personQuota({ pupil, quotas }: Pick<Use, 'pupil' | 'quotas'>): number {
  const kind = pupil ? 'pupil' : 'adult'
  return quotas.person ?? quotas[kind] ?? usualQuotas[kind]
}

/** A school's quota in bytes. */
export function schoolQuota({ quotas }: Pick<Use, 'quotas'>): number {
  return quotas.school ?? usualQuotas.school
}

export type Obstacle = {
  code: 'quota.person-full' | 'quota.school-full' | 'quota.hand-ins-full'
  facts: { used: number; limit: number; needed: number }
}

/** What keeps `bytes` more from being taken, or null. `underWay`: announced by uploads that are not claimed yet. */
export function obstacleToBytes(use: Use, bytes: number, forHandIn: boolean, underWay = 0): Obstacle | null {
  const over = (code: Obstacle['code'], used: number, limit: number): Obstacle | null =>
    used + underWay + bytes > limit ? { code, facts: { used, limit, needed: bytes } } : null
  if (forHandIn && use.hasWork) return over('quota.hand-ins-full', use.toHandIn, handInReserve)
  return (
    over('quota.person-full', use.own, personQuota(use)) ??
    over('quota.school-full', use.school, schoolQuota(use))
  )
}
