// One account for a parent whom several schools know under different names: link a record, list them, take one out.
import { announce } from '#platform/bus'
import type { PersonId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { enter, provePassword, renew } from '../actions.ts'
import { findTyped } from '../codes/code-actions.ts'
import type { Browser, Office, Told } from '../office.ts'
import { endPasses } from '../passes/ended.ts'
import { insertEvents } from '../store.ts'
import type { LinkProof, Links } from './contract.ts'
import { obstacleToLinking } from './link-rules.ts'
import * as store from './link-store.ts'

function accountOf({ who }: Browser): PersonId {
  if (!who) throw new Refused('session.needed')
  return who.account
}

/** The records that belong to whoever is signed in. */
export async function listLinks(o: Office, browser: Browser): Promise<Links> {
  return store.listLinks(o.db, accountOf(browser))
}

/** Whose record it is that the proof opens; `hash` is that of the code to use up. */
async function proven(
  o: Office,
  browser: Browser,
  proof: LinkProof,
): Promise<{ record: PersonId; hash?: Buffer }> {
  if (!('code' in proof)) return { record: (await provePassword(o, browser, proof)).account }
  const { id, hash } = await findTyped(o, browser, proof.code)
  return { record: id, hash }
}

/**
 * Makes another school's record part of the account that is signed in; its children are seen from then on, as that
 * school allows. The same again changes nothing.
 * @throws session.needed, activation.unknown, activation.expired, sign-in.wrong, sign-in.wait, sign-in.busy, link.*
 */
export async function link(o: Office, browser: Browser, proof: LinkProof): Promise<Told> {
  const account = accountOf(browser)
  const { record, hash } = await proven(o, browser, proof)
  const now = new Date(o.clock.now())
  await o.db.transaction().execute(async (tx) => {
    const obstacle = obstacleToLinking(await store.lockLink(tx, account, record))
    if (obstacle) throw new Refused(obstacle)
    if (hash && !(await store.spendCode(tx, hash, now))) throw new Refused('activation.unknown')
    await store.insertLink(tx, account, record, now)
    await insertEvents(tx, 'linked', [record], account, now)
    await announce(tx, 'work', [account])
  })
  o.bus.hear('work', [account])
  return renew(o, browser)
}

/**
 * Takes a record out of the account. Passes of other devices end, since they hold the keys of its children's classes.
 * @throws session.needed, `absent`
 */
export async function unlink(o: Office, browser: Browser, record: PersonId): Promise<Told> {
  const account = accountOf(browser)
  const now = o.clock.now()
  const ended = await o.db.transaction().execute(async (tx) => {
    if (!(await store.deleteLink(tx, account, record))) throw absent()
    await insertEvents(tx, 'unlinked', [record], account, new Date(now))
    await announce(tx, 'work', [account])
    return endPasses(tx, now, { accounts: [account] })
  })
  o.bus.hear('work', [account])
  await o.gate.hear(ended)
  return enter(o, browser, account, '', true)
}
