// Which records may become one account.
import type { linkRefusals } from './contract.ts'

export type LinkFacts = {
  /** The record is the account that signs in. */
  same: boolean
  /** The directory names children of the record. */
  hasChildren: boolean
  /** The record belongs to this account already, or to another one. */
  linkedTo: 'nobody' | 'this' | 'another'
  /** The account that signs in is itself a part of another one. */
  isPart: boolean
}

/** Only guardians' records are linked: nothing but children comes with one. Accounts are one level deep. */
export function obstacleToLinking(facts: LinkFacts): keyof typeof linkRefusals | null {
  if (facts.same) return 'link.own-account'
  if (!facts.hasChildren) return 'link.no-children'
  if (facts.linkedTo === 'another') return 'link.taken'
  return facts.isPart ? 'link.part-of-another' : null
}
