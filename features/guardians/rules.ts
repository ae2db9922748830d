// What a decision about a guardian entails.
import type { Decided } from './contract.ts'

/**
 * Whether passes must end: they hold the keys of the classes of every child that could be seen when they were issued,
 * and none of a child that could not.
 */
export function changesKeys(before: Decided, after: Decided): boolean {
  return (before === 'nothing') !== (after === 'nothing')
}
