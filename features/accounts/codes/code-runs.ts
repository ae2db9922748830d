// A wish for codes, answered once: the same wish with the same key gives the codes that it made, and ends none. Codes
// are derived from the sender's key, which is not kept, and a salt, so that what is kept gives nobody a code.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { codeFrom } from '../rules.ts'
import * as store from './code-run-store.ts'

export type Run = {
  by: PersonId
  wish: Buffer
  salt: Buffer
  /** When the wish was answered before; null when it is new. */
  before: Date | null
  codeOf(person: PersonId): string
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Opens a wish in a transaction that holds the codes of whom it is about (`holdCodes`). */
export async function openRun(tx: Db, by: PersonId, about: string, key: string): Promise<Run> {
  const wish = hashOf(`${about} ${key}`)
  const found = await store.findRun(tx, by, wish)
  const salt = found?.salt ?? randomBytes(32)
  const codeOf = (person: PersonId) =>
    codeFrom(createHmac('sha256', salt).update(`${key} ${person}`).digest().subarray(0, 10))
  return { by, wish, salt, before: found?.at ?? null, codeOf }
}

/** Of these people, those whose code of this wish still works. */
export async function stillHolding<T extends { id: PersonId }>(
  tx: Db,
  run: Run,
  people: readonly T[],
): Promise<T[]> {
  const hashes = await store.listHashes(
    tx,
    people.map(({ id }) => id),
  )
  return people.filter(({ id }) => hashes.get(id)?.equals(hashOf(run.codeOf(id))))
}

/** How many of these people hold a code that a new one ends. @throws codes.made-meanwhile if the reader was told of fewer. */
export function endingOf(people: readonly { codeMadeAt: Date | null }[], told: number): number {
  const ending = people.filter(({ codeMadeAt }) => codeMadeAt).length
  if (ending > told) throw new Refused('codes.made-meanwhile', { ending })
  return ending
}
